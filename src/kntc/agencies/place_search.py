"""Places while a clerk types: "phuoc thu", "xã phước thuận tuy phước", "quy nhon"."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from heapq import nsmallest

from kntc.agencies.caching import Kept
from kntc.agencies.models import Agency, Place, PlaceSuccession
from kntc.agencies.places import COMMUNES, PlaceFinder
from kntc.agencies.writing import Words, canonical, canonical_unfinished


@dataclass(frozen=True)
class PlaceOption:
    """A commune to choose, of today or of before, with what an old one became (the default part first)."""

    place: Place
    successors: tuple[Place, ...]


class PlaceSearch:
    """Communes by the words of their name and of what lies above. 2 SQL statements when made, then none."""

    def __init__(self) -> None:
        self.finder = PlaceFinder()
        communes = (place for place in self.finder.places.values() if place.kind in COMMUNES)
        # Today's first, each in alphabetical order: a smaller number ranks higher.
        self._communes = sorted(
            communes, key=lambda place: (place.valid_to is not None, place.sort_key, place.pk)
        )
        self._home = [self.finder.province_today(place.pk).pk for place in self._communes]
        self._bare: list[str] = []
        self._postings: defaultdict[str, set[int]] = defaultdict(set)
        above: dict[str, Words] = {}
        for number, place in enumerate(self._communes):
            parent = place.parent_id or ""
            if parent not in above and place.parent:
                above[parent] = canonical(place.parent.full_name)
            words = canonical(place.name)
            self._bare.append(" ".join(words))
            for word in (*words, *above.get(parent, ())):
                self._postings[word].add(number)
        self._vocabulary = sorted(self._postings)

    def options(self, text: str, near: Agency | None = None, limit: int = 8) -> list[PlaceOption]:
        """Communes that have all the words, today's and those of the same province first."""
        home = self.finder.province_today(near.place_id).pk if near and near.place_id else ""
        best: dict[int, None] = {}
        for words in dict.fromkeys((canonical_unfinished(text), canonical(text))):
            found = self._with_all(words)
            asked = " ".join(words)
            best.update(dict.fromkeys(nsmallest(limit, found, key=lambda n: self._rank(n, asked, home))))
        asked = " ".join(canonical_unfinished(text))
        ranked = nsmallest(limit, best, key=lambda n: self._rank(n, asked, home))
        return [self.option_for(self._communes[number]) for number in ranked]

    def _with_all(self, words: Words) -> set[int]:
        found: set[int] | None = None
        for at, word in enumerate(words):
            known = self._starting_with(word) if at == len(words) - 1 else self._postings.get(word, set())
            found = known if found is None else found & known
        return found or set()

    def _starting_with(self, prefix: str) -> set[int]:
        found: set[int] = set()
        at = bisect_left(self._vocabulary, prefix)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
            found |= self._postings[self._vocabulary[at]]
            at += 1
        return found

    def _rank(self, number: int, asked: str, home: str) -> tuple[bool, bool, int]:
        name = self._bare[number]
        own_name = name.startswith(asked) or f" {asked}" in name
        return not own_name, self._home[number] != home, number

    def option_for(self, place: Place) -> PlaceOption:
        return PlaceOption(place, () if place.valid_to is None else tuple(self.finder.today(place)))


def _stamp() -> tuple[int, int]:
    return Place.objects.count(), PlaceSuccession.objects.count()


_kept = Kept(PlaceSearch, _stamp)


def place_search() -> PlaceSearch:
    """2 SQL statements; 2 more when places have changed."""
    return _kept.get()
