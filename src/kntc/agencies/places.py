"""Places as people write them: two levels or three, today's or before 01/7/2025, abbreviated, partly wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kntc.agencies.catalogue import bare_name, rows
from kntc.agencies.models import Agency, Place, PlaceKind, PlaceSuccession
from kntc.vietnamese import fold, squeeze, unify_tones

_LEVELS = {
    "tinh": "province",
    "thanh pho": "city",  # of the country or of a province
    "huyen": "district",
    "quan": "district",
    "thi xa": "district",
    "xa": "commune",
    "phuong": "commune",
    "thi tran": "commune",
    "dac khu": "commune",
}
_SHORT = {
    "t": "tinh", "tp": "thanh pho", "t.p": "thanh pho", "h": "huyen", "q": "quan", "tx": "thi xa", "t.x": "thi xa",
    "x": "xa", "p": "phuong", "tt": "thi tran", "t.t": "thi tran",
}  # fmt: skip
_OTHER_NAMES = {
    "hcm": "ho chi minh", "tphcm": "ho chi minh", "sai gon": "ho chi minh", "hn": "ha noi", "hue": "thua thien hue",
    "dn": "da nang", "brvt": "ba ria-vung tau", "ba ria vung tau": "ba ria-vung tau",
}  # fmt: skip

_KIND = re.compile(
    r"(thanh pho|thi xa|thi tran|dac khu|tinh|huyen|quan|phuong|xa|t\.p|t\.x|t\.t|tp|tx|tt|[thqxp](?=\.))\b[.:\s]*(.+)"
)
_DIVIDER = re.compile(r"\s*[,;\n]\s*")
# "xã A huyện B tỉnh C" without commas; "tỉnh lộ" and "xa lộ" are roads.
_INNER_KIND = re.compile(
    r"\s+(?=(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|tp\.?|tx\.?|[HQXPT]\.)\s*(?!lộ)\S)",
    re.IGNORECASE,
)
_SPACED_DASH = re.compile(r"\s+[-–]\s+")
_DASH = re.compile(r"\s*[-–]\s*")
_NOTHING = "Không nhận ra địa bàn: ghi xã, phường và tỉnh, ví dụ “xã Tuy Phước, tỉnh Gia Lai”"


@dataclass(frozen=True)
class PlaceMatch:
    """What was recognised in an address: `place` is the smallest unit, `successor` where that lies today.

    Without a commune the successor is today's province: a former district lies in several communes.
    """

    place: Place | None = None
    commune: Place | None = None
    successor: Place | None = None
    confidence: float = 0.0
    unrecognised: tuple[str, ...] = ()
    alternatives: tuple[Place, ...] = ()  # further parts of a commune that was split
    misspelt: tuple[str, ...] = ()  # what was written where a letter is missing or too many

    @property
    def reason(self) -> str:
        """For the clerk: how far the address was understood."""
        if self.place is None:
            return _NOTHING
        parts = [] if self.commune else [f"Chỉ nhận ra đến {self.place.full_name}"]
        if self.unrecognised:
            parts.append("chưa nhận ra " + _quoted(self.unrecognised))
        if self.misspelt:
            parts.append(f"có thể viết sai {_quoted(self.misspelt)}, đã hiểu là {self.place.full_name}")
        return "; ".join(parts)


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


class _Part(NamedTuple):
    level: str  # province, city, district, commune or "" where nothing says so
    name: str
    text: str
    kind: PlaceKind | None


@dataclass
class _Reading:
    """An address being read from its end: what is known so far."""

    parts: list[_Part]
    has_marks: bool
    provinces: list[Place] = field(default_factory=list)
    district: Place | None = None
    communes: list[Place] = field(default_factory=list)
    confidence: float = 1.0
    unrecognised: list[str] = field(default_factory=list)
    misspelt: list[str] = field(default_factory=list)

    def miss(self, cost: float) -> None:
        self.unrecognised.append(self.parts.pop().text)
        self.confidence *= cost

    def take(self, cost: float, *, misspelt: bool) -> None:
        part = self.parts.pop()
        self.confidence *= cost
        if misspelt:
            self.misspelt.append(part.text)


class _Found(NamedTuple):
    places: list[Place]
    worth: float = 1.0
    misspelt: bool = False


class PlaceFinder:
    """All places in memory. 2 SQL statements when made, then none."""

    def __init__(self) -> None:
        self.places = {place.pk: place for place in Place.objects.order_by("pk")}
        self._within: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        self._districts: defaultdict[str, list[Place]] = defaultdict(list)
        self._becomes: defaultdict[str, list[str]] = defaultdict(list)
        self._province_today: dict[str, Place] = {}
        self._dashed: set[str] = set()
        for place in self.places.values():
            self._enter(place)
        self._enter_former_names()
        self._enter_successions()

    def _enter(self, place: Place) -> None:
        name = _name_key(bare_name(place.name))
        if " - " in place.name:
            self._dashed.add(name)
        if place.parent_id:
            place.parent = self.places[place.parent_id]  # no statement when a name is shown in full
        self._within[place.parent_id or ""][name].append(place)
        if place.kind in _DISTRICTS:
            self._districts[name].append(place)

    def _enter_former_names(self) -> None:
        for row in rows("former-names.csv"):
            place = self.places.get(row["place"])
            name = _name_key(bare_name(row["name"]))
            if place and place not in self._within[place.parent_id or ""][name]:
                self._within[place.parent_id or ""][name].append(place)

    def _enter_successions(self) -> None:
        links = PlaceSuccession.objects.order_by("-is_default", "new_id").values_list("old_id", "new_id")
        for old, new in links:
            self._becomes[old].append(new)
            # People write today's commune under the district that it came from.
            district = self.places[old].parent_id
            if district and self.places[old].kind in COMMUNES:
                known = self._within[f"{district}+"][_name_key(bare_name(self.places[new].name))]
                if self.places[new] not in known:
                    known.append(self.places[new])

    def find(self, address: str, near: Agency | None = None) -> PlaceMatch:
        """Reads an address from its end; where it names no province, that of `near` is meant.

        Never guesses: what fits two places equally is left unrecognised.
        """
        address = squeeze(address)[:500]
        reading = _Reading(self._parts_of(address), not address.isascii())
        self._read_province(reading)
        if not reading.provinces and near and near.place_id:
            reading.provinces = self._provinces_of(self.places[near.place_id])
            reading.confidence *= 0.9
            named = False
        else:
            named = bool(reading.provinces)
        self._read_district(reading)
        self._read_commune(reading)
        if not named and not reading.district and not reading.communes:
            reading.provinces = []
        return self._match(reading)

    def province_today(self, place_id: str) -> Place:
        """The province of today in which a place lies."""
        if place_id not in self._province_today:
            place = self.places[place_id]
            while place.parent:
                place = place.parent
            self._province_today[place_id] = self.today(place)[0]
        return self._province_today[place_id]

    def _parts_of(self, address: str) -> list[_Part]:
        texts = [text for text in _DIVIDER.split(address) if text]
        if len(texts) == 1 and " - " not in address:
            texts = _INNER_KIND.split(texts[0])
        pieces = (piece.strip(" .") for text in texts for piece in self._undashed(text))
        return [_part(piece) for piece in pieces if piece]

    def _undashed(self, text: str) -> Iterator[str]:
        """Parts divided by dashes, except where the dash belongs to a name: "Bà Rịa - Vũng Tàu"."""
        pieces = _SPACED_DASH.split(text)
        while pieces:
            piece = pieces.pop(0)
            if pieces and _part(f"{piece} - {pieces[0]}").name in self._dashed:
                piece = f"{piece} - {pieces.pop(0)}"
            yield piece

    def _provinces_of(self, place: Place) -> list[Place]:
        """Today's province of a place and all that became part of it."""
        today = self.province_today(place.pk)
        before = [self.places[old] for old, news in self._becomes.items() if news == [today.pk]]
        return [today, *(unit for unit in before if unit.parent_id is None)]

    def _read_province(self, reading: _Reading) -> None:
        if not reading.parts or reading.parts[-1].level not in {"province", "city", ""}:
            return
        part = reading.parts[-1]
        found = self._named("", _OTHER_NAMES.get(part.name, part.name), fuzzy=part.level == "province")
        if found.places:
            reading.provinces = found.places
            reading.take(found.worth, misspelt=found.misspelt)
        elif part.level == "province":
            reading.miss(0.7)

    def _named(self, parent: str, name: str, *, fuzzy: bool) -> _Found:
        """Units of that name in a parent, or of the one name from which a letter is missing, say."""
        names: dict[str, list[Place]] = self._within.get(parent, defaultdict(list))
        if name in names:
            return _Found(names[name])
        alike = [known for known in names if _one_slip(name, known)] if fuzzy and len(name) > 4 else []
        return _Found(names[alike[0]], 0.8, True) if len(alike) == 1 else _Found([])

    def _read_district(self, reading: _Reading) -> None:
        if not reading.parts or reading.parts[-1].level in {"commune", "province"}:
            return
        part = reading.parts[-1]
        found = self._districts_named(reading, part)
        if len(found.places) == 1:
            reading.district = found.places[0]
            reading.provinces = [self.places[reading.district.parent_id or ""]]
            reading.take(found.worth, misspelt=found.misspelt)
        elif part.level:
            reading.miss(0.7)

    def _districts_named(self, reading: _Reading, part: _Part) -> _Found:
        if not reading.provinces:
            return _Found(_of_kind(self._districts.get(part.name, []), part), 0.95)
        best = _Found([], 0.0)
        for province in reading.provinces:
            found = self._named(province.pk, part.name, fuzzy=bool(part.level))
            districts = [place for place in found.places if place.kind in _DISTRICTS]
            if districts and found.worth > best.worth:
                best = found._replace(places=_of_kind(districts, part))
        return best

    def _read_commune(self, reading: _Reading) -> None:
        if not reading.parts:
            return
        part = reading.parts[-1]
        found = self._communes(reading, part)
        if len(found.places) == 1:
            reading.communes = found.places
            reading.take(found.worth, misspelt=found.misspelt)
        elif part.level == "commune":
            reading.miss(0.6)

    def _communes(self, reading: _Reading, part: _Part) -> _Found:
        """The best find, and all that is as good."""
        best = _Found([], 0.0)
        for parent, worth in self._parents(reading):
            found = self._named(parent, part.name, fuzzy=part.level == "commune")
            for place in found.places:
                value = round(found.worth * worth * _fit(place, part, reading.has_marks), 3)
                if place.kind not in COMMUNES or value < best.worth or place in best.places:
                    continue
                places = [*best.places, place] if value == best.worth else [place]
                best = _Found(places, value, found.misspelt)
        return best

    def _parents(self, reading: _Reading) -> Iterator[tuple[str, float]]:
        """Where to look for the commune, with what a find there is worth."""
        if reading.district:
            yield reading.district.pk, 1.0
            yield f"{reading.district.pk}+", 0.85
            return
        for province in reading.provinces:
            yield province.pk, 1.0
        for province in reading.provinces:
            for district in self._children(province.pk):
                if district.kind in _DISTRICTS:
                    yield district.pk, 0.9

    def _children(self, parent: str) -> Iterable[Place]:
        return (place for places in self._within.get(parent, {}).values() for place in places)

    def _match(self, reading: _Reading) -> PlaceMatch:
        unrecognised = tuple(reversed(reading.unrecognised))
        if reading.communes:
            commune = reading.communes[0]
            today = self.today(commune)
            return PlaceMatch(
                commune,
                commune,
                today[0] if today else None,
                round(reading.confidence, 2),
                unrecognised,
                tuple(today[1:]),
                tuple(reading.misspelt),
            )
        place = reading.district or _today_or_only(reading.provinces)
        if place is None:
            return PlaceMatch(unrecognised=unrecognised)
        ceiling = 0.7 if reading.district else 0.4
        successor = self.today(reading.provinces[0])
        confidence = round(min(reading.confidence, ceiling), 2)
        today_province = successor[0] if successor else None
        return PlaceMatch(place, None, today_province, confidence, unrecognised, (), tuple(reading.misspelt))

    def today(self, place: Place) -> list[Place]:
        """The units of today in which a place lies, the default first; the place itself if it still stands."""
        if place.valid_to is None:
            return [place]
        return [self.places[new] for new in self._becomes.get(place.pk, ())]


