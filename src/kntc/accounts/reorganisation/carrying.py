"""Carries a programme out, all of it or nothing. Call inside an action."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from kntc.accounts.reorganisation import holdings, locks
from kntc.accounts.reorganisation.checking import Setting, check, setting_of
from kntc.accounts.reorganisation.fates import Fates
from kntc.accounts.reorganisation.handing import Moved, hand_over
from kntc.accounts.reorganisation.people import move_people
from kntc.accounts.reorganisation.plan import Plan
from kntc.accounts.reorganisation.planning import adopted, listed_below, make_plan
from kntc.accounts.reorganisation.programme import NewAgency, Programme
from kntc.agencies.models import (
    Agency,
    AgencyAlias,
    AgencyChange,
    AgencyName,
    AgencyPlacement,
    AgencySuccession,
)
from kntc.agencies.tree import renumber
from kntc.audit import mass
from kntc.audit.models import Entry
from kntc.audit.walls import beyond_scope
from kntc.vietnamese import fold

Undo = dict[str, Any]


def carry_out(programme: Programme) -> tuple[Plan, Undo, list[int]]:
    """(what moved, what undoing needs, keys of the agencies concerned). Raises InvalidInput, changing nothing.

    Records move first, while people still register; then the agencies are held and what came meanwhile moves too.
    """
    with beyond_scope():
        locks.take_turn()
        setting = setting_of(programme)
        check(programme, setting)
        plan = make_plan(programme, setting)
        fates, undo = Fates(programme, setting), Undo()
        _found(programme, undo)
        ids = locks.ids_of(programme.codes)
        moved: Moved = {}
        hand_over(fates, ids, moved)
        locks.hold(ids[code] for code in programme.changed)
        hand_over(fates, ids, moved)
        for after in holdings.AFTER:
            after(fates.olds)
        undo["rows"] = moved
        undo["people"] = move_people(programme, fates, ids)
        _rename(programme, setting, undo)
        _place(programme, setting, ids, undo)
        _end(programme, ids)
        renumber()
    return plan, undo, sorted(ids.values())


def _found(programme: Programme, undo: Undo) -> None:
    """Parents before children. One statement for each generation, one for the aliases."""
    ids = locks.ids_of(row.parent for row in programme.founded)
    pending = list(programme.founded)
    while pending:
        ready = [row for row in pending if row.parent in ids]
        made = Agency.objects.bulk_create([_agency(row, ids[row.parent], programme) for row in ready])
        ids |= {agency.code: agency.pk for agency in made}
        pending = [row for row in pending if row.code not in ids]
    undo["founded"] = [ids[row.code] for row in programme.founded]
    AgencyAlias.objects.bulk_create(
        AgencyAlias(agency_id=ids[row.code], text=text, text_fold=fold(text))
        for row in programme.founded
        for text in {fold(text): text for text in row.aliases}.values()
    )


def _agency(row: NewAgency, parent: int, programme: Programme) -> Agency:
    agency = Agency(
        code=row.code,
        name=row.name.strip(),
        short_name=row.short_name.strip(),
        kind=row.kind,
        level=row.level,
        parent_id=parent,
        place_id=row.place,
        valid_from=programme.on,
    )
    agency.clean_keys()
    return agency


def _rename(programme: Programme, setting: Setting, undo: Undo) -> None:
    """The name of before is kept with its last day, and people may go on searching by it."""
    undo["names"] = []
    for row in programme.renamed:
        agency = setting.agencies[row.code]
        last = agency.former_names.aggregate(last=Max("valid_to"))["last"]
        former = AgencyName.objects.create(
            agency=agency,
            name=agency.name,
            short_name=agency.short_name,
            valid_from=last or agency.valid_from,
            valid_to=programme.eve,
        )
        alias, is_new = AgencyAlias.objects.get_or_create(
            agency=agency, text_fold=fold(agency.name), defaults={"text": agency.name}
        )
        undo["names"].append([former.pk, alias.pk if is_new else None])
        agency.name, agency.short_name = row.name.strip(), row.short_name.strip()
        agency.save()


def _place(programme: Programme, setting: Setting, ids: dict[str, int], undo: Undo) -> None:
    """New parents, and who stood under an agency that ends stands under its heir."""
    moves = [(setting.agencies[row.code], row.parent) for row in programme.placed]
    moves += adopted(programme, setting)
    undo["placements"] = []
    for agency, parent in moves:
        former, _ = AgencyPlacement.objects.get_or_create(
            agency=agency, valid_to=programme.eve, defaults={"parent_id": agency.parent_id}
        )
        undo["placements"].append(former.pk)
        agency.parent_id = ids[parent]
        agency.save(update_fields=["parent", "changed_at"])
    undo["listed"] = []
    for row in programme.ended:
        bodies = listed_below([ids[row.code]])
        keys = list(bodies.values_list("pk", flat=True))
        bodies.update(parent=ids[row.default], changed_at=timezone.now())
        undo["listed"].append([ids[row.code], keys])


def _end(programme: Programme, ids: dict[str, int]) -> None:
    """The last day of those that end, and who answers for them."""
    olds = [ids[row.code] for row in programme.ended]
    Agency.objects.filter(pk__in=olds).update(valid_to=programme.eve, changed_at=timezone.now())
    links = [
        AgencySuccession(
            old_id=ids[row.code],
            new_id=ids[heir.code],
            on=programme.on,
            place_id=place,
            # One row only may be the default: where the default heir has places of its own, it is the first of them.
            is_default=heir.is_default and place == (heir.places or (None,))[0],
        )
        for row in programme.ended
        for heir in row.heirs
        for place in heir.places or (None,)
    ]
    for start in range(0, len(links), mass.BATCH):
        AgencySuccession.objects.bulk_create(links[start : start + mass.BATCH])


def log_mark() -> int:
    """The number of the last entry in the log: what is written after stands above it."""
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def planned_for(day: Any) -> Sequence[AgencyChange]:
    """Changes whose day has come, in order."""
    return list(
        AgencyChange.objects.filter(status=AgencyChange.Status.PLANNED, on__lte=day).order_by("on", "pk")
    )
