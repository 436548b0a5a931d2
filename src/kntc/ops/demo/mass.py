"""Petitions by the hundred thousand all over the country, for measuring.

The pools of words, people and dates are made here by the rules that every petition follows; `data/mass.sql` deals them
out in sets. They pass no action and leave no log but one entry that says so.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.audit import chain
from kntc.audit.actors import SystemActor
from kntc.ops.demo.grammar import Grammar, fields_for
from kntc.ops.demo.names import person
from kntc.ops.demo.past import FIRST_DAY
from kntc.ops.progress import Report
from kntc.people import vault
from kntc.petitions.bulk import ANONYMOUS_LINE, SEALED_LINE
from kntc.petitions.choices import Handling, Kind, PartyRole, Source
from kntc.petitions.derive import clock, verdict
from kntc.petitions.search import document
from kntc.settlement.clock import due_on
from kntc.settlement.models import Case
from kntc.vietnamese import name_key

SEED = 2026
PEOPLE_A_PLACE = 20
# Different texts a kind: enough that no word of a petition is in all of them.
TEXTS = {Kind.COMPLAINT: 4000, Kind.DENUNCIATION: 1500, Kind.REFLECTION: 4500}
CHUNK = 50_000
# From so many on, indexes are made anew afterwards instead of being kept up row by row.
MANY = 20_000
TABLES = ("petitions_matter", "petitions_petition", "petitions_text", "petitions_party", "settlement_case",
          "people_sealed_identity")  # fmt: skip
WEIGHTS = {"central": 60, "province": 30, "department": 3, "commune": 1}


def load(petitions: int, report: Report) -> None:
    """Add so many petitions with their matters, texts, people, sealed names and cases."""
    fill(petitions, report)
    with connection.cursor() as cursor:
        # Lists read from an index alone only where the visibility map says they may.
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def fill(petitions: int, report: Report) -> None:
    """All of them or none."""
    steps = petitions // CHUNK + 3
    with transaction.atomic(), _fast(), _without_indexes(petitions):
        _pools(petitions)
        report(1, steps)
        bounds = _draft(petitions)
        for index, least in enumerate(range(1, petitions + 1, CHUNK)):
            report(2 + index, steps)
            _insert(bounds | {"least": least, "most": min(least + CHUNK - 1, petitions)})
        _run("end")
        _log(petitions)
    report(steps, steps)


def _log(petitions: int) -> None:
    chain.append(
        by=SystemActor(),
        action="demo.mass",
        agency_id=None,
        subject=("", ""),
        reason="Đơn trình diễn sinh hàng loạt để đo tốc độ.",
        details={"petitions": petitions},
    )


@cache
def _statements() -> dict[str, str]:
    text = files("kntc.ops.demo").joinpath("data", "mass.sql").read_text(encoding="utf-8")
    parts = (part.split("\n", 1) for part in text.split("-- name: ")[1:])
    return {name.strip(): body for name, body in parts}


def _run(name: str, values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_statements()[name], values)


@contextmanager
def _fast() -> Iterator[None]:
    """Memory for sorting; no look-up of each foreign key where we may leave it out: the keys are our own."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '512MB'; SET LOCAL maintenance_work_mem = '1GB'")
        try:
            with transaction.atomic():
                cursor.execute("SET LOCAL session_replication_role = replica")
        except ProgrammingError:
            pass  # Not a superuser: slower, as right.
        yield


@contextmanager
def _without_indexes(petitions: int) -> Iterator[None]:
    """Plain indexes are dropped and made again, inside the transaction: a failure leaves them as they were."""
    definitions = _index_definitions() if petitions >= MANY else {}
    with connection.cursor() as cursor:
        for name in definitions:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for definition in definitions.values():
            cursor.execute(definition)


def _index_definitions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid)",
            [list(TABLES)],
        )
        return dict(cursor.fetchall())


def _copy(table: str, rows: Iterable[Sequence[Any]]) -> int:
    """Send rows to a table; how many."""
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _pools(petitions: int) -> None:
    _run("tables")
    random, grammar = Random(SEED), Grammar(SEED)
    slots = _slots(random)
    _copy("mass_slot", ((i + 1, *slot[:4]) for i, slot in enumerate(slots)))
    places = {row[2]: row[4] for row in slots}
    _copy("mass_person", _people(random, places))
    for kind in Kind:
        _copy("mass_text", _texts(random, grammar, kind, _texts_of(kind, petitions)))
    days = [FIRST_DAY + timedelta(n) for n in range((timezone.localdate() - FIRST_DAY).days + 1)]
    _copy("mass_clock", _clocks(days))
    _copy("mass_settle", _settlements(days))
    _copy("mass_verdict", ((str(h), *verdict(h)) for h in ["", *Handling]))
    _run("vectors")


