"""How well the title of a column speaks for a target: 0 not at all, about 1 for one of its usual names."""

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from kntc.registers.reading.targets import TARGETS, TICKS, Target
from kntc.vietnamese import fold

TitlePath = tuple[str, ...]  # from the group header at the top down to the column's own title, plain

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 120
_WITHIN = 0.12
_OUTSIDE = 0.4
_FUZZY_FROM = 87


def plain(text: str) -> str:
    """Folded words only: "Số CMND/CCCD" → "so cmnd cccd"."""
    # Registers repeat their short texts over and over; long ones come once.
    return _plain_cached(text) if len(text) < 64 else _plain(text)


def _plain(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text)).strip()


_plain_cached = lru_cache(maxsize=16384)(_plain)


def _says(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


@lru_cache(maxsize=4096)
def scores(path: TitlePath) -> dict[str, float]:
    """Target key → score, only what speaks at all. Titles of ticks are scored by `tick_scores`."""
    if not path or len(path[-1]) > _LONGEST:
        return {}
    rated = ((target.key, _rate(path, target)) for target in TARGETS)
    return {key: score for key, score in rated if score > 0.3}


@lru_cache(maxsize=4096)
def tick_scores(path: TitlePath) -> dict[str, float]:
    """A column of ticks stands below a group that names its field ("Loại đơn › KN") or says the value by itself."""
    if not path or len(path[-1]) > _LONGEST:
        return {}
    found = {}
    for target in TICKS:
        ruled_out = any(_says(path[-1], word) for word in target.never)
        own = 0 if ruled_out else _title_score(path[-1], target)
        field = target.key.partition("=")[0]
        grouped = any(scores((group,)).get(field, 0) >= 0.6 for group in path[:-1])
        if own >= 0.7:
            found[target.key] = own if grouped else own * 0.8
    return found


def _rate(path: TitlePath, target: Target) -> float:
    own, groups = path[-1], " ".join(path[:-1])
    if any(_says(own, word) for word in target.never):
        return 0
    score = _title_score(own, target)
    if groups:
        score = max(score, 0.92 * _title_score(f"{groups} {own}", target))
        score += _WITHIN * any(_says(groups, word) for word in target.within)
        score -= _OUTSIDE * any(_says(groups, word) for word in target.outside)
    return score


def _title_score(title: str, target: Target) -> float:
    return max(_phrase_score(title, phrase, place) for place, phrase in enumerate(target.phrases))


def _phrase_score(title: str, phrase: str, place: int) -> float:
    if title == phrase:
        return 1 - 0.01 * min(place, 20)
    share = (phrase.count(" ") + 1) / (title.count(" ") + 1)
    if _says(title, phrase):
        return 0.5 + 0.42 * share
    # Counted, not only contained: "Kẹp hồ sơ" has one "so" and is no "số hồ sơ".
    if " " in phrase and share <= 1 and Counter(phrase.split()) <= Counter(title.split()):
        return 0.4 + 0.38 * share
    return _typo_score(title, phrase)


def _typo_score(title: str, phrase: str) -> float:
    if len(phrase) < 6 or abs(len(title) - len(phrase)) > 4:
        return 0
    likeness = fuzz.ratio(title, phrase)
    return 0.0088 * likeness if likeness >= _FUZZY_FROM else 0
