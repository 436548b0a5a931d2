"""Vietnamese alphabetical order as plain text keys: the database compares bytes (C collation, no ICU)."""

import re
import unicodedata

from kntc.vietnamese.folding import squeeze

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def _split_tone(char: str) -> tuple[str, str]:
    letter, tone = "", ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            letter += part
    return unicodedata.normalize("NFC", letter), tone


_CACHE: dict[str, tuple[str, str]] = {}


def _weight(char: str) -> tuple[str, str]:
    if char not in _CACHE:
        letter, tone = _split_tone(char)
        _CACHE[char] = _RANK.get(letter, letter), tone
    return _CACHE[char]


def _token_key(token: str) -> str:
    if token.isdecimal():
        digits = str(int(token))
        return chr(ord("0") + min(len(digits), 9)) + digits + " "  # "Quận 2" before "Quận 10"
    letters, tone = "", "0"
    for char in token:
        letter, mark = _weight(char)
        letters += letter
        tone = mark or tone
    # The tone weighs after all letters of its syllable and before the next syllable: ba < ba ba < bà < ban.
    return letters + "!" + tone


def sort_key(text: str) -> str:
    """Key whose byte order is the order a ă â b c d đ …, syllable by syllable, tones after letters."""
    return "".join(_token_key(token) for token in _TOKEN.findall(squeeze(text).lower()))


def name_sort_key(name: str) -> str:
    """Order of a list of people: given name (last word) first, then surname and middle names."""
    words = squeeze(name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))
