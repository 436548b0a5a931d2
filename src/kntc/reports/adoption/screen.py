"""The monitor as it is shown: rows with the lists behind their numbers, and what to write to a silent unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from kntc.accounts.officers import Officer
from kntc.accounts.states import list_query
from kntc.audit.rights import Right
from kntc.reports.adoption.figures import Adoption, Unit
from kntc.vietnamese import number, short_date

SILENT_DAYS = (7, 14, 30, 60)
PERIODS = (7, 30, 90, 365)


@dataclass(frozen=True)
class Choice:
    """`silent`: only units without sign-in or entry for more than so many days; `span`: days of the period."""

    silent: int | None
    span: int
    today: date

    @property
    def start(self) -> date:
        return self.today - timedelta(self.span - 1)


def choice_of(values: Mapping[str, str], today: date) -> Choice:
    silent, span = values.get("im", ""), values.get("ky", "")
    return Choice(
        int(silent) if silent.isdecimal() and int(silent) in SILENT_DAYS else None,
        int(span) if span.isdecimal() and int(span) in PERIODS else 30,
        today,
    )


@dataclass(frozen=True)
class Row:
    unit: Unit
    away: str
    idle: str
    silent: bool
    entered_url: str
    incomplete_url: str
    overdue_url: str
    people_url: str
    below_url: str
    complete: str
    lag: str
    nudge: str

    @property
    def name(self) -> str:
        return self.unit.agency.name


class AdoptionScreen:
    def __init__(self, adoption: Adoption, choice: Choice, officer: Officer) -> None:
        self.adoption, self.choice = adoption, choice
        self._may_list = officer.has_right(Right.READ)
        self._may_people = officer.has_right(Right.MANAGE_ACCOUNTS)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(unit) for unit in self.chosen]

    @cached_property
    def chosen(self) -> list[Unit]:
        silent = self.choice.silent
        return [
            unit
            for unit in self.adoption.units
            if silent is None or (not unit.own and unit.is_silent(self.choice.today, silent))
        ]

    def _row(self, unit: Unit) -> Row:
        today, agency = self.choice.today, unit.agency
        has_units = not unit.own and (agency.rgt or 0) > (agency.lft or 0) + 1
        return Row(
            unit,
            away=gone(unit.days_away(today), "Chưa ai đăng nhập"),
            idle=gone(unit.days_idle(today), "Chưa nhập đơn nào"),
            silent=not unit.own and unit.is_silent(today, self.choice.silent or 30),
            entered_url=self._petitions(unit, unit.entered),
            incomplete_url=self._petitions(unit, unit.incomplete, thieu="1"),
            overdue_url=self._overdue(unit),
            people_url=self._people(unit),
            below_url=f"{reverse('reports:adoption')}?{urlencode({'co_quan': agency.code, 'ky': self.choice.span})}"
            if has_units
            else "",
            complete="–" if unit.complete is None else f"{unit.complete}%",
            lag="–" if unit.median is None else f"{number(unit.median)} / {number(unit.ninety or 0)}",
            nudge=_said_of_nudge(unit),
        )

    def _petitions(self, unit: Unit, count: int, **more: str) -> str:
        if not (count and self._may_list):
            return ""
        period = {
            "basis": "entered",
            "from": self.choice.start.isoformat(),
            "to": self.choice.today.isoformat(),
        }
        where = {"agency": unit.agency.code} | ({"subtree": "0"} if unit.own else {})
        return f"{reverse('petitions:list')}?{urlencode(period | where | more)}"

    def _overdue(self, unit: Unit) -> str:
        if not (unit.overdue and self._may_list):
            return ""
        values = {"muc": "qua-han", "cua": unit.agency.code, "sort": "due"} | (
            {"rieng": "1"} if unit.own else {}
        )
        return f"{reverse('petitions:list')}?{urlencode(values)}"

    def _people(self, unit: Unit) -> str:
        if not self._may_people:
            return ""
        return f"{reverse('accounts:people')}?{list_query(unit.agency.pk, subtree=not unit.own)}"

    @property
    def silents(self) -> list[tuple[int, str]]:
        return [(days, f"Không đăng nhập hoặc không nhập quá {days} ngày") for days in SILENT_DAYS]

    @property
    def spans(self) -> list[tuple[int, str]]:
        return [(days, f"{days} ngày qua" if days < 365 else "1 năm qua") for days in PERIODS]


def gone(days: int | None, never: str) -> str:
    if days is None:
        return never
    return "Hôm nay" if days == 0 else f"{number(days)} ngày trước"


def _said_of_nudge(unit: Unit) -> str:
    if unit.nudged_at is None:
        return ""
    return "Đã nhắc, có vào lại" if unit.reacted else "Đã nhắc, chưa vào lại"


def proposed_text(unit: Unit, today: date) -> str:
    """What is proposed to be written to a unit, with its own figures."""
    away, idle = unit.days_away(today), unit.days_idle(today)
    signed = (
        "chưa có ai đăng nhập hệ thống"
        if away is None
        else f"lần đăng nhập gần nhất cách đây {number(away)} ngày"
    )
    entered = "chưa nhập đơn nào" if idle is None else f"lần nhập đơn gần nhất cách đây {number(idle)} ngày"
    lines = [
        f"Kính gửi {unit.agency.name},",
        f"Theo số liệu ngày {short_date(today)}, {unit.agency.short_name}: {signed}; {entered}; "
        f"trong kỳ theo dõi đã nhập {number(unit.entered)} đơn.",
    ]
    if unit.overdue:
        lines.append(f"Hiện có {number(unit.overdue)} đơn quá hạn xử lý, giải quyết.")
    if unit.incomplete:
        lines.append(f"Có {number(unit.incomplete)} đơn chưa đủ thông tin để lên biểu thống kê.")
    lines.append(
        "Đề nghị đơn vị đăng nhập, cập nhật đầy đủ, kịp thời việc tiếp công dân, xử lý đơn, giải quyết khiếu nại, "
        "tố cáo phát sinh. Nếu vướng mắc khi sử dụng, đề nghị trao đổi lại với quản trị cấp trên."
    )
    return "\n\n".join(lines)
