"""A statutory table compiled live from the register, by its definition in the law's data."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from kntc.agencies.models import Agency, AgencySuccession
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.law.tables import Form, UnknownRule, check, form, forms
from kntc.reports.conditions import Period, Question, question
from kntc.reports.doubts import DOUBTS
from kntc.reports.rows import Part, Tree, stood_in, tree_of
from kntc.reports.sums import TOTAL, VERTICAL, Sums, sums
from kntc.vietnamese import number, short_date

OWN_LABEL = "Đơn do {name} tiếp nhận"
VERTICAL_LABEL = "Cơ quan ngành dọc đặt tại địa phương"


class NotCompilable(Refused):
    """The form cannot be filled from what the register holds."""

    status = 422


@dataclass(frozen=True)
class Row:
    """One line of the table; `agency` and `part` say whose petitions stand behind its numbers."""

    label: str
    agency: Agency
    part: Part
    values: dict[int, int]


@dataclass(frozen=True)
class Finding:
    """What to look at before the table is signed. `opens`: the column or doubt whose petitions it is about."""

    message: str
    columns: tuple[int, ...] = ()
    row: Row | None = None
    opens: str = ""
    is_error: bool = False


@dataclass(frozen=True)
class Compiled:
    """A table: its rows, what they add up to (a matter of two rows once), what to look at.

    `on`: the day to ask the law about, None where the period lies before every circular we know.
    """

    form: Form
    agency: Agency
    period: Period
    rows: tuple[Row, ...]
    total: Row
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()
    on: date | None = None

    @cached_property
    def is_empty(self) -> bool:
        return not any(self.total.values.values())


def form_for(code: str, end: date) -> tuple[Form, date | None]:
    """The form in force when the period ends, else the newest; and the day to ask the law about.

    Raises NotCompilable.
    """
    try:
        return form(code, end), end
    except UnknownRule:
        pass
    try:
        return form(code), None
    except UnknownRule as unknown:
        raise NotCompilable(str(unknown)) from unknown


def compilable_forms() -> list[Form]:
    """The newest forms that the register can fill."""
    return [found for found in forms() if any(column.binding for column in found.columns)]


def compile_form(code: str, agency: Agency, start: date, end: date, actor: Actor) -> Compiled:
    """The table of this form for an agency and each of its direct children. Three statements, five out of scope.

    Live petitions only, by the agency that received them. Raises NotCompilable.
    """
    form, on = form_for(code, end)
    period = checked_period(start, end)
    asked = questions_of(form, period, on)
    tree = tree_of(_in_tree(agency), end)
    agency = tree.root
    found = sums(tree, [*asked.values(), *(doubt.question(period) for doubt in DOUBTS)], period, actor)
    numbers = list(asked)
    rows = tuple(_rows(tree, found, numbers, period))
    total = Row("Tổng số", agency, Part.WHOLE, _values(found, TOTAL, numbers))
    doubts = dict(zip(DOUBTS, found[TOTAL][len(numbers) :], strict=True))
    findings = [
        *_broken(form, rows, total),
        *(_doubtful(d.message, d.code, n) for d, n in doubts.items() if n),
    ]
    return Compiled(
        form, agency, period, rows, total, tuple(findings), tuple(_notices(form, agency, period, actor))
    )


def checked_period(start: date, end: date) -> Period:
    """Raises NotCompilable where the days stand the wrong way round."""
    if end < start:
        raise NotCompilable(
            f"Kỳ báo cáo từ {short_date(start)} đến {short_date(end)} có ngày đầu sau ngày cuối. Hãy đổi lại hai ngày."
        )
    return Period(start, end)


def questions_of(form: Form, period: Period, on: date | None) -> dict[int, Question]:
    """Column → what it counts, for the columns that the register can fill. Raises NotCompilable where there is none."""
    found = {c.number: question(c.binding, period, on) for c in form.columns if c.binding}
    if not found:
        ready = ", ".join(f.code for f in compilable_forms())
        raise NotCompilable(f"Biểu {form.code} chưa lập được tự động từ sổ đơn. Các biểu lập được: {ready}.")
    return found


def _in_tree(agency: Agency) -> Agency:
    if agency.lft is None:
        raise NotCompilable(
            f"{agency.name} không dùng hệ thống nên không có số liệu để lập biểu. Hãy chọn cơ quan khác."
        )
    return agency


def _rows(tree: Tree, found: Sums, numbers: list[int], period: Period) -> list[Row]:
    """Own petitions first, then children that stood in the period or have something to show."""
    rows = [
        Row(OWN_LABEL.format(name=tree.root.name), tree.root, Part.OWN, _values(found, tree.root.pk, numbers))
    ]
    for child in tree.children:
        if child.pk in found or (stood_in(child, period.start, period.end) and child.pk not in tree.away):
            rows.append(Row(child.name, child, Part.WHOLE, _values(found, child.pk, numbers)))
    if VERTICAL in found:
        rows.append(Row(VERTICAL_LABEL, tree.root, Part.VERTICAL, _values(found, VERTICAL, numbers)))
    return rows


def _values(found: Sums, row: int | None, numbers: list[int]) -> dict[int, int]:
    return dict(zip(numbers, found.get(row, [0] * len(numbers)), strict=False))


def _broken(form: Form, rows: tuple[Row, ...], total: Row) -> list[Finding]:
    return [
        Finding(f"{row.label}: {broken.message}", broken.columns, row, is_error=True)
        for row in (*rows, total)
        for broken in check(form, row.values)
    ]


def _doubtful(message: str, code: str, count: int) -> Finding:
    return Finding(message.format(n=number(count)), opens=code)


def _notices(form: Form, agency: Agency, period: Period, actor: Actor) -> list[str]:
    today = timezone.localdate()
    notices = []
    if period.end < form.valid_from:
        notices.append(
            f"Thông tư {form.document} áp dụng từ {short_date(form.valid_from)}: "
            "số liệu của kỳ trước đó được xếp theo biểu này để so sánh."
        )
    elif period.start < form.valid_from:
        notices.append(f"Biểu này theo Thông tư {form.document}, áp dụng từ {short_date(form.valid_from)}.")
    if period.end > today:
        notices.append(f"Kỳ báo cáo chưa kết thúc: số liệu tính đến hôm nay, {short_date(today)}.")
    if not _sees_all(agency, actor):
        notices.append(
            "Chỉ gồm những đơn mà cơ quan bạn theo dõi đang quản lý, không phải toàn bộ đơn của cơ quan này."
        )
    return notices


def _sees_all(agency: Agency, actor: Actor) -> bool:
    """Whether all that the agency received is kept in the actor's scope. Two statements for an agency outside of it."""
    scope, lft, rgt = actor.scope, agency.lft or 0, agency.rgt or 0
    if scope.kind == "all" or (scope.lft <= lft and rgt <= scope.rgt):
        return True
    below = AgencySuccession.objects.filter(old__lft__range=(lft, rgt))
    heirs_elsewhere = below.exclude(new__lft__range=(scope.lft, scope.rgt))
    return agency.is_closed and below.exists() and not heirs_elsewhere.exists()
