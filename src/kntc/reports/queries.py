"""Reads for the first screen: volume by the agency that received, open work by the one that answers today (R19)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, Value
from django.db.models.functions import ExtractMonth

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.petitions.choices import Kind, State
from kntc.petitions.clocks import ANNOTATIONS, clock_of
from kntc.petitions.models import Petition, PetitionQuerySet
from kntc.reports.sql import Sql, fill, sql
from kntc.settlement.models import Case, Status

# What a year's petitions may be counted by: basis of the list → column.
DAYS = {"received": "received_on", "entered": "entered_on"}
OPEN = (State.RECEIVED, State.SETTLING)
NEW_DAYS = timedelta(days=7)
NEXT = 8

# One pass over the year into groups, from which each sum is read off; and the same days of the year before.
RECEIVED = """
WITH facts AS (
  SELECT extract(month FROM p.day)::int AS month, p.kind, p.field, coalesce(branch.id, {root}) AS row, count(*) AS n
  FROM ({petitions}) p
  JOIN agencies_agency a ON a.id = p.agency_id
  LEFT JOIN agencies_agency branch ON {branch} AND a.lft BETWEEN branch.lft AND branch.rgt
  WHERE {inside}
  GROUP BY 1, 2, 3, 4
)
SELECT month, kind, split_part(field, '.', 1), row, sum(n)::bigint FROM facts
GROUP BY GROUPING SETS ((), (month, kind), (split_part(field, '.', 1)), (row))
UNION ALL
SELECT -1, NULL, NULL, NULL, count(*) FROM ({before}) p JOIN agencies_agency a ON a.id = p.agency_id WHERE {inside}"""


@dataclass
class Year:
    """Petitions received from `start` to `end`, and in the same days a year before."""

    start: date
    end: date
    total: int = 0
    before: int = 0
    by_month: Counter[tuple[int, str]] = field(default_factory=Counter)
    by_field: Counter[str] = field(default_factory=Counter)
    by_row: Counter[int] = field(default_factory=Counter)

    @property
    def days(self) -> tuple[date, date]:
        return self.start, self.end

    @property
    def days_before(self) -> tuple[date, date]:
        return year_before(self.start), year_before(self.end)


def received(agency: Agency, start: date, end: date, actor: Actor, day: str = "received_on") -> Year:
    """One statement. `start` and `end` lie in one year; `day`: the date counted by, one of DAYS.

    Keys of `by_row`: the agency itself and its direct children.
    """
    year = Year(start, end)
    seen = (
        Petition.objects.visible_to(actor)
        .live()
        .annotate(day=F(day))
        .values("agency_id", "kind", "field", "day")
    )
    try:
        petitions, before = (_sql_of(seen.filter(day__range=days)) for days in (year.days, year.days_before))
    except EmptyResultSet:
        return year
    statement = fill(
        RECEIVED,
        root=sql("%s", agency.pk),
        petitions=petitions,
        before=before,
        branch=sql("branch.parent_id = %s AND branch.uses_system", agency.pk),
        inside=sql("a.lft BETWEEN %s AND %s", agency.lft, agency.rgt),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        _spread(cursor.fetchall(), year)
    return year


def _sql_of(petitions: Any) -> Sql:
    text, values = petitions.query.sql_with_params()
    return sql(text, *values)


def year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _spread(found: Iterable[tuple[int | None, str | None, str | None, int | None, int]], year: Year) -> None:
    for month, kind, branch, row, count in found:
        if month == -1:
            year.before = count
        elif month is not None and kind is not None:
            year.by_month[month, kind] = count
        elif branch is not None:
            year.by_field[branch] = count
        elif row is not None:
            year.by_row[row] = count
        else:
            year.total = count or 0


@dataclass(frozen=True)
class Work:
    """What is not finished, whoever received it: in all, new this week, late by the law's terms, late since a week."""

    open: int = 0
    fresh: int = 0
    overdue: int = 0
    lately: int = 0


def kept_in(agency: Agency, actor: Actor) -> Q:
    """Petitions (and cases) that this agency or one below it answers for today."""
    scope = actor.scope
    if scope.kind == "tree" and (agency.lft, agency.rgt) == (scope.lft, scope.rgt):
        return Q()  # the walls say so already
    return Q(keeper__lft__gte=agency.lft, keeper__lft__lte=agency.rgt)


def kept_by(agency: Agency, actor: Actor) -> PetitionQuerySet:
    return Petition.objects.visible_to(actor).live().filter(kept_in(agency, actor))


