"""Taking a denouncer's name, address and numbers out of a text before the text goes where others read it (LTC Đ56)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

MASK = "[…]"


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` with each secret replaced, however it is accented, capitalised or spaced."""
    text = unicodedata.normalize("NFC", text)
    plain = "".join(map(_base, text))
    spans = sorted(span for secret in secrets for span in _occurrences(plain, secret))
    pieces, end = [], 0
    for start, stop in spans:
        if start >= end:
            pieces += [text[end:start], MASK]
        end = max(end, stop)
    return "".join([*pieces, text[end:]])


def _occurrences(plain: str, secret: str) -> Iterable[tuple[int, int]]:
    words = re.findall(r"\w+", "".join(map(_base, unicodedata.normalize("NFC", secret))))
    # One short word alone ("Anh", "xã") would black out half the language.
    if not words or (len(words) == 1 and len(words[0]) < 5):
        return []
    # Most texts name their writer nowhere: making a pattern costs more than looking.
    if any(word not in plain for word in words):
        return []
    pattern = r"(?<!\w)" + r"\W+".join(map(re.escape, words)) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, plain)]


@cache
def _base(letter: str) -> str:
    # One letter in, one letter out: places in the plain text are places in the written one.
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base == "đ" else base[0]
