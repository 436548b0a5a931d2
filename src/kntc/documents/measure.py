"""How wide a line of Times New Roman is: official papers want lines and breaks that follow the text.

The widths (thousandths of the font size) are those of Times and of every font metric-compatible with it, Liberation
Serif among them. Vietnamese marks stand above or below their letter and do not widen it.
"""

import math
import unicodedata
from collections.abc import Sequence

POINT = 25.4 / 72  # mm


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = _UPPER.lower()
_UPPER_WIDTHS = _numbers(
    "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611"
)
_UPPER_BOLD = _numbers(
    "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667"
)
_LOWER_WIDTHS = _numbers(
    "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444"
)
_LOWER_BOLD = _numbers(
    "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444"
)
_OTHER = {" ": 250, ".": 250, ",": 250, "-": 333, "/": 278, ":": 300, ";": 300, "(": 333, ")": 333}
_TABLES = {
    False: dict(zip(_UPPER + _LOWER, _UPPER_WIDTHS + _LOWER_WIDTHS, strict=True)) | _OTHER,
    True: dict(zip(_UPPER + _LOWER, _UPPER_BOLD + _LOWER_BOLD, strict=True)) | _OTHER,
}
_ANY_OTHER = 500  # digits are just that


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in mm at `size` points."""
    table = _TABLES[bold]
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    units = sum(table.get(letter, _ANY_OTHER) for letter in letters if not unicodedata.combining(letter))
    return units / 1000 * size * POINT


def balanced_lines(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """As few lines as fit in `width` mm, about equally long: no word is left alone on the last one."""
    words = text.split()
    fewest = _wrap(words, width, size, bold)
    narrow = text_width(text, size, bold=bold) / max(1, len(fewest))
    for step in range(100):
        lines = _wrap(words, narrow + (width - narrow) * step / 100, size, bold)
        if len(lines) <= len(fewest):
            return lines
    return fewest


def _wrap(words: Sequence[str], width: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width + 1e-6:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def twips(mm: float) -> int:
    """Word's unit, a twentieth of a point."""
    return math.floor(mm / POINT * 20)