def _texts_of(kind: Kind, petitions: int) -> int:
    return min(TEXTS[kind], max(petitions // 10, 50))


def _slots(random: Random) -> list[tuple[int, str, str, int, str]]:
    """(agency, code, place, where it passes petitions on, the place's name), each agency as often as it weighs."""
    users = Agency.objects.users().filter(valid_to=None, lft__isnull=False).select_related("place")
    agencies = list(users.order_by("code"))
    communes = [a for a in agencies if a.level == "commune" and a.place_id]
    below: dict[int | None, list[Agency]] = {}
    for commune in communes:
        below.setdefault(commune.parent_id, []).append(commune)
    return [
        _slot(agency, random.choice(below.get(agency.pk) or communes), agency.parent_id)
        for agency in agencies
        for _ in range(WEIGHTS.get(agency.level, 3))
    ]


def _slot(agency: Agency, commune: Agency, parent_id: int | None) -> tuple[int, str, str, int, str]:
    stands = agency if agency.level == "commune" and agency.place else commune
    if stands.place is None:
        raise LookupError(f"{stands.code} stands nowhere")
    onward = parent_id if agency.level == "commune" and parent_id else commune.pk
    return agency.pk, agency.code, stands.place.pk, onward, stands.place.name


def _people(random: Random, places: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for place_id, name in places.items():
        for k in range(PEOPLE_A_PLACE):
            who = person(random, name, FIRST_DAY)
            yield (
                place_id, k, who.name, document([who.name]), name_key(who.name), who.id_number[:6], who.birth_year,
                who.gender, who.phone, who.address, document([who.phone, who.address]),
            )  # fmt: skip


def _texts(random: Random, grammar: Grammar, kind: str, count: int) -> Iterator[tuple[Any, ...]]:
    for t in range(count):
        text = grammar.petition(kind, random.choice(fields_for(kind)), "Xã Ia Ly", FIRST_DAY)
        # The words are shared by many, the names are not.
        content = text.content.replace(text.petitioner.name, "người viết đơn này")
        content = content.replace(text.petitioner.address, "địa chỉ ghi trên đơn")
        respondent = text.respondent or ""
        yield (
            kind, t, text.field, text.title[:500], content, text.signatories, respondent[:250],
            document([respondent[:250]]), document([text.title[:500], content]),
        )  # fmt: skip


def _clocks(days: Sequence[date]) -> Iterator[tuple[Any, ...]]:
    for kind in Kind:
        for instance in (None,) if kind == Kind.REFLECTION else (1, 2):
            for source in Source:
                for day in days:
                    yield (kind, instance or 0, source, day, *clock(kind, instance, source, day))


def _settlements(days: Sequence[date]) -> Iterator[tuple[Any, ...]]:
    for kind in Kind:
        for instance in (1, 2):
            for day in days:
                yield kind, instance, day, due_on(Case(kind=kind, instance=instance, accepted_on=day))


def _draft(petitions: int) -> dict[str, Any]:
    """Deal everything out; the numbers with which the insertions go on."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(slot) FROM mass_slot")
        slots = cursor.fetchone()[0]
    values = {str(kind): _texts_of(kind, petitions) for kind in Kind} | {
        "slots": slots, "first_day": FIRST_DAY, "days": max((today - FIRST_DAY).days, 1), "today": today,
        "people": PEOPLE_A_PLACE, "petitions": petitions, "now": timezone.now(),
        "zone": timezone.get_default_timezone_name(), "sealed_line": SEALED_LINE, "anonymous_line": ANONYMOUS_LINE,
        "forwarders": json.dumps(_forwarders()),
    }  # fmt: skip
    _run("seed")
    _run("draft", values)
    for name, table in (
        ("petition", "petitions_petition"),
        ("matter", "petitions_matter"),
        ("sealed", "people_sealed_identity"),
    ):
        values[name] = _reserve(table, petitions)
    _run("numbers", values)
    _run("books")
    _run("matters")
    return values


def _reserve(table: str, count: int) -> int:
    """Keep `count` keys for ourselves; the number before the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(s, nextval(s) + %s) - %s - 1 FROM pg_get_serial_sequence(%s, 'id') AS s",
            [count, count, table],
        )
        before: int = cursor.fetchone()[0]
        return before


def _forwarders() -> dict[str, int]:
    codes = {Source.OTHER_AGENCY: "TTCP", Source.ASSEMBLY: "UBDNGS", Source.FRONT_PRESS: "B-LD"}
    ids = dict(Agency.objects.filter(code__in=codes.values()).values_list("code", "pk"))
    return {str(source): ids[code] for source, code in codes.items()}


def _insert(values: dict[str, Any]) -> None:
    _seal(values)
    for name in ("petitions", "texts", "parties", "cases"):
        _run(name, values)


def _seal(values: dict[str, Any]) -> None:
    """The denouncers' names go into the vault one by one, as always."""
    with connection.cursor() as cursor:
        cursor.execute(_statements()["to-seal"], values)
        rows = cursor.fetchall()
    columns = "id, cipher, id_blind, name_blind, sealed_at, keeper_id"
    _copy(f"people_sealed_identity ({columns})", map(_sealed, rows))


def _sealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    key, keeper, at, name, id_number, birth_year, gender, phone, address, place, folded, title, content = row
    writer = {
        "name": name, "role": str(PartyRole.PETITIONER), "id_number": id_number, "birth_year": birth_year,
        "gender": gender, "phone": phone, "address": address, "place_id": place,
    }  # fmt: skip
    cipher = vault.seal({"petitioners": [writer], "summary": title, "content": content})
    return key, cipher, vault.blind(id_number), vault.blind(folded), at, keeper
