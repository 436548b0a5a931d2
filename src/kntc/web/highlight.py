"""Marks search words in a text, with or without accents."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kntc.vietnamese import fold, squeeze


def highlight(text: str, query: str) -> SafeString:
    """Escapes `text` and puts each word of `query` that begins or stands in it between <mark> tags."""
    shown = squeeze(text)
    folded, origin = _folded_with_origin(shown)
    spans = _merged(_spans(folded, origin, [word for word in fold(query).split() if len(word) > 1]))
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [escape(shown[at:start]), "<mark>", escape(shown[start:end]), "</mark>"]
        at = end
    parts.append(escape(shown[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text above is escaped


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    return " " if char == " " else fold(char)


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its letters, the place in `text` it comes from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        plain = _plain(char)
        letters.append(plain)
        origin += [place] * len(plain)
    return "".join(letters), origin


def _spans(folded: str, origin: list[int], words: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(found)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
