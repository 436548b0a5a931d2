"""What stands above the header: whose register it is, of which time, of which kind of petition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kntc.registers.reading.cells import text_of
from kntc.registers.reading.kinds import CellProblem, read_kind
from kntc.registers.reading.titles import plain
from kntc.registers.reading.workbook import Row
from kntc.vietnamese import DateProblem, fold, parse_date, squeeze

_DAY = r"(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4})"
_FROM_TO = re.compile(rf"{_DAY}\D{{1,25}}{_DAY}")
_MONTH = re.compile(r"thang\s*(\d{1,2})\s*(?:[/\-.]|nam)\s*(\d{4})")
_QUARTER = re.compile(r"quy\s*(iv|iii|ii|i|[1-4])\s*(?:[/\-.,]|nam|\s)*\s*(\d{4})")
_HALF = re.compile(r"(?:6|sau) thang\s*(dau|cuoi)\s*nam\s*(\d{4})")
_YEAR = re.compile(r"\bnam\s*(20\d{2}|19\d{2})\b")
_BODY = re.compile(
    r"^(ubnd|uy ban nhan dan|so(?! (theo doi|tiep|dang ky|quan ly|ghi))|ban|phong|thanh tra|van phong|chi cuc|cuc|"
    r"huyen|thi xa|thanh pho|tinh|xa|phuong|bo|bql|tong cuc)\b"
)


@dataclass(frozen=True)
class Period:
    start: date
    end: date

    @property
    def year(self) -> int | None:
        """The one year it lies in."""
        return self.start.year if self.start.year == self.end.year else None


@dataclass(frozen=True)
class TitleBlock:
    bodies: tuple[str, ...] = ()  # lines that look like the name of an agency, the innermost last
    period: Period | None = None
    kind: str = ""  # where the register is of one kind only


def read_title(rows: Sequence[Row], sheet_name: str = "") -> TitleBlock:
    """From the rows above the header, and from the sheet's name where they say nothing."""
    lines = [squeeze(text_of(cell)) for row in rows for cell in row if text_of(cell)]
    text = " ".join(lines)
    return TitleBlock(
        bodies=tuple(dict.fromkeys(line for line in lines if len(line) < 120 and _BODY.match(fold(line)))),
        period=find_period(text) or find_period(sheet_name),
        kind=_only_kind(sheet_name) or next((kind for line in lines if (kind := _only_kind(line))), ""),
    )


def _only_kind(line: str) -> str:
    words = plain(line)
    if (
        not re.search(r"\b(so|don|theo doi|danh sach|khieu nai|to cao|kn|tc|knpa)\b", words)
        or len(words) > 150
    ):
        return ""
    try:
        reading = read_kind(line)
    except CellProblem:
        return ""
    return "" if reading.doubt else reading.kind


def find_period(text: str) -> Period | None:
    """ "Từ ngày 01/01/2018 đến ngày 15/04/2019", "Tháng 9/2018", "Quý I năm 2018", "Năm 2018"."""
    words = fold(text)
    if found := _FROM_TO.search(words):
        try:
            start, end = parse_date(found[1]), parse_date(found[2])
        except DateProblem:
            return None
        return Period(start, end) if start <= end else None
    if (found := _MONTH.search(words)) and 1 <= int(found[1]) <= 12:
        return _months(int(found[2]), int(found[1]), 1)
    if found := _QUARTER.search(words):
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(found[1]) or int(found[1])
        return _months(int(found[2]), 3 * quarter - 2, 3)
    if found := _HALF.search(words):
        return _months(int(found[2]), 1 if found[1] == "dau" else 7, 6)
    found = _YEAR.search(words)
    return _months(int(found[1]), 1, 12) if found else None


def _months(year: int, first: int, count: int) -> Period | None:
    if not 1900 <= year <= 2100:
        return None
    after = date(year + (first + count > 12), (first + count - 1) % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1))
