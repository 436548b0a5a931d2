"""The first screen: cards, charts and what is due, each figure with the address of its list."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.law.fields import field_name
from kntc.petitions.choices import Kind
from kntc.petitions.clocks import clock_of
from kntc.petitions.filters import NONE
from kntc.petitions.models import Petition
from kntc.reports import queries
from kntc.reports.cells import list_address
from kntc.reports.overseen import overseen_agency
from kntc.vietnamese import number

Chart = dict[str, Any]
TONES = {Kind.COMPLAINT: "blue", Kind.DENUNCIATION: "red", Kind.REFLECTION: "green"}
BASES = {"received": "Theo ngày nhận đơn", "entered": "Theo ngày nhập vào hệ thống"}
FIRST_YEAR = 2016
TOP = 12


@dataclass(frozen=True)
class Choice:
    """What the screen shows: an agency with its subtree, a calendar year up to today, the date counted by."""

    agency: Agency
    year: int
    basis: str
    today: date

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        return min(date(self.year, 12, 31), self.today)

    @property
    def years(self) -> list[int]:
        return list(range(self.today.year, FIRST_YEAR - 1, -1))


def choice_of(values: Mapping[str, str], officer: Officer) -> Choice:
    """Values that are none fall back to this year, the own agency. Raises OutOfReach. At most one statement."""
    today = timezone.localdate()
    code = values.get("co_quan", "")
    agency = overseen_agency(code, officer) if code else officer.oversees
    year = values.get("nam", "")
    known = year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today.year
    basis = values.get("theo", "")
    return Choice(agency, int(year) if known else today.year, basis if basis in BASES else "received", today)


@dataclass(frozen=True)
class Card:
    label: str
    value: int | str
    icon: str
    tone: str
    url: str
    trend: str = ""
    trend_tone: str = "secondary"


class Dashboard:
    """At most five statements."""

    def __init__(self, choice: Choice, officer: Officer) -> None:
        self.choice = choice
        self.agency = choice.agency
        self._officer = officer
        day = queries.DAYS[choice.basis]
        self.year = queries.received(self.agency, choice.start, choice.end, officer, day)
        self.work = queries.work(self.agency, choice.today, officer)
        self.timely = queries.timely(self.agency, choice.start, choice.end, officer)

    @property
    def is_empty(self) -> bool:
        return not (self.year.total or self.year.before or self.work.open or self.timely.handled)

    @property
    def bases(self) -> list[tuple[str, str]]:
        return list(BASES.items())

    @property
    def has_units(self) -> bool:
        return (self.agency.rgt or 0) > (self.agency.lft or 0) + 1

    @cached_property
    def due(self) -> list[tuple[Petition, date | None]]:
        """Petitions with the day on which their running clock ends."""
        return [
            (petition, clock_of(petition).due_on)
            for petition in queries.next_due(self.agency, self.choice.today, self._officer)
        ]

    # ---- cards

    @property
    def cards(self) -> list[Card]:
        return [self._received_card, self._open_card, self._overdue_card, self._in_time_card]

    @property
    def _received_card(self) -> Card:
        label = (
            f"Đơn nhận năm {self.choice.year}"
            if self.choice.basis == "received"
            else f"Đơn nhập năm {self.choice.year}"
        )
        return Card(label, self.year.total, "inbox", "blue", self._list(), self._change(), "blue")

    def _change(self) -> str:
        """ "+6,2%" against the same days of the year before."""
        if not self.year.before:
            return ""
        change = (self.year.total - self.year.before) * 100 / self.year.before
        return f"{'+' if change > 0 else '−' if change < 0 else ''}{number(abs(round(change, 1)), 1)}%"

    @property
    def before_url(self) -> str:
        """The list of the same days of the year before."""
        start, end = queries.year_before(self.choice.start), queries.year_before(self.choice.end)
        return self._list(**{"from": start.isoformat(), "to": end.isoformat()})

    @property
    def _open_card(self) -> Card:
        fresh = f"{number(self.work.fresh)} mới" if self.work.fresh else ""
        return Card(
            "Đang xử lý, giải quyết",
            self.work.open,
            "clock",
            "orange",
            self.work_list("dang-xu-ly"),
            fresh,
            "orange",
        )

    @property
    def _overdue_card(self) -> Card:
        lately = f"{number(self.work.lately)} mới" if self.work.lately > 0 else ""
        return Card(
            "Quá hạn theo luật định",
            self.work.overdue,
            "alert-triangle",
            "red",
            self.work_list("qua-han"),
            lately,
            "red",
        )

    @property
    def _in_time_card(self) -> Card:
        """Of settlements; of examinations where nothing has been settled with a term."""
        step, label = (
            ("settled", "Giải quyết đúng hạn") if self.settled_all else ("handled", "Xử lý đơn đúng hạn")
        )
        in_time, late = self.counts[step]
        value = f"{number(round(in_time * 100 / (in_time + late), 1), 1)}%" if in_time + late else "–"
        url = self._step(step, in_time=not late) if in_time + late else ""
        trend = f"{number(late)} trễ" if late else ""
        return Card(label, value, "circle-check", "green", url, trend, "red")

    @cached_property
    def counts(self) -> dict[str, tuple[int, int]]:
        """(in time, late) by step."""
        handled = self.timely.handled
        met = sum(count for (_, in_time), count in handled.items() if in_time)
        settled = (self.timely.settled_in_time, self.timely.settled_late)
        return {"handled": (met, handled.total() - met), "settled": settled}

    @property
    def settled_all(self) -> int:
        return sum(self.counts["settled"])

    # ---- charts

    @property
    def by_month(self) -> Chart:
        months = self._months
        series = [
            {
                "name": kind.label,
                "tone": TONES[kind],
                "values": [self.year.by_month[month, kind] for month in months],
                "urls": [self._list(kind=kind.value, **self._month(month)) for month in months],
            }
            for kind in Kind
        ]
        return {"categories": [f"Th{month}" for month in months], "series": series}

    @property
    def timeliness(self) -> Chart:
        months = self._months
        series = [
            {
                "name": name,
                "tone": tone,
                "values": [self.timely.handled[month, met] for month in months],
                "urls": [self._step("handled", in_time=met, **self._month(month)) for month in months],
            }
            for name, tone, met in (("Đúng hạn", "green", True), ("Trễ hạn", "red", False))
        ]
        return {"categories": [f"Th{month}" for month in months], "series": series}

    @property
    def by_field(self) -> Chart:
        ranked = self.year.by_field.most_common()
        return self._ranking(
            [field_name(code) for code, _ in ranked],
            [count for _, count in ranked],
            [self._list(field=code or NONE) for code, _ in ranked],
        )

    @cached_property
    def by_agency(self) -> Chart:
        ranked = self.year.by_row.most_common(TOP)
        agencies = queries.named(key for key, _ in ranked)
        urls = [
            self._list(agency=agencies[key].code, subtree="0" if key == self.agency.pk else "")
            for key, _ in ranked
        ]
        names = [
            f"{agencies[key].short_name}{' (trực tiếp)' if key == self.agency.pk else ''}"
            for key, _ in ranked
        ]
        return self._ranking(names, [count for _, count in ranked], urls)

    @property
    def field_height(self) -> str:
        return _height(len(self.year.by_field))

    @property
    def agency_height(self) -> str:
        return _height(min(TOP, len(self.year.by_row)))

    @property
    def agencies_left_out(self) -> int:
        return max(0, len(self.year.by_row) - TOP)

    def _ranking(self, names: list[str], values: list[int], urls: list[str]) -> Chart:
        series = {"name": "Số đơn", "tone": "primary", "values": values, "urls": urls}
        return {"categories": names, "series": [series]}

    @property
    def _months(self) -> range:
        return range(1, self.choice.end.month + 1)

    def _month(self, month: int) -> dict[str, str]:
        last = date(self.choice.year, month, calendar.monthrange(self.choice.year, month)[1])
        return {
            "from": date(self.choice.year, month, 1).isoformat(),
            "to": min(last, self.choice.end).isoformat(),
        }

    # ---- addresses

    def _list(self, **more: str) -> str:
        """The year's petitions of the agency, narrowed."""
        return self._address(self._days() | {"basis": self.choice.basis, "agency": self.agency.code} | more)

    def _step(self, step: str, *, in_time: bool, **days: str) -> str:
        late = f"{step}_{'in_time' if in_time else 'late'}"
        return self._address(self._days() | {"basis": step, "agency": self.agency.code, "late": late} | days)

    @property
    def settled_in_time_url(self) -> str:
        return self._step("settled", in_time=True)

    @property
    def settled_late_url(self) -> str:
        return self._step("settled", in_time=False)

    def work_list(self, part: str) -> str:
        return self._address({"muc": part, "cua": self.agency.code, "sort": "due"})

    @property
    def all_due_url(self) -> str:
        return self.work_list("dang-xu-ly")

    def _days(self) -> dict[str, str]:
        return {"from": self.choice.start.isoformat(), "to": self.choice.end.isoformat()}

    def _address(self, values: Mapping[str, str]) -> str:
        return f"{list_address()}?{urlencode({name: value for name, value in values.items() if value})}"


def _height(rows: int) -> str:
    """Room for so many bars that lie down."""
    return "sm" if rows <= 5 else "md" if rows <= 9 else "lg"
