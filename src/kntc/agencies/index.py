"""All bodies in memory, with every way in which registers write them. Built anew when the catalogue changes."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from django.db.models import Count, Max

from kntc.agencies.caching import Kept
from kntc.agencies.catalogue import bare_name
from kntc.agencies.models import Agency, AgencyAlias, BodyKind, Level, Place, PlaceSuccession
from kntc.agencies.writing import Words, canonical


class Says(Enum):
    """What a writing tells of a body."""

    PLACE = "its name and where it is"
    NAME = "its full name, which has no place in it"
    LESS = "its name without the place that belongs to it"


class Writing(NamedTuple):
    """One way to write a body; `weight` from 0 to 1: how sure it is."""

    words: Words
    body: int
    weight: float
    says: Says


class Where(NamedTuple):
    """Where a body stands: its units from the smallest up, and the province in which that lies today."""

    line: tuple[str, ...]
    today: str


@dataclass
class Body:
    id: int
    code: str
    kind: str
    level: str
    place: str | None
    valid_from: date | None
    valid_to: date | None
    uses_system: bool
    where: Where
    words: set[str] = field(default_factory=set)
    writings: list[Writing] = field(default_factory=list)

    def stands_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class PlaceTable:
    """Names and parents of all places. 2 SQL statements."""

    def __init__(self) -> None:
        self._parent: dict[str, str | None] = {}
        self._name: dict[str, str] = {}
        self._words: dict[str, tuple[Words, Words]] = {}
        for place, name, parent in Place.objects.order_by().values_list("id", "name", "parent_id"):
            self._parent[place], self._name[place] = parent, name
        provinces = PlaceSuccession.objects.filter(old__parent=None).values_list("old_id", "new_id")
        self._today = dict(provinces)

    def where(self, place: str | None) -> Where:
        line: list[str] = []
        while place:
            line.append(place)
            place = self._parent.get(place)
        return Where(tuple(line), self._today.get(line[-1], line[-1]) if line else "")

    def words(self, place: str) -> tuple[Words, Words]:
        """Kind and bare name of a place: (("thanh", "pho"), ("quy", "nhon"))."""
        if place not in self._words:
            bare = canonical(bare_name(self._name[place]))
            whole = canonical(self._name[place])
            self._words[place] = whole[: len(whole) - len(bare)], bare
        return self._words[place]


# A department, a newspaper, a hospital of the province is known by its name alone; a court is not.
_NEEDS_PLACE = {
    BodyKind.COMMITTEE, BodyKind.COUNCIL, BodyKind.COURT, BodyKind.PROCURACY, BodyKind.POLICE, BodyKind.ENFORCEMENT
}  # fmt: skip


def _alone(body: Body) -> float:
    """Weight of a name without any place."""
    if body.level == Level.DEPARTMENT:
        return 0.97
    if len(body.where.line) > 1:
        return 0.6
    return 0.78 if body.kind in _NEEDS_PLACE and body.level == Level.PROVINCE else 0.95


def _ways(words: Words, number: int, body: Body, places: PlaceTable) -> Iterator[Writing]:
    """The ways that follow from a name and a place: with and without kind, name, and what lies above it."""
    if body.place is None:
        yield Writing(words, number, 1.0, Says.PLACE)
        return
    kind, bare = places.words(body.place)
    above = [places.words(unit) for unit in body.where.line[1:]]
    if words[-len(bare) :] != bare or words == bare:
        yield Writing(words, number, 1.0, Says.NAME)
        yield from _with_above(words, number, [(kind, bare), *above])
        return
    core = words[: -len(bare)]
    says_kind = core[-len(kind) :] == kind and core != kind
    if says_kind:
        core = core[: -len(kind)]
    # "Báo Bình Định" may also be "Báo tỉnh Bình Định", but nobody need say so.
    less = 1.0 if says_kind else 0.97
    yield Writing(core + kind + bare, number, less, Says.PLACE)
    yield Writing(core + bare, number, 0.98, Says.PLACE)
    yield Writing(core + kind, number, 0.98 * less, Says.LESS)
    yield Writing(core, number, _alone(body), Says.LESS)
    yield from _with_above(core + (kind if says_kind else ()) + bare, number, above)


def _with_above(words: Words, body: int, above: list[tuple[Words, Words]]) -> Iterator[Writing]:
    whole = words
    for kind, bare in above:
        yield Writing(words + kind + bare, body, 0.99, Says.PLACE)
        yield Writing(words + bare, body, 0.97, Says.PLACE)
        whole = whole + kind + bare
    if len(above) > 1:
        yield Writing(whole, body, 0.99, Says.PLACE)


def _shorter(words: Words) -> Iterator[Words]:
    """A name with and without the word that people leave out: "(Trường) THPT Quang Trung"."""
    yield words
    if words[:1] == ("truong",):
        yield words[1:]


class BodyIndex:
    """Immutable once built. 4 SQL statements to build."""

    def __init__(self) -> None:
        self.places = PlaceTable()
        self.bodies: list[Body] = []
        self.by_id: dict[int, int] = {}
        self.exact: defaultdict[Words, list[Writing]] = defaultdict(list)
        self.postings: defaultdict[str, set[int]] = defaultdict(set)
        self.around: defaultdict[str, set[int]] = defaultdict(set)  # by today's province
        self._read_names()
        self._read_aliases()
        self.vocabulary = sorted(self.postings)
        total = len(self.bodies) + 1
        self.rarity = {word: 1 + math.log(total / len(found)) for word, found in self.postings.items()}

    def _read_names(self) -> None:
        rows = (
            Agency.objects.listed()
            .order_by("id")
            .values_list(
                "id",
                "code",
                "kind",
                "level",
                "place_id",
                "valid_from",
                "valid_to",
                "uses_system",
                "name",
                "short_name",
            )
        )
        for row in rows:
            body = Body(*row[:8], self.places.where(row[4]))
            self.by_id[body.id] = len(self.bodies)
            self.around[body.where.today].add(len(self.bodies))
            self.bodies.append(body)
            for words in dict.fromkeys((canonical(row[8]), canonical(row[9]))):
                self._add(words, self.by_id[body.id])

    def _read_aliases(self) -> None:
        for agency_id, text in AgencyAlias.objects.order_by("id").values_list("agency_id", "text"):
            if (number := self.by_id.get(agency_id)) is not None:
                self._add(canonical(text), number)

    def _add(self, words: Words, number: int) -> None:
        body = self.bodies[number]
        for way in (way for name in _shorter(words) for way in _ways(name, number, body, self.places)):
            self.exact[way.words].append(way)
            body.writings.append(way)
            for word in way.words:
                self.postings[word].add(number)
            body.words.update(way.words)

    def starting_with(self, prefix: str, limit: int = 200) -> list[str]:
        """Known words that begin so, the prefix itself first if it is one."""
        at = bisect_left(self.vocabulary, prefix)
        found: list[str] = []
        while at < len(self.vocabulary) and len(found) < limit and self.vocabulary[at].startswith(prefix):
            found.append(self.vocabulary[at])
            at += 1
        return found


def _stamp() -> tuple[int, datetime | None]:
    row = Agency.objects.aggregate(count=Count("id"), last=Max("changed_at"))
    return row["count"], row["last"]


_kept = Kept(BodyIndex, _stamp)


def body_index() -> BodyIndex:
    """The index of the catalogue as it stands now. 1 SQL statement; 4 more when the catalogue has changed."""
    return _kept.get()
