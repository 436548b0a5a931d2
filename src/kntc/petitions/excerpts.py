"""The part of a text in which a search found its words."""

import re
from functools import lru_cache

from kntc.vietnamese import fold, squeeze

# A row of the list shows some forty letters: the word stands among the first.
BEFORE, BEHIND = 18, 130
_WORD = re.compile(r"[^\W_]+")


def excerpt(text: str, words: list[str]) -> str:
    """Some words before and after the first place where a word of the text begins with one of `words`; "" if none."""
    shown = squeeze(text)
    for found in _WORD.finditer(shown):
        if _folded(found.group()).startswith(tuple(words)):
            return _around(shown, found.start(), found.end())
    return ""


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """Vietnamese has some thousand syllables: nearly every word has been here before."""
    return fold(word)


def _around(text: str, start: int, end: int) -> str:
    left = max(0, start - BEFORE)
    right = min(len(text), end + BEHIND)
    # Not in the middle of a word.
    left = text.find(" ", left, start) + 1 if left else 0
    right = text.rfind(" ", end, right) if right < len(text) else right
    right = right if right > 0 else len(text)
    return f"{'… ' if left else ''}{text[left:right]}{' …' if right < len(text) else ''}"
