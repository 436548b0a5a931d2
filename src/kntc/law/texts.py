"""Small words shared by the explanations. (`kntc.vietnamese` stands beside this room, not below it.)"""

import re
import unicodedata
from datetime import date

_LETTERS = str.maketrans("đ–—“”…\xa0", "d      ")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def short_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def dated(day: date) -> str:
    """ "thứ Năm 25/06/2026"."""
    return f"{weekday(day)} {short_date(day)}"


def plain(text: str) -> str:
    """Lower case letters and figures without marks, words parted by one space: what keywords are compared by."""
    if text.isascii():  # folded already: every row of an import
        return _BETWEEN.sub(" ", text.lower()).strip()
    bare = unicodedata.normalize("NFD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _BETWEEN.sub(" ", bare).strip()
