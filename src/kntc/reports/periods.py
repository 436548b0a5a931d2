"""The reporting periods of the law as choices beside free days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kntc.law.tables import Period, UnknownRule, periods
from kntc.vietnamese import short_date


@dataclass(frozen=True)
class Choice:
    """A preset of one year; `title` says its days."""

    label: str
    title: str
    start: date
    end: date
    active: bool


def known_periods(year: int) -> list[Period]:
    """The year's periods; none where no circular of that year is known."""
    try:
        return periods(year)
    except UnknownRule:
        return []


def year_of(day: date) -> Period | None:
    """The statutory year that a day lies in (15/12 to 14/12); None where no circular is known."""
    years = [period for year in (day.year, day.year + 1) for period in known_periods(year)]
    return next((period for period in years if period.code.endswith("-Y") and period.contains(day)), None)


def name_of(start: date, end: date) -> str:
    """The preset with just these days, by name; "" for free days."""
    for year in (end.year, end.year + 1):
        for period in known_periods(year):
            if (period.start, period.end) == (start, end):
                return period.name
    return ""


def choices(start: date, end: date, year: int) -> Iterator[Choice]:
    for period in known_periods(year):
        days = f"{short_date(period.start)} – {short_date(period.end)}"
        label = period.name.removesuffix(f" năm {year}")
        chosen = (period.start, period.end) == (start, end)
        yield Choice(
            "Quốc hội" if label.startswith("Báo cáo") else label, days, period.start, period.end, chosen
        )
