"""Petitions for tables, written straight into the register: every combination of what a table counts by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

from kntc.agencies.models import Agency
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.models import Matter, Petition
from kntc.reports.compile import Compiled, compile_form
from tests.factories import SYSTEM

FORM = "02/XLD"
START, END = date(2025, 12, 15), date(2026, 3, 14)
COLUMNS = range(1, 26)
_serial = count(1)


@dataclass(frozen=True)
class Fact:
    """One petition as a table sees it; `matter`: petitions with the same word share one."""

    agency: Agency
    kind: str = Kind.COMPLAINT
    received_on: date = date(2026, 1, 10)
    handling: str = Handling.ACCEPT
    handled_on: date | None = date(2026, 1, 20)
    eligible: bool | None = True
    competent: bool | None = True
    instance: int | None = None
    field: str = "land.recovery"
    matter: str = ""


def unhandled(agency: Agency, received_on: date = date(2026, 1, 10), **values: str) -> Fact:
    return Fact(
        agency, received_on=received_on, handling="", handled_on=None, eligible=None, competent=None, **values
    )


def write(facts: Iterable[Fact]) -> list[Petition]:
    """The facts as petitions, in order."""
    matters: dict[str, Matter] = {}
    petitions = []
    for fact in facts:
        word = fact.matter or f"~{next(_serial)}"
        if word not in matters:
            matters[word] = Matter.objects.create(code=f"VV-{next(_serial)}", opened_on=fact.received_on)
        petitions.append(_petition(fact, matters[word]))
    return Petition.objects.bulk_create(petitions)


def _petition(fact: Fact, matter: Matter) -> Petition:
    return Petition(
        number=f"T-{next(_serial)}",
        matter=matter,
        agency=fact.agency,
        keeper=fact.agency,
        kind=fact.kind,
        source="post",
        received_on=fact.received_on,
        handling=fact.handling,
        handled_on=fact.handled_on,
        eligible=fact.eligible,
        competent=fact.competent,
        instance=fact.instance,
        field=fact.field,
        state="handled" if fact.handling else "received",
    )


def compiled(agency: Agency, start: date = START, end: date = END, by: object = SYSTEM) -> Compiled:
    return compile_form(FORM, agency, start, end, by)  # type: ignore[arg-type]


def numbers(table: Compiled) -> dict[int, int]:
    """The total's columns that are not zero."""
    return {number: value for number, value in table.total.values.items() if value}


def by_row(table: Compiled, column: int) -> dict[str, int]:
    """A column by row, without zeros; the agency's own row is called "riêng"."""
    return {
        "riêng" if row.part == "rieng" else row.agency.code if not row.part else row.part.value: row.values[
            column
        ]
        for row in table.rows
        if row.values[column]
    }
