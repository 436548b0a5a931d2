"""What follows from a petition's values: its clock, its state, whether it counts as eligible and within competence."""

from datetime import date
from functools import cache, lru_cache

from kntc.law import catalogue
from kntc.law.deadlines import deadline
from kntc.law.errors import UnknownRule
from kntc.petitions.choices import Handling, Kind, State
from kntc.petitions.models import Petition


@lru_cache(maxsize=8192)
def clock(kind: str, instance: int | None, source: str, received_on: date) -> tuple[date | None, str]:
    """Due date and rule of the examination of a petition received that day; (None, "") where the law sets no term."""
    rule = catalogue.first_rule(kind, instance, source)
    try:
        return (deadline(rule, received_on).due, rule) if rule else (None, "")
    except UnknownRule:
        return None, ""


@cache
def verdict(handling: str) -> tuple[bool | None, bool | None]:
    """(đủ điều kiện xử lý, thuộc thẩm quyền) by result of examination: TT 06/2025, form 02/XLD, columns 3, 4, 23."""
    found = next((entry for entry in catalogue.handlings() if entry.code == handling), None)
    return (found.eligible, found.competent) if found else (None, None)


def state_of(handling: str, settled: bool = False) -> State:
    """The stage that a result of examination leads to."""
    if not handling:
        return State.RECEIVED
    if handling == Handling.ACCEPT:
        return State.SETTLED if settled else State.SETTLING
    return State.HANDLED


def settle_values(petition: Petition) -> None:
    """Fill in what follows from the rest. Call before every save."""
    petition.due_on, petition.due_rule = clock(
        petition.kind, petition.instance, petition.source, petition.received_on
    )
    if petition.kind != Kind.REFLECTION:
        petition.reflection_kind = ""
    if not petition.handling:
        petition.handled_on = None
    petition.eligible, petition.competent = verdict(petition.handling)
    petition.state = state_of(petition.handling, petition.state == State.SETTLED)
