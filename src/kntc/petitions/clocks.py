"""Which time limit a row of a list shows: that of examination, and that of settlement once a petition is accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kntc.petitions.choices import State
from kntc.petitions.models import Petition

# Settlement adds `case_due_on` and `case_settled_on`: expressions over petitions.
ANNOTATIONS: dict[str, Callable[[], Any]] = {}


@dataclass(frozen=True)
class Clock:
    """A time limit and, where it was met or missed, the day. `over`: done, though the register does not say when."""

    due_on: date | None
    done_on: date | None = None
    over: bool = False


def clock_of(petition: Petition) -> Clock:
    """The clock that runs now, or the last that ran."""
    if petition.state not in (State.SETTLING, State.SETTLED):
        return Clock(petition.due_on, petition.handled_on)
    settled_on = getattr(petition, "case_settled_on", None)
    return Clock(
        getattr(petition, "case_due_on", None),
        settled_on,
        petition.state == State.SETTLED and settled_on is None,
    )
