"""Which agencies make which row of a table: the agency's own petitions, and each direct child with all below it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from kntc.agencies.models import Agency, Level

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

    @property
    def leaves_out(self) -> bool:
        """A province does not add up the central bodies placed in it (TT 06/2025 Đ7.2.a); the nation has them."""
        return self.root.level in TERRITORIAL


def tree_of(root: Agency) -> Tree:
    """Two statements."""
    children = Agency.objects.filter(parent=root, lft__isnull=False).order_by("lft")
    return Tree(root, tuple(children), away_from(root))


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
    return inside & ~Q(agency__in=tree.away) if tree.away and tree.leaves_out else inside


def stood_in(agency: Agency, start: date, end: date) -> bool:
    """Whether the agency existed on a day of the period."""
    return (agency.valid_from is None or agency.valid_from <= end) and (
        agency.valid_to is None or start <= agency.valid_to
    )
