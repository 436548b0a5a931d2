"""The calendar of state bodies: weekly days off, public holidays, substitute days, swapped days."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import islice
from types import MappingProxyType

import holidays as vendor

from kntc.law.documents import read
from kntc.law.texts import short_date, weekday

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def holidays(year: int) -> Mapping[date, str]:
    """Days off of a year beside the weekly ones, by name; substitute and swapped days are among them."""
    # The package names the days around Tết by a fixed count that a short month belies, and knows some swaps
    # of its own: those we keep as data, with their announcements.
    computed = vendor.country_holidays("VN", years=year, language="vi", expand=False)
    days = {day: _name(name) for day, name in sorted(computed.items()) if "thay cho ngày" not in name}
    swapped = {off: work for off, work in _swaps() if off.year == year}
    days |= {off: f"nghỉ hoán đổi làm bù {short_date(work)}" for off, work in swapped.items()}
    return MappingProxyType(dict(sorted(days.items())))


def _name(given: str) -> str:
    if "Tết" in given and "Dương lịch" not in given:
        return "Tết Nguyên đán"
    return given


@cache
def _swaps() -> tuple[tuple[date, date], ...]:
    return tuple((swap["off"], swap["work"]) for swap in read("holidays")["swap"])


@cache
def _worked_weekends() -> frozenset[date]:
    return frozenset(work for _, work in _swaps())


def announced_until() -> date:
    """The last day whose swaps are known."""
    until: date = read("holidays")["announced_until"]
    return until


def reason_off(day: date) -> str | None:
    """Why nobody works on that day, or None where they do."""
    if day in _worked_weekends():
        return None
    if holiday := holidays(day.year).get(day):
        return holiday
    return weekday(day) if day.weekday() >= _SATURDAY else None


def is_working_day(day: date) -> bool:
    return reason_off(day) is None


def next_working_day(day: date) -> date:
    """The day itself where it is worked, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def working_days_after(day: date) -> Iterator[date]:
    """Working days after the given day, which is not among them."""
    while True:
        day = next_working_day(day + _DAY)
        yield day


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after the given one; for 0 the day itself."""
    if count < 0:
        raise ValueError("count must not be negative")
    return next(islice(working_days_after(day), count - 1, None)) if count else day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and with `end`."""
    return sum(is_working_day(start + _DAY * step) for step in range(1, (end - start).days + 1))
