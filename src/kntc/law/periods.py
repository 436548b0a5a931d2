"""Reporting periods with the days from and to which figures are taken, and the days by which reports are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from kntc.law.documents import Document, documents
from kntc.law.errors import UnknownRule

_DECEMBER = 12
# Code, first month (of the year before where it is December), last month, name.
_PRESETS = (
    ("Q1", 12, 3, "Quý I năm {year}"),
    ("Q2", 3, 6, "Quý II năm {year}"),
    ("6M", 12, 6, "6 tháng đầu năm {year}"),
    ("Q3", 6, 9, "Quý III năm {year}"),
    ("9M", 12, 9, "9 tháng đầu năm {year}"),
    ("Q4", 9, 12, "Quý IV năm {year}"),
    ("Y", 12, 12, "Năm {year}"),
)


@dataclass(frozen=True)
class Period:
    """`due_on` for communes, departments and units, `national_due_on` for provinces and ministries.

    Due days are None where the rule does not say them; `narrative` tells whether a written report goes with the tables.
    """

    code: str
    name: str
    start: date
    end: date
    due_on: date | None
    national_due_on: date | None
    narrative: bool
    article: str

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end


@cache
def periods(year: int) -> list[Period]:
    """The periods of a reporting year in the order in which they end, that of the National Assembly last."""
    return [*(_preset(year, *preset) for preset in _PRESETS), _assembly(year)]


def period(code: str) -> Period:
    """A period by its code, "2026-Q1". Raises `UnknownRule`."""
    year = code.partition("-")[0]
    known = periods(int(year)) if year.isdecimal() and len(year) == 4 else []
    found = [entry for entry in known if entry.code == code]
    if not found:
        raise UnknownRule(
            f"Không có kỳ báo cáo “{code}”: dùng mã như 2026-Q1, 2026-6M, 2026-9M, 2026-Y, 2026-NA."
        )
    return found[0]


def _preset(year: int, code: str, first_month: int, last_month: int, name: str) -> Period:
    document = _ruling(date(year, last_month, 1))
    rule: dict[str, Any] = document.content["periods"]
    first_year = year - 1 if first_month == _DECEMBER else year
    return Period(
        code=f"{year}-{code}",
        name=name.format(year=year),
        start=date(first_year, first_month, rule["first_day"]),
        end=date(year, last_month, rule["last_day"]),
        due_on=_day(year, last_month, rule.get("unit_due_day")),
        national_due_on=_day(year, last_month, rule.get("national_due_day")),
        narrative=code in rule["narrative"],
        article=rule["article"],
    )


def _day(year: int, month: int, day: int | None) -> date | None:
    return None if day is None else date(year, month, day)


def _ruling(day: date) -> Document:
    """The circular in force when the period ends; the first we know for what lies before it."""
    ruling = [
        document for document in documents() if "periods" in document.content and document.valid_from <= day
    ]
    if not ruling:
        raise UnknownRule(
            f"Chưa xác định kỳ báo cáo của năm {day.year}: bộ quy tắc không có thông tư của năm ấy."
        )
    return ruling[-1]


def _assembly(year: int) -> Period:
    """The report to the National Assembly: 01/8 to 31/7. Its day is set by a letter each year."""
    return Period(
        code=f"{year}-NA",
        name=f"Báo cáo Quốc hội năm {year}",
        start=date(year - 1, 8, 1),
        end=date(year, 8, 1) - timedelta(days=1),
        due_on=None,
        national_due_on=None,
        narrative=True,
        article="công văn hằng năm của Thanh tra Chính phủ",
    )
