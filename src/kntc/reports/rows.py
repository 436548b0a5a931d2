"""Which agencies make which row of a table: the agency's own petitions, and each direct child with all below it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from kntc.agencies.models import Agency, AgencyQuerySet, Level
from kntc.agencies.naming import in_time, line_on

# Below these a central body is only placed, not led.
TERRITORIAL = (Level.PROVINCE, Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE)


class Part(StrEnum):
    """What of an agency's subtree a row counts. Values stand in addresses."""

    WHOLE = ""
    OWN = "rieng"
    VERTICAL = "nganh-doc"


@dataclass(frozen=True)
class Tree:
    """An agency chosen for a table, with what decides on its rows. `away`: agencies that report by their own line."""

    root: Agency
    children: tuple[Agency, ...]
    away: tuple[int, ...]
    # Who stood elsewhere at the end of the period: (agency, child of the root that it counts under; None: not here).
    shifted: tuple[tuple[int, int | None], ...] = ()

    @property
    def come(self) -> list[int]:
        """Agencies that stood below the root then and do not today, or stood below another of its children."""
        return [agency for agency, branch in self.shifted if branch is not None]

    @property
    def gone(self) -> list[int]:
        """Agencies that stand below the root today and stood elsewhere then."""
        return [agency for agency, branch in self.shifted if branch is None]

    @property
    def leaves_out(self) -> bool:
        """A province does not add up the central bodies placed in it (TT 06/2025 Đ7.2.a); the nation has them."""
        return self.root.level in TERRITORIAL


def tree_of(root: Agency, day: date) -> Tree:
    """The tree of that day, agencies under the names that they bore. Two statements, six where one has moved since."""
    below = Q(parent=root, lft__isnull=False)
    found, moved = in_time(_with(root, below), day)
    shifted = shifted_on(root, day) if moved else ()
    if shifted:
        then = [agency for agency, branch in shifted if branch == agency]
        below = (below & ~Q(pk__in=[agency for agency, _ in shifted])) | Q(pk__in=then)
        found, _ = in_time(_with(root, below), day)
    named = next(agency for agency in found if agency == root)
    return Tree(named, tuple(agency for agency in found if agency != root), away_from(root), shifted)


def _with(root: Agency, below: Q) -> AgencyQuerySet:
    return Agency.objects.filter(below | Q(pk=root.pk)).select_related("parent").order_by("lft")


def shifted_on(root: Agency, day: date) -> tuple[tuple[int, int | None], ...]:
    """Agencies that counted elsewhere on that day. One statement, three where there is any."""
    line = line_on(day)
    return tuple((pk, then) for pk, (then, _) in line.below(root.pk).items()) if line else ()


def away_from(root: Agency) -> tuple[int, ...]:
    """Central bodies below `root` that are only placed in a locality, with all below them. One statement."""
    heads = Agency.objects.filter(
        is_vertical=True, parent__level__in=TERRITORIAL, lft__gt=root.lft, lft__lte=root.rgt
    ).values_list("lft", "rgt")
    inside = Q()
    for lft, rgt in heads:
        inside |= Q(lft__gte=lft, lft__lte=rgt)
    return tuple(Agency.objects.filter(inside).values_list("pk", flat=True)) if inside else ()


def received_in(tree: Tree, part: Part = Part.WHOLE) -> Q:
    """Petitions that count in the total of `tree`, or in one of its own two rows."""
    if part == Part.OWN:
        return Q(agency=tree.root)
    if part == Part.VERTICAL:
        return Q(agency__in=tree.away)
    inside = Q(agency__lft__gte=tree.root.lft, agency__lft__lte=tree.root.rgt)
    if tree.shifted:
        inside = (inside & ~Q(agency__in=tree.gone)) | Q(agency__in=tree.come)
    return inside & ~Q(agency__in=tree.away) if tree.away and tree.leaves_out else inside


def stood_in(agency: Agency, start: date, end: date) -> bool:
    """Whether the agency existed on a day of the period."""
    return (agency.valid_from is None or agency.valid_from <= end) and (
        agency.valid_to is None or start <= agency.valid_to
    )
