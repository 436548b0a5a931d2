"""The name that an agency bore on a day, and whom it stood under then."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kntc.agencies.models import Agency, AgencyName, AgencyPlacement


def names_on(agencies: Iterable[Agency], day: date) -> dict[int, tuple[str, str]]:
    """Agency → (name, short name) on that day. One statement."""
    listed = list(agencies)
    names = {agency.pk: (agency.name, agency.short_name) for agency in listed}
    # The name that ended first after the day was the name of the day: it is written last.
    former = AgencyName.objects.filter(agency__in=names, valid_to__gte=day).order_by("-valid_to")
    names.update((row.agency_id, (row.name, row.short_name)) for row in former)
    return names


def name_on(agency: Agency, day: date) -> str:
    return names_on([agency], day)[agency.pk][0]


def placed_elsewhere(day: date) -> dict[int, int | None]:
    """Agency → its parent of that day, for those that stand elsewhere today. One statement."""
    rows = AgencyPlacement.objects.filter(valid_to__gte=day).order_by("-valid_to")
    then = dict(rows.values_list("agency_id", "parent_id"))
    if not then:
        return {}
    today = dict(Agency.objects.filter(pk__in=then).values_list("pk", "parent_id"))
    return {agency: parent for agency, parent in then.items() if today[agency] != parent}


def subtree_ids(roots: Iterable[int]) -> set[int]:
    """The agencies and all that stand below them today. One statement."""
    bounds = Agency.objects.filter(pk__in=list(roots), lft__isnull=False).values_list("lft", "rgt")
    inside = Q(pk__in=[])
    for lft, rgt in bounds:
        inside |= Q(lft__gte=lft, lft__lte=rgt)
    return set(Agency.objects.filter(inside).values_list("pk", flat=True))
