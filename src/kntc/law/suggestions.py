"""A proposal for the field of a petition from its words. The table of keywords is data that anybody can read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kntc.law.fields import fields
from kntc.law.texts import plain

_READ = 1_500  # characters: what comes later adds nothing
_TITLE = 20  # words: a petition says first what it is about
_SURE = 6  # points from which the words are enough
_STRONG = 3  # how much more a strong keyword weighs than its length


@dataclass(frozen=True, eq=False)  # hashed by identity: this runs for every row of an import
class _Keyword:
    words: tuple[str, ...]
    field: str
    kinds: tuple[str, ...]
    points: int


def suggest_field(text: str, kind: str = "") -> tuple[str, float]:
    """(code, confidence 0 to 1) of the likeliest field; ("", 0.0) where no word speaks for one."""
    points = _points(plain(text[:_READ]).split(), kind)
    if not points:
        return "", 0.0
    branches: Counter[str] = Counter()
    for code, given in points.items():
        branches[code.partition(".")[0]] += given
    branch = branches.most_common(1)[0][0]
    leaf = max(
        (code for code in points if code.partition(".")[0] == branch),
        key=lambda code: (code != branch, points[code]),
    )
    spoken = points[leaf] + (points[branch] if leaf != branch else 0)
    return leaf, round(spoken / points.total() * min(1.0, spoken / _SURE), 2)


def _points(words: list[str], kind: str) -> "Counter[str]":
    """Points by field. A keyword counts once, in the title double."""
    points: Counter[str] = Counter()
    for keyword, position in _found(words):
        if not (kind and keyword.kinds) or kind in keyword.kinds:
            points[keyword.field] += keyword.points * (2 if position < _TITLE else 1)
    return points


def _found(words: list[str]) -> Iterator[tuple[_Keyword, int]]:
    index = _by_first_word()
    seen = set()
    for position, word in enumerate(words):
        for keyword in index.get(word, ()):
            if (
                keyword not in seen
                and tuple(words[position : position + len(keyword.words)]) == keyword.words
            ):
                seen.add(keyword)
                yield keyword, position


@cache
def _by_first_word() -> dict[str, list[_Keyword]]:
    index: dict[str, list[_Keyword]] = defaultdict(list)
    for field in fields():
        for text in dict.fromkeys((*field.keywords, *field.strong)):
            words = tuple(plain(text).split())
            times = _STRONG if text in field.strong else 1
            index[words[0]].append(_Keyword(words, field.code, field.kinds, len(words) * times))
    return dict(index)
