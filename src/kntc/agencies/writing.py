"""One way of writing a body's name: marks, punctuation, abbreviations and filling words out of the way."""

import re
from collections import defaultdict
from functools import cache

from kntc.agencies.catalogue import tables
from kntc.vietnamese import fold

Words = tuple[str, ...]

_WORD = re.compile(r"[a-z0-9]+")
_FILLING = frozenset({"va", "cac", "cua", "thuoc"})


@cache
def _abbreviations() -> dict[str, list[tuple[Words, Words]]]:
    """By their first word, the longest first."""
    found: defaultdict[str, list[tuple[Words, Words]]] = defaultdict(list)
    for section in tables("abbreviations.toml").values():
        for short, long in section.items():
            key = tuple(short.split())
            found[key[0]].append((key, tuple(long.split())))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(found)


def canonical(text: str) -> Words:
    """ "Sở TN&MT" and "sở Tài nguyên và Môi trường" → ("so", "tai", "nguyen", "moi", "truong")."""
    return _expanded(_words(text))


def canonical_unfinished(text: str) -> Words:
    """As `canonical`, with the last word as it was typed: "quy nh" is on its way to "quy nhon", not a bank."""
    words = _words(text)
    return _expanded(words[:-1]) + words[-1:]


def _words(text: str) -> Words:
    return tuple(word for word in _WORD.findall(fold(text)) if word not in _FILLING)


def _expanded(words: Words) -> Words:
    known = _abbreviations()
    result: list[str] = []
    at = 0
    while at < len(words):
        for key, expansion in known.get(words[at], ()):
            if words[at : at + len(key)] == key:
                result.extend(expansion)
                at += len(key)
                break
        else:
            result.append(words[at])
            at += 1
    return tuple(result)
