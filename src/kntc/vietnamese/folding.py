"""Text without marks: what search columns store and what both sides of a comparison go through."""

import re
import unicodedata

_DROPPED = [*range(0x0300, 0x0370), *range(0x200B, 0x2010), 0x00AD, 0x2060, 0xFEFF]
_TABLE: dict[int, str | None] = dict.fromkeys(_DROPPED, None)


def _base(char: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", char.lower()) if not unicodedata.combining(c))
    return plain.replace("đ", "d")  # đ is a letter of its own: NFD leaves it


# Latin letters with marks come precomposed (NFC) or as letter and mark (NFD); one table takes both.
_TABLE.update(
    {
        code: _base(chr(code))
        for block in (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))
        for code in block
        if unicodedata.category(chr(code)).startswith("L")
    }
)

_ZERO_WIDTH = {code: None for code in _DROPPED if code >= 0x2000 or code == 0x00AD}
_UNSEEN = re.compile("[" + "".join(map(chr, _ZERO_WIDTH)) + "]")

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKED = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_UNCOMMON = re.compile(f"[^\x00-\x7f{_VOWELS}{_MARKED}{_MARKS}]")


def fold(text: str) -> str:
    """Lower case, no marks, đ→d, runs of white space as one blank: "Xã  Đăk  Rong" → "xa dak rong"."""
    text = text.lower()
    if not text.isascii():
        text = _without_marks(text.replace("đ", "d"))
    return " ".join(text.split())


def _without_marks(text: str) -> str:
    if _UNCOMMON.search(text):
        return text.translate(_TABLE)
    # Plain Vietnamese, nearly everything: three times as fast as the table.
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii")


def squeeze(text: str) -> str:
    """NFC, no zero-width characters, runs of white space as one blank, nothing at the ends."""
    if not text.isascii():
        # Looking first costs a fifth of translating what has nothing to translate.
        text = unicodedata.normalize("NFC", text.translate(_ZERO_WIDTH) if _UNSEEN.search(text) else text)
    return " ".join(text.split())


_MARK_ON_SECOND = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)


def unify_tones(text: str) -> str:
    """The two schools of writing a tone as one: "hoà", "khoẻ", "thuý" → "hòa", "khỏe", "thúy"."""
    return _MARK_ON_SECOND.sub(_mark_on_first, unicodedata.normalize("NFC", text))


def _mark_on_first(match: re.Match[str]) -> str:
    first, second = tuple(match.group())
    letter, mark = tuple(unicodedata.normalize("NFD", second))
    return unicodedata.normalize("NFC", first + mark) + letter
