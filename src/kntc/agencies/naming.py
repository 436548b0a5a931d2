"""The name that an agency bore on a day, and whom it stood under then."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from kntc.agencies.models import Agency, AgencyName, AgencyPlacement, AgencyQuerySet


def as_named_on(agencies: Iterable[Agency], day: date) -> list[Agency]:
    """The same agencies under the names of that day: what papers and tables of a past day print. One statement."""
    listed = list(agencies)
    # The name that ended first after the day was the name of the day: it is read last.
    former = {
        row.agency_id: row
        for row in AgencyName.objects.filter(
            agency__in=[a.pk for a in listed if a.pk], valid_to__gte=day
        ).order_by("-valid_to")
    }
    return [_under(agency, former[agency.pk]) if agency.pk in former else agency for agency in listed]


def _under(agency: Agency, former: AgencyName) -> Agency:
    named = copy(agency)
    named.name, named.short_name = former.name, former.short_name
    return named


def in_time(agencies: AgencyQuerySet, day: date) -> tuple[list[Agency], bool]:
    """(these agencies under their names of that day, whether any agency at all stood elsewhere then). One statement."""
    former = AgencyName.objects.filter(agency=OuterRef("pk"), valid_to__gte=day).order_by("valid_to")
    rows: list[Any] = list(
        agencies.annotate(
            name_then=Subquery(former.values("name")[:1]),
            short_then=Subquery(former.values("short_name")[:1]),
            others_moved=Exists(AgencyPlacement.objects.filter(valid_to__gte=day)),
        )
    )
    for row in rows:
        row.name = row.name_then or row.name
        row.short_name = row.short_then or row.short_name
    return list(rows), any(row.others_moved for row in rows)


def placed_elsewhere(day: date) -> dict[int, int | None]:
    """Agency → its parent of that day, for those that stand elsewhere today. One statement."""
    rows = AgencyPlacement.objects.filter(valid_to__gte=day).order_by("-valid_to")
    then = dict(rows.values_list("agency_id", "parent_id"))
    if not then:
        return {}
    today: dict[int, int | None] = dict(Agency.objects.filter(pk__in=then).values_list("pk", "parent_id"))
    return {agency: parent for agency, parent in then.items() if today[agency] != parent}


@dataclass(frozen=True)
class Line:
    """An agency's way up on a day and today: whether it lies below another, and below which child of that."""

    then: dict[int, int | None]
    today: dict[int, int | None]

    def below(self, root: int) -> dict[int, tuple[int | None, int | None]]:
        """Agency → (child of `root` that it stood under then, the same today), for those where the two differ.

        `root` itself for its own; None where it did not, or does not, stand below.
        """
        found = {pk: (_branch(pk, root, self.then), _branch(pk, root, self.today)) for pk in self.today}
        return {pk: pair for pk, pair in found.items() if pair[0] != pair[1]}


def _branch(agency: int, root: int, parents: dict[int, int | None]) -> int | None:
    here: int | None = agency
    below = agency
    while here is not None and here != root:
        below, here = here, parents.get(here)
    return below if here == root else None


def line_on(day: date) -> Line | None:
    """None where all agencies stand today as they stood then. One statement, three where they do not."""
    moved = placed_elsewhere(day)
    if not moved:
        return None
    standing = Agency.objects.filter(lft__isnull=False).values_list("pk", "parent_id")
    today: dict[int, int | None] = {pk: parent for pk, parent in standing}  # noqa: C416 (a wider type)
    return Line(today | moved, today)
