"""A term worked out: what `deadlines` computes and `explanations` tells."""

from dataclasses import dataclass
from datetime import date

from kntc.law.rules import Ground, RuleInfo, Variant


@dataclass(frozen=True)
class Suspension:
    """Days that do not count: from `start` to the day before `resumed_on`, when the clock runs again."""

    start: date
    resumed_on: date | None = None

    @property
    def days(self) -> int:
        return (self.resumed_on - self.start).days if self.resumed_on else 0

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.resumed_on is None or day < self.resumed_on)


@dataclass(frozen=True)
class Term:
    """`last` is the day on which the count is full, `due` the first working day from there."""

    rule: RuleInfo
    variant: Variant | None
    conditions: frozenset[str]
    start: date
    days: int
    extensions: int
    pauses: tuple[tuple[Suspension, Ground], ...]
    last: date
    due: date
