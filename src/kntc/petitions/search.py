"""What petitions are found by: folded words, on both sides.

The text index holds folded words of letters and digits. The same folding turns whatever is typed into such words, so
that nothing of it can be read as an operator.
"""

import re
from collections.abc import Iterable

from kntc.vietnamese import fold

LONGEST_QUERY = 200
LONGEST_WORD = 100
MOST_WORDS = 12
LONG_NUMBER = 5
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
# CCCD, CMND and telephone numbers are typed with blanks, dots and dashes, and stored without.
_SPACED_NUMBER = re.compile(r"[0-9\s.\-]+")
_NUMBER_LENGTHS = {9, 10, 12}


def _folded(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _NOT_WORDS.sub(" ", fold(text)).split()]


def document(parts: Iterable[str]) -> str:
    """What the index keeps of a petition: its words, parted by single blanks."""
    return " ".join(_folded(" ".join(unspaced(part) for part in parts if part)))


def unspaced(text: str) -> str:
    """ "052 075 001234" → "052075001234"; anything that is no number of a person stays as it is."""
    digits = re.sub(r"[^0-9]", "", text) if _SPACED_NUMBER.fullmatch(text) else ""
    return digits if len(digits) in _NUMBER_LENGTHS else text


def words(text: str) -> list[str]:
    """The words that must all be found, each also as the beginning of a longer one: "Nguyễn  V." → nguyen, v."""
    return list(dict.fromkeys(_folded(unspaced(text[:LONGEST_QUERY]))))[:MOST_WORDS]


def query(found: Iterable[str]) -> str:
    """The words as a tsquery: "nguyen:* & van:*"."""
    return " & ".join(f"{word}:*" for word in found)


def is_rare(word: str) -> bool:
    """Whether a word is a number that few petitions carry: the index is asked at once."""
    return word.isdigit() and len(word) >= LONG_NUMBER
