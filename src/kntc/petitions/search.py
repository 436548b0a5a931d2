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
# CCCD, CMND, telephone: nobody shares them.
LONG_NUMBER = 9
# What no folded word is made of becomes a blank. Bytes by a table: a twentieth of a regular expression's time.
_WORDS_ONLY = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# CCCD, CMND and telephone numbers are typed with blanks, dots and dashes, and stored without.
_SPACED_NUMBER = re.compile(r"[0-9\s.\-]+")
_NUMBER_LENGTHS = {9, 10, 12}


def _folded(text: str) -> list[str]:
    plain = fold(text)
    if not plain.isascii():
        plain = _FOREIGN.sub(" ", plain)
    words = plain.encode("ascii").translate(_WORDS_ONLY).decode("ascii").split()
    return [word[:LONGEST_WORD] for word in words] if len(plain) > LONGEST_WORD else words


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
