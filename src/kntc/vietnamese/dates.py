"""Dates as registers write them. Day before month, always: "01/16/2018" is a fault, not 16 January."""

import calendar
import re
from datetime import date, datetime, timedelta

from kntc.vietnamese.folding import fold, squeeze

_EXCEL_ZERO = date(1899, 12, 30)  # serial 60 is the 29/02/1900 that never was; we start far behind it
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a bare 2018 is a year, not a day of 1905
_YEARS = range(1900, 2101)
_PIVOT = 50  # two digits: 00–49 are 2000–2049, 50–99 are 1950–1999

_TIME = r"(?:[ t]+\d{1,2}[:h]\d{0,2}(?::\d{2}(?:\.\d+)?)?)?"
_SEPARATOR = r"\s*[/.\-]\s*"
_DAY_FIRST = re.compile(rf"(?:ngay )?(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d+){_TIME}")
_YEAR_FIRST = re.compile(rf"(?:ngay )?(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_TIME}")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}),? thang (\d{1,2}),? nam (\d+)")
_MONTH_ONLY = re.compile(rf"(?:thang )?(\d{{1,2}})(?:{_SEPARATOR}| nam )(\d{{4}})")
_YEAR_ONLY = re.compile(r"(?:nam )?((?:19|20)\d{2})")
_EIGHT_DIGITS = re.compile(r"\d{8}")
_SOME_DATE = re.compile(rf"\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{2,4}}")


class DateProblem(ValueError):
    """A writing that is no date. `str()` is a Vietnamese sentence, `proposal` a date to offer, if any."""

    def __init__(self, message: str, proposal: date | None = None) -> None:
        super().__init__(message)
        self.proposal = proposal


def short_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below 10 and the months 1 and 2 take a zero (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_date(value: object) -> date:
    """Reads a cell: date, datetime, Excel serial or text. Raises `DateProblem`."""
    if isinstance(value, datetime):
        return _within_years(value.date())
    if isinstance(value, date):
        return _within_years(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        raise DateProblem("Chưa có ngày: ghi theo mẫu ngày/tháng/năm, ví dụ 16/01/2018")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    if isinstance(value, str):
        return _from_text(squeeze(value))
    raise _unreadable(str(value))


def _within_years(day: date) -> date:
    if day.year not in _YEARS:
        raise DateProblem(f"Năm {day.year} không hợp lệ: ghi năm từ 1900 đến 2100")
    return day


def _from_serial(value: int | float) -> date:
    if value in _YEARS and value == int(value):
        raise _year_only(int(value))
    if value != value or not _SERIALS.start <= value < _SERIALS.stop:
        raise _unreadable(f"{value:g}")
    return _EXCEL_ZERO + timedelta(days=int(value))


def _from_text(text: str) -> date:
    plain = fold(text).strip(" .,;:'\"()")
    if found := _DAY_FIRST.fullmatch(plain) or _IN_WORDS.fullmatch(plain):
        day, month, year = found.groups()
        return _real(int(day), int(month), _full_year(year))
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
        return _real(int(day), int(month), int(year))
    if found := _MONTH_ONLY.fullmatch(plain):
        raise _month_only(text, int(found[1]), int(found[2]))
    if found := _YEAR_ONLY.fullmatch(plain):
        raise _year_only(int(found[1]))
    if _EIGHT_DIGITS.fullmatch(plain):
        return _from_eight_digits(plain)
    if plain.isdecimal() and len(plain) == 5:
        return _from_serial(int(plain))
    raise _unreadable(text)


def _full_year(digits: str) -> int:
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < _PIVOT else 1900)
    if len(digits) != 4:
        raise DateProblem(f"Năm “{digits[:12]}” không hợp lệ: ghi đủ bốn chữ số, ví dụ 2018")
    return int(digits)


def _from_eight_digits(digits: str) -> date:
    # 19012018 and 20180119 cannot be taken for one another: no month is 19 or 20.
    if int(digits[:4]) in _YEARS and int(digits[4:6]) in range(1, 13):
        return _real(int(digits[6:]), int(digits[4:6]), int(digits[:4]))
    return _real(int(digits[:2]), int(digits[2:4]), int(digits[4:]))


def _real(day: int, month: int, year: int) -> date:
    if year not in _YEARS:
        raise DateProblem(f"Năm {year} không hợp lệ: ghi năm từ 1900 đến 2100")
    written = f"{day:02d}/{month:02d}/{year}"
    if not 1 <= month <= 12:
        raise _no_such_month(day, month, year)
    if day == 0:
        raise DateProblem(f"Ngày {written} không có trong lịch: ngày bắt đầu từ 01")
    last = calendar.monthrange(year, month)[1]
    if day > last:
        nearest = date(year, month, last)
        raise DateProblem(
            f"Ngày {written} không có trong lịch: sửa thành ngày có thật, ví dụ {short_date(nearest)}",
            nearest,
        )
    return date(year, month, day)


def _no_such_month(day: int, month: int, year: int) -> DateProblem:
    fault = f"Ngày {day:02d}/{month:02d}/{year} không có: tháng phải từ 01 đến 12"
    if 1 <= day <= 12 and 1 <= month <= calendar.monthrange(year, day)[1]:
        swapped = date(year, day, month)
        return DateProblem(f"{fault}; ghi ngày trước tháng sau, có phải {short_date(swapped)}?", swapped)
    return DateProblem(f"{fault}; ghi theo mẫu ngày/tháng/năm")


def _month_only(text: str, month: int, year: int) -> DateProblem:
    if not 1 <= month <= 12 or year not in _YEARS:
        return _unreadable(text)
    return DateProblem(
        f"“{text[:40]}” chỉ có tháng, thiếu ngày: ghi đủ ngày/tháng/năm, ví dụ 15/{month:02d}/{year}"
    )


def _year_only(year: int) -> DateProblem:
    return DateProblem(f"“{year}” chỉ có năm, thiếu ngày và tháng: ghi đủ ngày/tháng/năm, ví dụ 16/01/{year}")


def _unreadable(text: str) -> DateProblem:
    shown = text if len(text) <= 40 else text[:39] + "…"
    if len(_SOME_DATE.findall(text)) > 1:
        return DateProblem(f"“{shown}” có nhiều ngày: chỉ ghi một ngày, theo mẫu ngày/tháng/năm")
    return DateProblem(f"Không đọc được ngày “{shown}”: ghi theo mẫu ngày/tháng/năm, ví dụ 16/01/2018")
