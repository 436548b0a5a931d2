"""What a column of a statutory table counts, in a closed vocabulary (its words: `data/tt-06-2025.toml`).

The reports room compiles a binding to SQL; `matches` says the same of one petition, for previews and tests.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from kntc.law.classes import field_filter

Counts = Literal["petitions", "matters"]
When = Literal["on-hand", "handled"]

SECOND = 2


class PetitionFact(Protocol):
    """The typed columns of a petition that tables count by."""

    kind: str
    received_on: date
    handled_on: date | None
    handling: str
    eligible: bool | None
    competent: bool | None
    instance: int | None
    field: str


@dataclass(frozen=True)
class Binding:
    """What is not said is not asked. `instance` 1 is any but the second, the unknown among them."""

    counts: Counts
    when: When
    eligible: bool | None = None
    competent: bool | None = None
    kind: str = ""
    instance: int | None = None
    field_class: str = ""
    handlings: tuple[str, ...] = ()

    def matches(self, petition: PetitionFact, start: date, end: date) -> bool:
        """Whether the petition counts in this column for the period from `start` to `end`."""
        return (
            self._in_time(petition, start, end)
            and (not self.kind or petition.kind == self.kind)
            and (self.eligible is None or petition.eligible is self.eligible)
            and (self.competent is None or petition.competent is self.competent)
            and (self.instance is None or (petition.instance == SECOND) is (self.instance == SECOND))
            and (not self.handlings or petition.handling in self.handlings)
            and (not self.field_class or field_filter(self.kind, self.field_class).matches(petition.field))
        )

    def _in_time(self, petition: PetitionFact, start: date, end: date) -> bool:
        if petition.received_on > end:
            return False
        handled = petition.handled_on
        if self.when == "handled":
            return handled is not None and start <= handled <= end
        return petition.received_on >= start or handled is None or handled >= start


def binding(entry: dict[str, Any]) -> Binding:
    """From the words of the data file. A word outside the vocabulary raises TypeError."""
    words = dict(entry)
    return Binding(
        field_class=words.pop("class", ""),
        handlings=tuple(words.pop("handling", ())),
        **words,
    )
