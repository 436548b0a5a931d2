"""What follows from the values of a petition: its clock, its state, whether it counts as eligible and within competence."""

from datetime import date
from functools import lru_cache

from kntc.law.deadlines import deadline
from kntc.petitions.choices import Handling, Kind, State
from kntc.petitions.models import Petition

# The clock that runs from receipt to the examination's result.
CLOCKS = {
    Kind.COMPLAINT: "complaint.accept",
    Kind.DENUNCIATION: "denunciation.accept",
    Kind.REFLECTION: "reflection.answer",
}

# (đủ điều kiện xử lý, thuộc thẩm quyền) by result: TT 06/2025, form 02/XLD, columns 3, 4, 23. Filing away is the end of
# a petition that is not eligible (TT 05/2021 Đ6.2.b); one declined under LKN Đ11 was eligible and within competence.
VERDICTS: dict[str, tuple[bool, bool | None]] = {
    Handling.ACCEPT: (True, True),
    Handling.DECLINE: (True, True),
    Handling.GUIDE: (True, False),
    Handling.RETURN: (True, False),
    Handling.TRANSFER: (True, False),
    Handling.URGE: (True, False),
    Handling.FILE: (False, None),
}


@lru_cache(maxsize=4096)
def clock(kind: str, received_on: date) -> tuple[date | None, str]:
    """Due date and rule of the examination clock for a petition of this kind received that day."""
    rule = CLOCKS[Kind(kind)]
    return deadline(rule, received_on).due, rule


def state_of(handling: str, settled: bool = False) -> State:
    """The stage that a result of examination leads to."""
    if not handling:
        return State.RECEIVED
    if handling == Handling.ACCEPT:
        return State.SETTLED if settled else State.SETTLING
    return State.HANDLED


def settle_values(petition: Petition) -> None:
    """Fill in what follows from the rest. Call before every save."""
    petition.due_on, petition.due_rule = clock(petition.kind, petition.received_on)
    if petition.kind != Kind.REFLECTION:
        petition.reflection_kind = ""
    if not petition.handling:
        petition.handled_on, petition.eligible, petition.competent = None, None, None
    else:
        petition.eligible, petition.competent = VERDICTS[petition.handling]
    petition.state = state_of(petition.handling, petition.state == State.SETTLED)
