"""Keepers change hands: set-based, one statement a table and pass."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pgtrigger
from django.db import connection

from kntc.accounts.reorganisation.fates import Fates
from kntc.accounts.reorganisation.holdings import KINDS, Holding, holdings
from kntc.accounts.reorganisation.planning import Shares, shares_of

# Keys of the rows that moved: label → [(old, new, keys)].
Moved = dict[str, list[tuple[int, int, list[Any]]]]

_BY_KEY = """
UPDATE "{table}" AS t SET keeper_id = h.new
FROM unnest(%s::{key_type}[], %s::bigint[]) AS h (key, new)
WHERE t."{key}" = h.key AND t.keeper_id = ANY(%s)"""
_BY_PLACE = """
UPDATE "{table}" AS t SET keeper_id = h.new
FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS h (old, place, new)
WHERE t.keeper_id = h.old AND {place} IS NOT DISTINCT FROM h.place
RETURNING h.old, h.new, t."{key}\""""
_FOLLOW = """
UPDATE "{table}" AS t SET keeper_id = leader.keeper_id
FROM "{leader}" AS leader
WHERE t."{column}" = leader."{leader_key}" AND t.keeper_id = ANY(%s) AND leader.keeper_id <> t.keeper_id"""
_POINTED = """
UPDATE "{table}" AS t SET keeper_id = pointer.keeper_id
FROM "{pointer}" AS pointer
WHERE pointer."{column}" = t."{key}" AND t.keeper_id = ANY(%s) AND pointer.keeper_id <> t.keeper_id"""
_REST = """
UPDATE "{table}" AS t SET keeper_id = h.new
FROM unnest(%s::bigint[], %s::bigint[]) AS h (old, new)
WHERE t.keeper_id = h.old RETURNING h.old, h.new, t."{key}\""""


def hand_over(fates: Fates, ids: dict[str, int], moved: Moved) -> None:
    """Give all that the ending agencies keep to their heirs; adds to `moved` what it did.

    Roots first, each row by its place; then what follows them; what is left goes to the default heir.
    """
    shares = shares_of(fates)
    for holding in holdings():
        if holding.is_root and not holding.post_field:
            _add(moved, holding, _move_single(holding, shares, ids))
            _add(moved, holding, _move_bulk(holding, shares, ids))
    follow(fates.olds)
    for holding in holdings():
        if not holding.post_field:
            _add(moved, holding, _move_rest(holding, fates, ids))


def follow(olds: Sequence[int]) -> None:
    """What belongs to a record goes with it. Only what people know as a record of its own writes history of it."""
    for holding in holdings():
        if holding.is_root:
            continue
        if holding.label in KINDS:
            _follow(holding, olds)
        else:
            with pgtrigger.ignore():
                _follow(holding, olds)


def _follow(holding: Holding, olds: Sequence[int]) -> None:
    names = {"table": holding.table, "key": holding.key}
    if holding.follows:
        leader = holding.follows[1]._meta
        statement = _FOLLOW.format(
            **names,
            column=holding.column(holding.follows[0]),
            leader=leader.db_table,
            leader_key=leader.pk.column,
        )
    else:
        assert holding.pointed_by
        pointer, column = holding.pointed_by
        statement = _POINTED.format(
            **names,
            pointer=pointer._meta.db_table,
            column=str(pointer._meta.get_field(column).column),  # type: ignore[union-attr]
        )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(olds)])


def _move_single(holding: Holding, shares: Shares, ids: dict[str, int]) -> list[tuple[int, int, Any]]:
    single = shares.single.get(holding)
    if not single:
        return []
    key_type = holding.model._meta.pk.db_type(connection)
    statement = _BY_KEY.format(
        table=holding.table, key=holding.key, key_type="text" if "char" in str(key_type) else "bigint"
    )
    rows = [(old, ids[code], key) for key, (old, code) in single.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [[key for *_, key in rows], [new for _, new, _ in rows], [old for old, *_ in rows]]
        )
    return rows


def _move_bulk(holding: Holding, shares: Shares, ids: dict[str, int]) -> list[tuple[int, int, Any]]:
    wanted = [(s.old, s.place, ids[s.new]) for s in shares.bulk if s.holding is holding]
    if not wanted:
        return []
    place = "t.place_id" if holding.placed else "NULL::text"
    statement = _BY_PLACE.format(table=holding.table, key=holding.key, place=place)
    return _returned(statement, [list(column) for column in zip(*wanted, strict=True)])


def _move_rest(holding: Holding, fates: Fates, ids: dict[str, int]) -> list[tuple[int, int, Any]]:
    news = [ids[fates.of(old, None)[0]] for old in fates.olds]
    return _returned(_REST.format(table=holding.table, key=holding.key), [fates.olds, news])


def _returned(statement: str, values: list[Any]) -> list[tuple[int, int, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[int, int, Any]] = cursor.fetchall()
        return rows


def _add(moved: Moved, holding: Holding, rows: list[tuple[int, int, Any]]) -> None:
    by_hands: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for old, new, key in rows:
        # A key that is a hash belongs to a row that follows another and goes back with it.
        if not isinstance(key, bytes | memoryview):
            by_hands[old, new].append(key)
    if by_hands:
        moved.setdefault(holding.label, []).extend((*hands, keys) for hands, keys in by_hands.items())


def give_back(moved: Moved) -> None:
    """Undo: rows that moved go back to whom they came from, and what belongs to them with them."""
    by_label = {holding.label: holding for holding in holdings()}
    news: set[int] = set()
    for label, hands in moved.items():
        holding = by_label[label]
        for old, new, keys in hands:
            news.add(new)
            with connection.cursor() as cursor:
                cursor.execute(
                    f'UPDATE "{holding.table}" SET keeper_id = %s'  # noqa: S608 (names of our own tables)
                    f' WHERE "{holding.key}" = ANY(%s) AND keeper_id = %s',
                    [old, keys, new],
                )
    follow(sorted(news))
