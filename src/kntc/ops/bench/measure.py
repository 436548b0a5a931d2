"""Measuring one case: time, statements, and the same work by hand."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

WARM_UP = 3

# One round of work; rounds differ (another page, another word), so that nothing is measured that only repeats.
Work = Callable[[int], object]


@dataclass(frozen=True)
class Case:
    """`by_hand` does with plain SQL what `work` does for a person. `limit` is what the project asks for, in ms."""

    name: str
    work: Work
    by_hand: Work | None = None
    rounds: int = 40
    limit: float | None = None


@dataclass
class Result:
    name: str
    times: list[float]
    statements: int
    by_hand: list[float] = field(default_factory=list)
    limit: float | None = None

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return percentile(self.times, 95)

    @property
    def ratio(self) -> float | None:
        return self.p50 / statistics.median(self.by_hand) if self.by_hand else None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "p50": self.p50,
            "p95": self.p95,
            "statements": self.statements,
            "by_hand": statistics.median(self.by_hand) if self.by_hand else None,
            "ratio": self.ratio,
            "limit": self.limit,
        }


def percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def measure(case: Case) -> Result:
    for turn in range(WARM_UP):
        case.work(turn)
    counts: list[int] = []
    times = []
    for turn in range(case.rounds):
        with counted() as statements:
            times.append(_milliseconds(case.work, turn))
        counts.append(len(statements))
    by_hand = [_milliseconds(case.by_hand, turn) for turn in range(case.rounds)] if case.by_hand else []
    return Result(case.name, times, max(counts), by_hand, case.limit)


def _milliseconds(work: Work, turn: int) -> float:
    start = time.perf_counter()
    work(turn)
    return (time.perf_counter() - start) * 1000


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that go to the database inside; what only opens or closes a transaction is none."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
