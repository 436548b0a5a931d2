"""What a binding of the law asks of a petition, once for the database's sums and once for the list behind a cell.

Both forms stand side by side and are tested against each other. No word comes from outside: names of columns are ours,
values are parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q

from kntc.law.bindings import Counts
from kntc.law.tables import Binding, FieldFilter, field_filter


@dataclass(frozen=True)
class Condition:
    """`sql` is asked of the grouped facts (see `sums`), `q` of petitions."""

    q: Q
    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Period:
    """First and last day, both in it."""

    start: date
    end: date

    @property
    def on_hand(self) -> Q:
        """Received in the period, or before it and not handled before it began (02/XLD, cột 1).

        What is handled after `end` was on hand, and not yet handled, at `end`.
        """
        waiting = Q(handled_on__isnull=True) | Q(handled_on__gte=self.start)
        return Q(received_on__lte=self.end) & (Q(received_on__gte=self.start) | waiting)

    @property
    def handled(self) -> Q:
        return Q(handled_on__gte=self.start, handled_on__lte=self.end)


def conditions(binding: Binding, period: Period) -> Iterator[Condition]:
    """All that a binding asks but its class of fields."""
    yield Condition(period.on_hand, "TRUE")  # every fact is: see `sums`
    if binding.when == "handled":
        yield Condition(period.handled, "handled")
    if binding.kind:
        yield Condition(Q(kind=binding.kind), "kind = %s", (binding.kind,))
    for name, wanted in (("eligible", binding.eligible), ("competent", binding.competent)):
        if wanted is not None:
            yield Condition(Q(**{name: wanted}), name if wanted else f"NOT {name}")
    if binding.instance is not None:
        yield _instance(binding.instance)
    if binding.handlings:
        yield Condition(Q(handling__in=binding.handlings), "handling = ANY(%s)", (list(binding.handlings),))


def _instance(number: int) -> Condition:
    if number == 2:
        return Condition(Q(instance=2), "second")
    # Not said is the first: the law's case where nobody says otherwise.
    return Condition(Q(instance__isnull=True) | ~Q(instance=2), "NOT second")


@dataclass(frozen=True)
class Question:
    """One number of a table: which petitions (or matters) it counts."""

    counts: Counts
    conditions: tuple[Condition, ...]
    fields: FieldFilter | None = None

    @property
    def q(self) -> Q:
        asked = reduce(and_, (condition.q for condition in self.conditions), Q())
        return asked & _field_q(self.fields) if self.fields else asked


def question(binding: Binding, period: Period, on: date | None = None) -> Question:
    """What a column counts; `on`: the day whose circular says which fields belong together."""
    fields = field_filter(binding.kind, binding.field_class, on) if binding.field_class else None
    return Question(binding.counts, tuple(conditions(binding, period)), fields)


def _field_q(fields: FieldFilter) -> Q:
    inside = Q(field__in=sorted(fields.codes))
    return ~inside if fields.negated else inside
