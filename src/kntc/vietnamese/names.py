"""Names of people: how they are compared and how they are written."""

import re
import unicodedata

from kntc.vietnamese.folding import fold, squeeze

# Read with their marks: "chú" is an address, "Chu" a surname.
_HONORIFICS = {"ông", "bà", "anh", "chị", "cụ", "cô", "chú", "bác", "ô", "b"}
# Without marks only these two are an address more often than a surname.
_PLAIN_HONORIFICS = {"ong", "ba"}
_WORD = re.compile(r"[^\W_]+")
_NAME_PART = re.compile(r"[^\W\d_]+")


def name_key(name: str) -> str:
    """Folded, without leading honorifics and punctuation: "Ông (bà) Nguyễn Văn A." → "nguyen van a"."""
    words = _WORD.findall(unicodedata.normalize("NFC", squeeze(name)).lower())
    return " ".join(fold(word) for word in words[_leading_honorifics(words) :])


def _leading_honorifics(words: list[str]) -> int:
    accented = any(not word.isascii() for word in words)
    known = _HONORIFICS if accented else _PLAIN_HONORIFICS
    # A lone "Anh" is a person's name; without marks a surname and a given name have to remain.
    keep = 1 if accented else 2
    count = 0
    while count < len(words) - keep and words[count] in known:
        count += 1
    return count


def name_bag(name: str) -> str:
    """The words of `name_key` in alphabetical order: finds names written in another order."""
    return " ".join(sorted(name_key(name).split()))


def title_name(name: str) -> str:
    """ "NGUYỄN VĂN A" → "Nguyễn Văn A", "h'bia niê" → "H'Bia Niê"."""
    return _NAME_PART.sub(lambda part: part.group().capitalize(), squeeze(name))
