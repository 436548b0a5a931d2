"""The day on which a petition was received: without it a row does not come in."""

import re
from datetime import date
from typing import NamedTuple

from kntc.registers.reading.entry import ERROR, WARNING
from kntc.registers.reading.period import Period
from kntc.registers.reading.workbook import Cell
from kntc.vietnamese import DateProblem, parse_date, short_date

_DAY_MONTH = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*")
_EARLIEST = 1945


class Doubt(NamedTuple):
    message: str
    proposal: str = ""
    level: str = ERROR


class Received(NamedTuple):
    day: date | None
    doubt: Doubt | None = None


def read_received(
    cell: Cell, text: str, heading: Period | None, register: Period | None, today: date
) -> Received:
    """`heading`, `register`: the time that a heading above the row, and the title, speak of."""
    try:
        day = parse_date(cell)
    except DateProblem as problem:
        proposal = short_date(problem.proposal) if problem.proposal else ""
        return _without_year(text, heading or register) or Received(None, Doubt(str(problem), proposal))
    return Received(day, _implausible(day, register, today))


def _without_year(text: str, period: Period | None) -> Received | None:
    """ "05/9" in a register of 2018."""
    found = _DAY_MONTH.fullmatch(text)
    if not found or period is None or period.year is None:
        return None
    try:
        day = date(period.year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    message = f"Ô chỉ ghi “{text}”: lấy năm {period.year} theo tiêu đề sổ"
    return Received(day, Doubt(message, short_date(day), WARNING))


def _implausible(day: date, register: Period | None, today: date) -> Doubt | None:
    if day > today:
        return Doubt(f"Ngày nhận đơn {short_date(day)} chưa đến: kiểm tra lại năm và tháng")
    if day.year < _EARLIEST:
        return Doubt(f"Ngày nhận đơn {short_date(day)} quá xa: kiểm tra lại năm")
    if register and not register.start <= day <= register.end:
        span = f"{short_date(register.start)} – {short_date(register.end)}"
        return Doubt(f"Ngày nhận đơn {short_date(day)} ngoài kỳ của sổ ({span})", level=WARNING)
    return None