_DISTRICTS = {PlaceKind.PROVINCIAL_CITY, PlaceKind.URBAN_DISTRICT, PlaceKind.TOWN, PlaceKind.DISTRICT}
COMMUNES = {PlaceKind.WARD, PlaceKind.COMMUNE, PlaceKind.TOWNSHIP, PlaceKind.SPECIAL_ZONE}
_KIND_WORDS = {fold(kind.label): kind for kind in PlaceKind} | {"thanh pho": PlaceKind.PROVINCIAL_CITY}


def _of_kind(places: list[Place], part: _Part) -> list[Place]:
    """Of two of one name (thị xã Kỳ Anh, huyện Kỳ Anh) the one whose kind was written."""
    return [place for place in places if place.kind == part.kind] or places


def _fit(place: Place, part: _Part, has_marks: bool) -> float:
    """What a find of the right name is worth: less if it is of another kind, or only alike without marks."""
    worth = 0.8 if part.kind and part.kind != place.kind else 1.0
    written = unify_tones(part.text.lower())
    exact = not has_marks or written.endswith(unify_tones(bare_name(place.name).lower()))
    return worth if exact else worth * 0.85


def _one_slip(name: str, known: str) -> bool:
    """One letter too many, missing, or two changed places; another letter makes another name."""
    if abs(len(name) - len(known)) > 1 or OSA.distance(name, known) != 1:
        return False
    return len(name) != len(known) or sorted(name) == sorted(known)


def _today_or_only(provinces: list[Place]) -> Place | None:
    return next((place for place in provinces if place.valid_to is None), provinces[0] if provinces else None)


def _name_key(name: str) -> str:
    key = _DASH.sub("-", fold(name))
    return str(int(key)) if key.isdecimal() else key  # "phường 05" is "phường 5"


def _part(text: str) -> _Part:
    folded = fold(text)
    if found := _KIND.fullmatch(folded):
        kind = _SHORT.get(found[1], found[1])
        return _Part(_LEVELS[kind], _name_key(found[2].strip(" .")), text, _KIND_WORDS[kind])
    return _Part("", _name_key(folded), text, None)