def work(agency: Agency, today: date, actor: Actor) -> Work:
    """One statement. Late examinations and late settlements are counted each from its own index."""
    week_ago = today - NEW_DAYS
    waiting = Q(handling="")
    petitions = (
        kept_by(agency, actor)
        .filter(state__in=OPEN)
        .values(part=Value("petitions"))
        .annotate(
            open=Count("pk"),
            fresh=Count("pk", filter=Q(received_on__gt=week_ago)),
            late=Count("pk", filter=waiting & Q(due_on__lt=today)),
            late_before=Count("pk", filter=waiting & Q(due_on__lt=week_ago)),
        )
    )
    # An open case is that of a live petition being settled: its state follows the case in every action.
    cases = (
        Case.objects.visible_to(actor)
        .filter(kept_in(agency, actor), voided_at=None, status=Status.OPEN, due_on__lt=today)
        .values(part=Value("cases"))
        .annotate(
            open=Value(0),
            fresh=Value(0),
            late=Count("petition", distinct=True),
            late_before=Count("petition", filter=Q(due_on__lt=week_ago), distinct=True),
        )
    )
    sums: Counter[str] = Counter()
    for row in petitions.union(cases, all=True):
        sums.update({name: row[name] for name in ("open", "fresh", "late", "late_before")})
    return Work(sums["open"], sums["fresh"], sums["late"], sums["late"] - sums["late_before"])


@dataclass
class Timely:
    """Steps finished in time and late: examinations by (month, in time), settlements of the whole period."""

    handled: Counter[tuple[int, bool]] = field(default_factory=Counter)
    settled_in_time: int = 0
    settled_late: int = 0


def timely(agency: Agency, start: date, end: date, actor: Actor) -> Timely:
    """Steps finished in the period that had a term. One statement."""
    below = Q(agency__lft__range=(agency.lft, agency.rgt))
    handled = (
        Petition.objects.visible_to(actor)
        .live()
        .filter(below, handled_on__range=(start, end), due_on__isnull=False)
        .annotate(month=ExtractMonth("handled_on"))
    )
    settled = (
        Case.objects.visible_to(actor)
        .filter(below, voided_at=None, settled_on__range=(start, end), due_on__isnull=False)
        .annotate(month=Value(0))
    )
    found = Timely()
    both = _in_time(handled, "pk", "handled_on").union(_in_time(settled, "petition", "settled_on"), all=True)
    for month, in_time, late in both:
        if month:
            found.handled[month, True], found.handled[month, False] = in_time, late
        else:
            found.settled_in_time, found.settled_late = in_time, late
    return found


def _in_time(rows: Any, counted: str, done: str) -> Any:
    """(month, in time, late); `rows` carry a `month`."""
    met, missed = (Q(**{f"{done}__{side}": F("due_on")}) for side in ("lte", "gt"))
    return (
        rows.values("month")
        .annotate(
            in_time=Count(counted, filter=met, distinct=counted != "pk"),
            late=Count(counted, filter=missed, distinct=counted != "pk"),
        )
        .order_by()
        .values_list("month", "in_time", "late")
    )


def next_due(agency: Agency, today: date, actor: Actor) -> list[Petition]:
    """What ended last and what ends next, by the day on which the running clock ends. One statement.

    Both, because the oldest of the late ones would else hide what can still be done in time.
    """
    waiting = kept_by(agency, actor).filter(handling="")
    cases = Case.objects.visible_to(actor).filter(kept_in(agency, actor), voided_at=None, status=Status.OPEN)
    sides = [(Q(due_on__lt=today), "-due_on"), (Q(due_on__gte=today), "due_on")]
    nearest = [
        rows.filter(side).order_by(order, "pk").values_list(key, flat=True)[:NEXT]
        for rows, key in ((waiting, "pk"), (cases, "petition_id"))
        for side, order in sides
    ]
    found = (
        Petition.objects.visible_to(actor)
        .live()
        .filter(pk__in=nearest[0].union(*nearest[1:]))
        .select_related("text", "agency")
        .defer("text__content", "text__search", "text__prior_note", "text__note")
        .annotate(**{name: make() for name, make in ANNOTATIONS.items()})
    )
    ordered = sorted(found, key=lambda petition: (clock_of(petition).due_on or date.max, petition.pk))
    late = [petition for petition in ordered if (clock_of(petition).due_on or date.max) < today]
    coming = ordered[len(late) :]
    kept = max(NEXT // 2, NEXT - len(coming))
    return [*late[-kept:], *coming][:NEXT]


def named(keys: Iterable[int]) -> dict[int, Agency]:
    """One statement."""
    return Agency.objects.in_bulk(list(keys))


def count_by_kind(
    agency: Agency, start: date, end: date, actor: Actor, day: str = "received_on"
) -> dict[str, int]:
    """Petitions of each kind that the agency and those below it received (R20); `day`: one of DAYS. One statement."""
    inside = Petition.objects.visible_to(actor).live().filter(**{f"{day}__range": (start, end)})
    below = Q(agency=agency) if agency.lft is None else Q(agency__lft__range=(agency.lft, agency.rgt))
    found = inside.filter(below).values_list("kind").annotate(Count("pk")).order_by()
    return dict.fromkeys(Kind.values, 0) | dict(found)
