"""The nested set: every agency that uses the system carries bounds, and its subtree lies between them."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection, transaction

from kntc.agencies.models import Agency, Level

# Within one parent: departments before districts before communes, each in alphabetical order.
_LEVELS = {level: rank for rank, level in enumerate(Level.values)}

_SET_BOUNDS = """
UPDATE agencies_agency AS agency SET lft = bounds.lft, rgt = bounds.rgt
FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS bounds (id, lft, rgt)
WHERE agency.id = bounds.id AND (agency.lft, agency.rgt) IS DISTINCT FROM (bounds.lft, bounds.rgt)
"""


class BrokenTree(ValueError):
    """Agencies that cannot be reached from a root: their parents form a circle or lie outside the tree."""


def number_tree(parents: Mapping[int, int | None]) -> dict[int, tuple[int, int]]:
    """Bounds for a forest given as child → parent, siblings in the order in which they are given."""
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    bounds: dict[int, tuple[int, int]] = {}
    opened: dict[int, int] = {}
    counter = 0
    pending = list(reversed(children[None]))
    while pending:
        node = pending.pop()
        counter += 1
        if node in opened:
            bounds[node] = opened[node], counter
        else:
            opened[node] = counter
            pending.append(node)
            pending.extend(reversed(children[node]))
    if len(bounds) != len(parents):
        raise BrokenTree(f"Không nối được vào cây: {sorted(set(parents) - set(bounds))}")
    return bounds


@transaction.atomic
def renumber() -> int:
    """Number the tree anew after a change of it; returns how many agencies stand in it. 3 SQL statements."""
    with connection.cursor() as cursor:
        # Two changes at once would each number a tree without the other's change.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kntc.agencies.tree'))")
    rows = list(Agency.objects.users().values_list("id", "parent_id", "level", "sort_key"))
    rows.sort(key=lambda row: (_LEVELS[row[2]], row[3], row[0]))
    bounds = number_tree({row[0]: row[1] for row in rows})
    with connection.cursor() as cursor:
        lists = [list(bounds), [lft for lft, _ in bounds.values()], [rgt for _, rgt in bounds.values()]]
        cursor.execute(_SET_BOUNDS, lists)
    return len(bounds)
