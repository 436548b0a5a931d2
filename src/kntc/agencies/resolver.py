"""Which body is meant? Exact writings first, then what shares its rare words, then near spellings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from django.utils import timezone
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from kntc.agencies.index import Body, BodyIndex, Says, body_index
from kntc.agencies.models import Agency
from kntc.agencies.writing import Words, canonical, canonical_unfinished
from kntc.vietnamese import short_date

SURE = 0.8  # from here on an import takes the best match without asking
_LEAST = 0.45
_CANDIDATES = 80
_UNKNOWN = 5.0  # rarity of a word that the catalogue does not have
_CLEAR_LEAD = 0.015
_LONGEST = 300


@dataclass(frozen=True)
class Match:
    """A body that may be meant. `score` from 0 to 1; `reason` says to a clerk why it is offered."""

    agency: Agency
    score: float
    reason: str


@dataclass(frozen=True)
class _Found:
    body: Body
    score: float
    reason: str


@dataclass(frozen=True)
class _Near:
    """From where the question is asked, and for which day."""

    line: tuple[str, ...]
    today: str
    day: date

    @classmethod
    def of(cls, near: Agency | None, on: date | None, index: BodyIndex) -> "_Near":
        where = index.places.where(near.place_id if near else None)
        if on is None and near and near.is_closed:
            on = near.valid_to  # what a closed agency wrote about stood in its time
        return cls(where.line, where.today, on or timezone.localdate())

    def factor(self, body: Body, says: Says) -> tuple[float, str]:
        """How much a writing means this body when asked from here."""
        if not body.where.line:
            return 1.0, ""
        if not self.line:
            return (0.97, "") if says == Says.PLACE else (0.8, "chưa rõ tỉnh nào")
        if body.where.line[0] in self.line:
            return 1.0, ""
        if body.where.today != self.today:
            return (0.92 if says == Says.PLACE else 0.55), "tỉnh khác"
        return self._same_province_today(body, says)

    def _same_province_today(self, body: Body, says: Says) -> tuple[float, str]:
        if says == Says.LESS and len(body.where.line) > 1:
            return 0.6, "chưa nêu rõ đơn vị nào"
        if body.where.line[-1] == self.line[-1]:
            return 1.0, ""
        return (0.98, "") if says == Says.PLACE else (0.9, "tỉnh đã sáp nhập")

    def time_factor(self, body: Body) -> tuple[float, str]:
        if body.stands_on(self.day):
            return 1.0, ""
        if body.valid_to and body.valid_to < self.day:
            return 0.95, f"đã kết thúc hoạt động ngày {short_date(body.valid_to)}"
        return 0.95, "chưa thành lập vào ngày này" if body.valid_from else ""


class Resolver:
    """Answers many questions from one place and day. 1 SQL statement when made (5 after a change of the catalogue).

    `best` and `matches` then cost one statement for each body not yet seen.
    """

    def __init__(self, near: Agency | None = None, on: date | None = None) -> None:
        self._index = body_index()
        self._near = _Near.of(near, on, self._index)
        self._answers: dict[tuple[tuple[Words, ...], bool, int], list[_Found]] = {}
        self._agencies: dict[int, Agency] = {}

    def matches(self, text: str, limit: int = 8, *, typing: bool = False) -> list[Match]:
        """Best first. `typing`: the last word may be unfinished."""
        found = self._find(text, limit, typing)
        self._read([item.body.id for item in found])
        return [Match(self._agencies[item.body.id], round(item.score, 3), item.reason) for item in found]

    def best(self, text: str) -> Match | None:
        """The one body that is meant, or None where that is not sure."""
        found = self._find(text, 2, typing=False)
        if not found or found[0].score < SURE:
            return None
        if len(found) > 1 and found[0].score - found[1].score < _CLEAR_LEAD:
            return None
        self._read([found[0].body.id])
        return Match(self._agencies[found[0].body.id], round(found[0].score, 3), found[0].reason)

    def _read(self, ids: list[int]) -> None:
        missing = [pk for pk in ids if pk not in self._agencies]
        if missing:
            self._agencies.update(Agency.objects.select_related("place__parent").in_bulk(missing))

    def _find(self, text: str, limit: int, typing: bool) -> list[_Found]:
        text = text[:_LONGEST]
        ways = dict.fromkeys((canonical(text), canonical_unfinished(text)) if typing else (canonical(text),))
        key = tuple(ways), typing, limit
        if any(ways) and key not in self._answers:
            self._answers[key] = self._search(list(ways), limit, typing)
        return self._answers.get(key, [])

    def _search(self, ways: list[Words], limit: int, typing: bool) -> list[_Found]:
        best: dict[int, _Found] = {}
        for words in ways:
            for found in self._exact(words):
                _keep(best, found)
        if typing or not any(found.score >= SURE for found in best.values()):
            for words in ways:
                for found in self._alike(words, typing):
                    _keep(best, found)
        ranked = (found for found in best.values() if found.score >= _LEAST)
        return nlargest(limit, ranked, key=_rank)

    def _exact(self, words: Words) -> Iterator[_Found]:
        for way in self._index.exact.get(words, ()):
            yield from self._judge(self._index.bodies[way.body], way.weight, way.says, "Đúng tên")

    def _judge(self, body: Body, weight: float, says: Says, how: str) -> Iterator[_Found]:
        place, where = self._near.factor(body, says)
        if weight * place < _LEAST:
            return
        time, when = self._near.time_factor(body)
        yield _Found(body, weight * place * time, "; ".join(part for part in (how, where, when) if part))

    def _alike(self, words: Words, typing: bool) -> Iterator[_Found]:
        asked = _Asked(words, self._index, typing)
        for number in self._candidates(asked):
            body = self._index.bodies[number]
            score, says = asked.likeness(body, {says: self._near.factor(body, says)[0] for says in Says})
            yield from self._judge(body, score, says, "Gần giống tên")

    def _candidates(self, asked: "_Asked") -> list[int]:
        """Bodies that have the rare words and as many of the others as possible, those close by first."""
        chosen: dict[int, None] = {}
        for group in asked.groups():
            if len(chosen) >= _CANDIDATES:
                break
            if len(group) > _CANDIDATES:
                group = (group & (self._index.around[self._near.today] | self._index.around[""])) or group
            chosen.update(dict.fromkeys(nlargest(_CANDIDATES, group, key=self._closeness)))
        return list(chosen)

    def _closeness(self, number: int) -> tuple[float, bool]:
        body = self._index.bodies[number]
        return self._near.factor(body, Says.PLACE)[0] * self._near.time_factor(body)[0], body.uses_system


class _Asked:
    """A question in words, each with the words of the catalogue that it may stand for."""

    def __init__(self, words: Words, index: BodyIndex, typing: bool) -> None:
        self._index = index
        self._typing = typing
        self._words = words
        self._text = " ".join(words)
        self._numbers = set() if typing else {word for word in words if word.isdecimal()}
        self._wanted = [self._known(word, typing and at == len(words) - 1) for at, word in enumerate(words)]
        self._shares = [self._share(known) for known in self._wanted]
        self._meant: dict[str, float] = {}
        for known in self._wanted:
            for word, quality in known.items():
                self._meant[word] = max(quality, self._meant.get(word, 0.0))

    def _known(self, word: str, unfinished: bool) -> dict[str, float]:
        """Words of the catalogue with how well each fits."""
        if unfinished and (begun := self._index.starting_with(word)):
            return {known: 1.0 if known == word else 0.9 for known in begun}
        if word in self._index.postings:
            return {word: 1.0}
        if len(word) < 3 or word.isdecimal():
            return {}
        near = process.extract(word, self._index.vocabulary, scorer=fuzz.ratio, score_cutoff=74, limit=4)
        return {known: score / 100 for known, score, _ in near}

    def _share(self, known: dict[str, float]) -> float:
        return max((self._index.rarity[word] for word in known), default=_UNKNOWN)

    def groups(self) -> Iterator[set[int]]:
        """Sets of bodies, each narrowed word by word as long as something remains; the narrowest first.

        It starts from each of the three rarest words, so that one mistyped word does not hide the body.
        """
        postings = [set().union(*(self._index.postings[word] for word in known)) for known in self._wanted]
        postings = sorted((found for found in postings if found), key=len)
        for start in range(min(3, len(postings))):
            group, wider = postings[start], []
            for found in postings[start + 1 :]:
                if narrower := group & found:
                    if len(narrower) < len(group):
                        wider.append(group)
                    group = narrower
            yield group
            yield from reversed(wider)

    def likeness(self, body: Body, weights: dict[Says, float]) -> tuple[float, Says]:
        """How well the body's best writing fits, from 0 to 1, and what that writing says.

        `weights`: what a writing is worth, asked from here, by what it says.
        """
        best, says = 0.0, Says.PLACE
        for way in body.writings:
            score = way.weight * weights[way.says] * self._said(way.words)
            if score > best:
                score *= self._in_order(way.words)
            if score > best:
                best, says = score, way.says
        if self._numbers - body.words:
            best *= 0.6  # "số 1" is not "số 2"
        return best * self._answered(body) / weights[says], says

    def _said(self, words: Words) -> float:
        """Which part of a writing was said, rare words counting more."""
        rarity = self._index.rarity
        whole = sum(rarity[word] for word in words)
        said = sum(rarity[word] * self._meant[word] for word in words if word in self._meant)
        if self._typing:
            return 0.6 + 0.4 * said / whole
        part: float = (said / whole) ** 0.7
        # "TAND" says less than "TAND tỉnh": worth offering, never taken without asking.
        return part if self._meant.keys() >= set(words) else min(part, SURE - 0.01)

    def _in_order(self, words: Words) -> float:
        writing = " ".join(words)
        if self._typing and writing.startswith(self._text):
            return 1.0
        if self._typing and f" {self._text}" in writing:
            return 0.96
        return (0.85 + 0.1 * fuzz.ratio(self._text, writing) / 100) * self._sequence(words)

    def _sequence(self, words: Words) -> float:
        """xã Bình Long is not xã Long Bình."""
        common = [word for word in self._words if word in words]
        return 1.0 if LCSseq.similarity(common, words) == len(common) else 0.85

    def _answered(self, body: Body) -> float:
        """Which part of the question, weighed by rarity, the body has."""
        found = sum(
            share * max((quality for word, quality in known.items() if word in body.words), default=0.0)
            for known, share in zip(self._wanted, self._shares, strict=True)
        )
        return found / sum(self._shares)


def _keep(best: dict[int, _Found], found: _Found) -> None:
    if found.body.id not in best or best[found.body.id].score < found.score:
        best[found.body.id] = found


def _rank(found: _Found) -> tuple[float, bool, int]:
    """Alike in score: agencies that work here first, then in the order of the catalogue."""
    return round(found.score, 2), found.body.uses_system, -found.body.id
