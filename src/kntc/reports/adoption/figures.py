"""The figures of the monitor, by the units right below an agency, each with all below it. Fixed statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, IntegerField, Max, Q, Value
from django.utils import timezone

from kntc.accounts.actions.messaging import last_nudges
from kntc.accounts.models import Post
from kntc.accounts.states import in_force
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.petitions.filters import LATENESS
from kntc.petitions.models import Petition
from kntc.reports.doubts import INCOMPLETE
from kntc.reports.queries import OPEN
from kntc.reports.usage.figures import Basis, Group, Share, coverage


@dataclass
class Unit:
    """One unit. `own`: the agency of the monitor itself, without its units."""

    agency: Agency
    own: bool = False
    people: int = 0
    last_sign_in: datetime | None = None
    last_entry: date | None = None
    entered: int = 0
    median: int | None = None
    ninety: int | None = None
    handled: int = 0
    incomplete: int = 0
    overdue: int = 0
    nudged_at: datetime | None = None

    def days_away(self, today: date) -> int | None:
        """Days since somebody signed in; None: nobody ever has."""
        return (today - timezone.localdate(self.last_sign_in)).days if self.last_sign_in else None

    def days_idle(self, today: date) -> int | None:
        """Days since something was entered; None: nothing ever was."""
        return (today - self.last_entry).days if self.last_entry else None

    def is_silent(self, today: date, days: int) -> bool:
        """No sign-in or no entry for more than so many days."""
        return any(gone is None or gone > days for gone in (self.days_away(today), self.days_idle(today)))

    @property
    def complete(self) -> int | None:
        """Per cent of the examined petitions that say all that the statutory tables ask."""
        return round((self.handled - self.incomplete) * 100 / self.handled) if self.handled else None

    @property
    def reacted(self) -> bool | None:
        """Since the last nudge somebody signed in or entered something; None: never nudged."""
        if self.nudged_at is None:
            return None
        signed = self.last_sign_in is not None and self.last_sign_in > self.nudged_at
        return signed or (
            self.last_entry is not None and self.last_entry > timezone.localdate(self.nudged_at)
        )


@dataclass
class Adoption:
    agency: Agency
    start: date
    end: date
    units: list[Unit] = field(default_factory=list)
    groups: Sequence[Group] = ()


def compile_adoption(agency: Agency, start: date, end: date, officer: Actor) -> Adoption:
    """Seven SQL statements, whatever the number of units."""
    today = timezone.localdate()
    below = Agency.objects.users().valid_on(today).filter(parent=agency).select_related("parent")
    units = [Unit(agency, own=True), *(Unit(child) for child in below.order_by("lft"))]
    buckets = _Buckets(agency, units)
    _add_people(buckets, units)
    _add_entries(buckets, units, start, end, officer)
    _add_overdue(buckets, units, today, officer)
    nudged = last_nudges(unit.agency.pk for unit in units)
    for unit in units:
        unit.nudged_at = nudged.get(unit.agency.pk)
    groups = coverage(agency=agency, officer=officer, start=start, end=end, basis=Basis.ENTERED)
    return Adoption(agency, start, end, units, groups)


class _Buckets:
    """Which unit an agency of the subtree lies in, worked out by the database: the last whose `lft` is not greater."""

    def __init__(self, agency: Agency, units: Sequence[Unit]) -> None:
        self.agency = agency
        self._bounds = [unit.agency.lft or 0 for unit in units]

    def of(self, column: str) -> Func:
        bounds = Value(self._bounds, output_field=ArrayField(IntegerField()))
        return Func(F(column), bounds, function="width_bucket", output_field=IntegerField())

    def inside(self, column: str) -> Q:
        return Q(**{f"{column}__gte": self.agency.lft, f"{column}__lte": self.agency.rgt})


def _rows(rows: Any, units: Sequence[Unit]) -> Iterable[tuple[Unit, dict[str, Any]]]:
    for row in rows:
        yield units[row["bucket"] - 1], row


def _add_people(buckets: _Buckets, units: Sequence[Unit]) -> None:
    posts = Post.objects.filter(buckets.inside("agency__lft"), in_force(), account__is_active=True)
    rows = (
        posts.order_by()
        .values(bucket=buckets.of("agency__lft"))
        .annotate(people=Count("account", distinct=True), last=Max("account__last_login"))
    )
    for unit, row in _rows(rows, units):
        unit.people, unit.last_sign_in = row["people"], row["last"]


def _add_entries(buckets: _Buckets, units: Sequence[Unit], start: date, end: date, officer: Actor) -> None:
    """Of all that the units received: the newest entry, and those entered in the period."""
    petitions = Petition.objects.visible_to(officer).live().received_by(buckets.agency)
    period, days = Q(entered_on__range=(start, end)), F("entered_on") - F("received_on")
    as_they_came = period & Q(backfilled=False)
    rows = (
        petitions.order_by()
        .values(bucket=buckets.of("agency__lft"))
        .annotate(
            last=Max("entered_on"),
            entered=Count("pk", filter=period),
            median=Share(days, share=0.5, filter=as_they_came),
            ninety=Share(days, share=0.9, filter=as_they_came),
            handled=Count("pk", filter=period & ~Q(handling="")),
            incomplete=Count("pk", filter=period & INCOMPLETE),
        )
    )
    for unit, row in _rows(rows, units):
        unit.last_entry, unit.entered = row["last"], row["entered"]
        unit.median, unit.ninety = (
            row[name].days if row[name] is not None else None for name in ("median", "ninety")
        )
        unit.handled, unit.incomplete = row["handled"], row["incomplete"]


def _add_overdue(buckets: _Buckets, units: Sequence[Unit], today: date, officer: Actor) -> None:
    late = Petition.objects.visible_to(officer).live().filter(buckets.inside("keeper__lft"), state__in=OPEN)
    late = late.filter(LATENESS["overdue"].q(today))
    rows = late.order_by().values(bucket=buckets.of("keeper__lft")).annotate(n=Count("pk", distinct=True))
    for unit, row in _rows(rows, units):
        unit.overdue = row["n"]


def month_back(today: date) -> tuple[date, date]:
    return today - timedelta(30), today
