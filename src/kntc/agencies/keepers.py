"""Who answers today for what a closed agency left behind."""

from collections import defaultdict

from django.utils import timezone

from kntc.agencies.models import Agency, AgencySuccession, Place, PlaceSuccession


class KeeperMap:
    """All successions in memory, for many answers. 2 SQL statements when made, then none (`of`: 1 at first)."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[int, str], int] = {}
        self._default: dict[int, int] = {}
        self._today: defaultdict[str, list[str]] = defaultdict(list)
        self._agencies: dict[int, Agency] = {}
        self._read_successions()
        if self._by_place:
            self._read_places()

    def _read_successions(self) -> None:
        links = AgencySuccession.objects.filter(on__lte=timezone.localdate())
        for old, new, place, is_default in links.values_list("old_id", "new_id", "place_id", "is_default"):
            if place:
                self._by_place[old, place] = new
            if is_default:
                self._default[old] = new

    def _read_places(self) -> None:
        links = PlaceSuccession.objects.order_by("-is_default").values_list("old_id", "new_id")
        for old, new in links:
            self._today[old].append(new)

    def id_of(self, agency_id: int, place_id: str | None = None) -> int:
        """Number of the agency that answers today; the agency's own where nothing succeeded it."""
        seen = {agency_id}
        while (successor := self._successor(agency_id, place_id)) and successor not in seen:
            seen.add(successor)
            agency_id = successor
        return agency_id

    def _successor(self, agency_id: int, place_id: str | None) -> int | None:
        if place_id:
            for today in (place_id, *self._today.get(place_id, ())):
                if found := self._by_place.get((agency_id, today)):
                    return found
        return self._default.get(agency_id)

    def of(self, agency: Agency, place: Place | None = None) -> Agency:
        keeper_id = self.id_of(agency.pk, place.pk if place else None)
        if keeper_id == agency.pk:
            return agency
        if not self._agencies:
            self._agencies = Agency.objects.in_bulk({*self._default.values(), *self._by_place.values()})
        return self._agencies[keeper_id]


def keeper_of(agency: Agency, place: Place | None = None) -> Agency:
    """The agency that answers today for `agency` and, where its area was divided, for this place.

    No SQL statement for an open agency, 2 for a closed one whose successor is open. For many use `KeeperMap`.
    """
    seen = {agency.pk}
    today = [place.pk, *_parts_of(place)] if place and agency.is_closed else []
    while agency.is_closed and (successor := _successor(agency, today)) and successor.pk not in seen:
        seen.add(successor.pk)
        agency = successor
    return agency


def _parts_of(place: Place) -> list[str]:
    links = PlaceSuccession.objects.filter(old=place).order_by("-is_default")
    return list(links.values_list("new_id", flat=True))


def _successor(agency: Agency, places: list[str]) -> Agency | None:
    links = list(
        AgencySuccession.objects.filter(old=agency, on__lte=timezone.localdate()).select_related("new")
    )
    for place in places:
        if found := next((link.new for link in links if link.place_id == place), None):
            return found
    return next((link.new for link in links if link.is_default), None)
