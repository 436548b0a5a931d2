"""Orders of the list, and pages by key: one begins behind the last row of the page before, whatever came since."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from kntc.petitions.models import Petition


@dataclass(frozen=True)
class Place:
    """Where a page begins or ends: the value by which the list is ordered, and the key of the row."""

    value: Any
    pk: int


@dataclass(frozen=True)
class Sort:
    """An order of the list. Equal values are told apart by the key of the row, so no row is lost or shown twice."""

    key: str
    label: str
    field: str
    read: Callable[[str], Any]
    descending: bool = False
    nullable: bool = False

    def order(self, *, backwards: bool = False) -> list[OrderBy]:
        """Rows without a value stand last."""
        field, row = F(self.field), F("pk")
        if self.descending == backwards:
            return [field.asc(nulls_first=self._nulls(backwards)), row.asc()]
        return [field.desc(nulls_last=self._nulls(not backwards)), row.desc()]

    def _nulls(self, asked: bool) -> bool | None:
        # Said only where it differs from PostgreSQL's own order, so that the indexes fit.
        return True if self.nullable and asked else None

    def sql(self, *, backwards: bool = False) -> str:
        """The same order over columns called `value` and `id`."""
        down = self.descending != backwards
        nulls = " NULLS LAST" if self._nulls(down and not backwards) else ""
        nulls = " NULLS FIRST" if self._nulls(backwards and not down) else nulls
        way = "DESC" if down else "ASC"
        return f"value {way}{nulls}, id {way}"

    def beyond(self, place: Place, *, backwards: bool = False) -> Q:
        """Rows that come after `place`; backwards: before it."""
        side = "gt" if self.descending == backwards else "lt"
        further = Q(**{f"pk__{side}": place.pk})
        if place.value is None:
            without = Q(**{f"{self.field}__isnull": True})
            return (without & further) | ~without if backwards else without & further
        beside = Q(**{f"{self.field}__{side}": place.value}) | (Q(**{self.field: place.value}) & further)
        if not self.nullable:
            # Says nothing new, but as a bound of its own it lets the index begin in the right place.
            return Q(**{f"{self.field}__{side}e": place.value}) & beside
        return beside if backwards else beside | Q(**{f"{self.field}__isnull": True})

    def place(self, petition: Petition) -> Place:
        return Place(getattr(petition, self.field), petition.pk)

    def sorted(self, petitions: Collection[Petition]) -> list[Petition]:
        """Rows in this order (those without a value last)."""
        valued = [petition for petition in petitions if getattr(petition, self.field) is not None]
        bare = [petition for petition in petitions if getattr(petition, self.field) is None]
        valued.sort(
            key=lambda petition: (getattr(petition, self.field), petition.pk), reverse=self.descending
        )
        bare.sort(key=lambda petition: petition.pk, reverse=self.descending)
        return valued + bare

    def write(self, place: Place) -> str:
        """A place as it stands in an address: "2026-11-20~8147"."""
        return f"{'' if place.value is None else place.value}~{place.pk}"

    def parse(self, text: str) -> Place | None:
        """The place that an address names; None where it names none."""
        value, _, pk = text.replace("\0", "").rpartition("~")
        try:
            place = Place(self.read(value) if value else None, int(pk))
        except ValueError:
            return None
        fits = 0 < place.pk < 2**63 and (place.value is not None or self.nullable)
        return place if fits else None


_SORTS = (
    Sort("-received", "Mới nhận trước", "received_on", date.fromisoformat, descending=True),
    Sort("received", "Nhận trước lên trước", "received_on", date.fromisoformat),
    Sort("number", "Số đơn tăng dần", "number", str),
    Sort("-number", "Số đơn giảm dần", "number", str, descending=True),
    Sort("due", "Gần hạn trước", "due_on", date.fromisoformat, nullable=True),
    Sort("-due", "Xa hạn trước", "due_on", date.fromisoformat, descending=True, nullable=True),
)
SORTS = {sort.key: sort for sort in _SORTS}
NEWEST = _SORTS[0]


@dataclass(frozen=True)
class KeyedPage:
    """Rows in order; `previous`, `next`: the places where the pages around begin, empty where there is none."""

    rows: list[Petition]
    previous: str = ""
    next: str = ""


def keyed_page(petitions: "QuerySet[Petition]", sort: Sort, query: Mapping[str, str], size: int) -> KeyedPage:
    """The page of a queryset that `after` or `before` in an address names. One statement."""
    backwards = "before" in query and "after" not in query
    place = sort.parse(query.get("before" if backwards else "after", ""))
    backwards = backwards and place is not None
    rows = petitions.filter(sort.beyond(place, backwards=backwards)) if place else petitions
    found = list(rows.order_by(*sort.order(backwards=backwards))[: size + 1])
    return around(sort, sort.sorted(found[:size]), len(found) > size, place is not None, backwards)


def around(sort: Sort, rows: list[Petition], more: bool, begun: bool, backwards: bool) -> KeyedPage:
    """`more`: there are rows further in the direction read; `begun`: the page is not the first that was asked for."""
    if not rows:
        return KeyedPage([])
    before, after = (more, True) if backwards else (begun, more)
    first, last = (sort.write(sort.place(row)) for row in (rows[0], rows[-1]))
    return KeyedPage(rows, first if before else "", last if after else "")
