"""Small words shared by the explanations. (`kntc.vietnamese` stands beside this room, not below it.)"""

import re
import unicodedata
from datetime import date

_MARKS = re.compile(r"[\u0300-\u036f]")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def short_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def dated(day: date) -> str:
    """ "thứ Năm 25/06/2026"."""
    return f"{weekday(day)} {short_date(day)}"


def plain(text: str) -> str:
    """Lower case without marks, words parted by one space: what keywords are compared by."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    return re.sub(r"[\W_]+", " ", bare).strip()
