"""Pairs of bodies that are probably one: written alike, in the same place, at the same time.

Not all pairs are compared: only bodies that share a rare word (or their whole name) and lie in today's same province.
Everything is read from the index in memory; 8,000 bodies take a few tenths of a second.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import log

from rapidfuzz import fuzz

from kntc.agencies.caching import Kept
from kntc.agencies.index import Body, BodyIndex, Says, body_index
from kntc.agencies.models import Agency, DistinctBodies
from kntc.agencies.writing import Words

# From this likeness on (0 to 100) a pair is worth a look.
LEAST = 86
# Words that more bodies of a province share than this say nothing.
_COMMON = 60
_RARE_WORDS = 3
# A word that so few bodies have tells a body apart wherever it stands: "Hoa Hồng", not "công an".
_TELLING = 12
_ROMAN = frozenset(
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
)
_EXACT = "cùng tên khi viết đủ, không kể dấu và chữ viết tắt"

Names = frozenset[Words]


@dataclass(frozen=True)
class Pair:
    """Two bodies by key, how alike they are (0 to 100), and why, for the reader."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


class _Finder:
    """One run over the index."""

    def __init__(self, index: BodyIndex) -> None:
        self._index = index
        self._names = [_names(body) for body in index.bodies]
        self._cores = [_cores(body) for body in index.bodies]
        self._telling = 1 + log((len(index.bodies) + 1) / _TELLING)

    def pairs(self) -> list[Pair]:
        """Best first."""
        found: dict[tuple[int, int], Pair] = {}
        for group in self._blocks():
            for left, right in combinations(sorted(group), 2):
                if (left, right) not in found and (pair := self._compare(left, right)):
                    found[left, right] = pair
        return sorted(found.values(), key=lambda pair: (-pair.score, pair.one, pair.other))

    def _blocks(self) -> Iterator[set[int]]:
        """Groups small enough to be compared pair by pair."""
        groups: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for number, body in enumerate(self._index.bodies):
            rare = sorted(body.words, key=lambda word: -self._index.rarity[word])[:_RARE_WORDS]
            whole = (" ".join(words) for words in self._names[number])
            for key in (*rare, *whole):
                groups[body.where.today, key].add(number)
        yield from (group for group in groups.values() if 1 < len(group) <= _COMMON)

    def _compare(self, left: int, right: int) -> Pair | None:
        one, other = self._index.bodies[left], self._index.bodies[right]
        if one.uses_system and other.uses_system:
            return None  # agencies at work are told apart by their administrators, not by their names
        if not _may_be_one(one, other):
            return None
        score, why = self._likeness(left, right)
        if score < LEAST or (one.kind != other.kind and score < 97):
            return None
        reasons = (why, "cùng loại" if one.kind == other.kind else "khác loại", _where(one, other))
        first, second = sorted((one.id, other.id))
        return Pair(first, second, round(score), reasons)

    def _likeness(self, left: int, right: int) -> tuple[float, str]:
        if self._names[left] & self._names[right]:
            return 100.0, _EXACT
        one, other = self._index.bodies[left].where.line, self._index.bodies[right].where.line
        same_place = bool(one and other and one[0] == other[0])
        best, why = 0.0, ""
        for mine in self._cores[left]:
            for yours in self._cores[right]:
                score, said = self._alike(mine, yours, same_place)
                if score > best:
                    best, why = score, said
        return best, why

    def _alike(self, mine: Words, yours: Words, same_place: bool) -> tuple[float, str]:
        """Which part of two names, weighed by how rare its words are, both have."""
        shared = set(mine) & set(yours)
        # A common name in two places is two bodies, whichever lies in the other.
        if not same_place and not any(self._rarity(word) >= self._telling for word in shared):
            return 0.0, ""
        if _numbers(mine) != _numbers(yours):
            return 0.0, ""  # "số 1" is not "số 2"
        if mine == yours:
            return 98.0, "cùng tên, chưa kể địa bàn"
        slips = self._slips(set(mine) - shared, set(yours) - shared)
        left = [self._rarity(word) for word in (set(mine) | set(yours)) - shared - slips]
        whole = sum(left) + sum(self._rarity(word) for word in shared | slips)
        score = 97 * (1 - sum(left) / whole) - 2 * len(slips)
        said = "cùng các chữ, khác thứ tự" if not left and not slips else "tên gần giống"
        return score, f"{said} ({score:.0f}%)"

    def _slips(self, mine: set[str], yours: set[str]) -> set[str]:
        """Words that are each other but for a slip of the hand: one of the two is a word that nobody else has."""
        return {
            word
            for one in mine
            for other in yours
            if fuzz.ratio(one, other) >= 74 and min(self._known(one), self._known(other)) <= 1
            for word in (one, other)
        }

    def _known(self, word: str) -> int:
        return len(self._index.postings.get(word, ()))

    def _rarity(self, word: str) -> float:
        return self._index.rarity.get(word, 1.0)


def _may_be_one(one: Body, other: Body) -> bool:
    """In one place, or one in a part of where the other is; and at one time: who followed the other is another."""
    first, second = one.where.line, other.where.line
    if first and second and first[0] not in second and second[0] not in first:
        return False
    return (one.valid_to is None) == (other.valid_to is None)


def _where(one: Body, other: Body) -> str:
    first, second = one.where.line, other.where.line
    return "cùng địa bàn" if first[:1] == second[:1] else "địa bàn này nằm trong địa bàn kia"


def _names(body: Body) -> Names:
    """The writings that name a body by itself, place and all."""
    return frozenset(way.words for way in body.writings if way.weight >= 0.985 and way.says != Says.LESS)


def _cores(body: Body) -> Names:
    """What a body is called apart from its place."""
    if not body.where.line:
        return frozenset(way.words for way in body.writings)
    less = {way.words for way in body.writings if way.says != Says.PLACE and way.words}
    # "công an tỉnh" and "công an": the shortest of each name.
    return frozenset(words for words in less if not any(words[: len(o)] == o and words != o for o in less))


def _numbers(words: Words) -> frozenset[str]:
    return frozenset(word for word in words if word.isdecimal() or word in _ROMAN)


_kept: Kept[tuple[BodyIndex, list[Pair]]] = Kept(
    lambda: (index := body_index(), _Finder(index).pairs()), lambda: id(body_index())
)


def likely_pairs() -> list[Pair]:
    """All pairs, best first, without those that somebody has told apart. 3 SQL statements (more after a change)."""
    apart = set(DistinctBodies.objects.values_list("one_id", "other_id"))
    _, pairs = _kept.get()
    return [pair for pair in pairs if (pair.one, pair.other) not in apart]


def bodies_of(pairs: list[Pair]) -> dict[int, Agency]:
    """The bodies of these pairs, ready to be shown. One statement."""
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    return Agency.objects.select_related("place__parent", "parent", "proposal").in_bulk(keys)
