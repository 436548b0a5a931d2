"""Reads of the catalogue: the door for all rooms above."""

from datetime import date

from kntc.agencies.index import body_index
from kntc.agencies.keepers import KeeperMap, keeper_of
from kntc.agencies.models import Agency, Place
from kntc.agencies.place_search import PlaceOption, place_search
from kntc.agencies.places import PlaceFinder, PlaceMatch
from kntc.agencies.resolver import SURE, Match, Resolver

__all__ = [
    "SURE",
    "KeeperMap",
    "Match",
    "PlaceFinder",
    "PlaceMatch",
    "PlaceOption",
    "Resolver",
    "body_index",
    "find_place",
    "keeper_of",
    "place_options",
    "proposed_place",
    "province_of",
    "resolve",
    "tree",
]


def resolve(
    text: str,
    near: Agency | None = None,
    on: date | None = None,
    limit: int = 8,
    *,
    typing: bool = False,
) -> list[Match]:
    """Bodies that may be meant, best first, asked from `near` for the day `on`. 2 SQL statements.

    `typing`: the text is still being typed, its last word may be unfinished. For many texts use `Resolver`.
    """
    return Resolver(near, on).matches(text, limit, typing=typing)


def find_place(address: str, near: Agency | None = None) -> PlaceMatch:
    """The place that an address names, as far as it can be recognised. 2 SQL statements."""
    return place_search().finder.find(address, near)


def place_options(text: str, near: Agency | None = None, limit: int = 8) -> list[PlaceOption]:
    """Communes of today and of before for a clerk who types; a whole address is read too. 2 SQL statements."""
    search = place_search()
    options = search.options(text, near, limit)
    if options:
        return options
    commune = search.finder.find(text, near).commune
    return [search.option_for(commune)] if commune else []


def tree(root: Agency) -> list[tuple[int, Agency]]:
    """(depth, agency) of a subtree in the order of the tree, the root at depth 0. 1 SQL statement."""
    open_bounds: list[int] = []
    rows: list[tuple[int, Agency]] = []
    for agency in Agency.objects.subtree(root).order_by("lft"):
        while open_bounds and agency.lft is not None and agency.lft > open_bounds[-1]:
            open_bounds.pop()
        rows.append((len(open_bounds), agency))
        open_bounds.append(agency.rgt or 0)
    return rows


def province_of(agency: Agency) -> Agency | None:
    """The province above (or the agency itself if it is one); None for central bodies. 1 SQL statement."""
    if agency.lft is None:
        return agency.parent and province_of(agency.parent)
    above = Agency.objects.filter(lft__lte=agency.lft, rgt__gte=agency.lft, level="province")
    return above.first()


# A place read out of a name is proposed only when hardly anything else can be meant.
_CLEARLY = 0.85


def proposed_place(name: str, home: Agency | None) -> tuple[Agency | None, Place | None]:
    """(province of `home`, where a body of this name probably is): the commune it names, else the province's place.

    At most 5 statements.
    """
    province = province_of(home) if home else None
    named = find_place(name, home)
    if named.commune and named.successor and named.confidence >= _CLEARLY and not named.alternatives:
        place = Place.objects.select_related("parent").get(pk=named.successor.pk)
        if province is None or place.parent_id == province.place_id:
            return province, place
    return province, province.place if province else None
