"""Behind each number of a table stands the list of its petitions, as long as the number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, OutOfReach, Refused
from kntc.law.tables import Column, Form
from kntc.petitions.extra_filters import Filter
from kntc.petitions.models import Petition
from kntc.reports.compile import Compiled, Row, checked_period, form_for, questions_of
from kntc.reports.conditions import Period, Question
from kntc.reports.doubts import doubt
from kntc.reports.overseen import overseen
from kntc.reports.rows import Part, Tree, away_from, received_in, shifted_on
from kntc.vietnamese import DateProblem, parse_date, short_date


@dataclass(frozen=True)
class Cell:
    """One number: `column` is a column's number or a doubt's code."""

    form: Form
    column: str
    agency: Agency
    period: Period
    part: Part = Part.WHOLE
    on: date | None = None

    def question(self) -> Question:
        """What the number counts. Raises InvalidInput."""
        if found := doubt(self.column):
            return found.question(self.period)
        asked = questions_of(self.form, self.period, self.on)
        if not self.column.isdecimal() or int(self.column) not in asked:
            raise InvalidInput(
                {"cot": f"Biểu {self.form.code} không có cột “{self.column}”. Hãy mở lại từ biểu."}
            )
        return asked[int(self.column)]

    @property
    def label(self) -> str:
        what = {
            Part.WHOLE: self.agency.short_name,
            Part.OWN: f"{self.agency.short_name} (trực tiếp)",
            Part.VERTICAL: f"{self.agency.short_name} (cơ quan ngành dọc)",
        }[self.part]
        days = f"{short_date(self.period.start)}–{short_date(self.period.end)}"
        return f"Biểu {self.form.code}, {self._column_label()}; {what}; {days}"

    def _column_label(self) -> str:
        if self.column.isdecimal():
            return f"cột {self.column} ({column_label(self.form.column(int(self.column)))})"
        return "đơn cần xem lại"


def column_label(column: Column) -> str:
    """A column's heading in few words: "Khiếu nại, tổng số đơn"."""
    parts = [part for part in column.header if not part.startswith("Phân loại theo")]
    parts = parts[1:] if len(parts) > 2 else parts
    if len(parts) == 2 and parts[1].startswith(parts[0]):
        parts = parts[1:]
    first, *rest = parts
    return ", ".join([first, *(part[0].lower() + part[1:] for part in rest)])


def cell_filter(cell: Cell, actor: Actor) -> Q:
    """The petitions behind a cell; where it counts matters, the first of each. Three statements at most."""
    shifted = shifted_on(cell.agency, cell.period.end)
    inside = received_in(Tree(cell.agency, (), away_from(cell.agency), shifted), cell.part)
    question = cell.question()
    wanted = inside & question.q
    if question.counts == "petitions":
        return wanted
    earlier = (
        Petition.objects.visible_to(actor)
        .live()
        .filter(wanted, matter=OuterRef("matter"), pk__lt=OuterRef("pk"))
    )
    return wanted & ~Q(Exists(earlier))


def cell_in(values: Mapping[str, str], actor: Actor) -> Cell:
    """The cell that an address names. Raises InvalidInput, OutOfReach, NotCompilable. One statement."""
    start, end = _day(values, "tu"), _day(values, "den")
    form, on = form_for(values.get("bieu", ""), end)
    agency = overseen(actor).filter(code=values.get("co_quan", "")).first()
    if agency is None:
        raise OutOfReach("Số liệu của cơ quan này")
    try:
        part = Part(values.get("dong", ""))
    except ValueError as wrong:
        raise InvalidInput(
            {"dong": "Địa chỉ này không chỉ đúng một dòng của biểu. Hãy mở lại từ biểu."}
        ) from wrong
    return Cell(form, values.get("cot", ""), agency, checked_period(start, end), part, on)


def _day(values: Mapping[str, str], name: str) -> date:
    try:
        return parse_date(values.get(name, ""))
    except DateProblem as problem:
        raise InvalidInput({name: str(problem)}) from problem


class CellLinks:
    """Addresses of the lists behind one table's numbers."""

    def __init__(self, compiled: Compiled) -> None:
        self._fixed = {
            "bieu": compiled.form.code,
            "tu": compiled.period.start.isoformat(),
            "den": compiled.period.end.isoformat(),
        }

    def row(self, row: Row) -> str:
        """The address of a row's list but for its column, which is to be added."""
        values = self._fixed | {"co_quan": row.agency.code} | ({"dong": row.part.value} if row.part else {})
        return f"{list_address()}?{urlencode(values)}&cot="

    def cell(self, row: Row, column: int | str) -> str:
        return f"{self.row(row)}{column}"


def list_address() -> str:
    """Where the list of petitions is."""
    return reverse("petitions:list")


def cell_provider(query: QueryDict, actor: Actor) -> Filter | None:
    """The list's filter for `?bieu=02/XLD&cot=6&co_quan=BDI&tu=2018-01-01&den=2019-04-15`."""
    try:
        cell = cell_in(query, actor)
        wanted = cell_filter(cell, actor)
    except Refused:
        return None
    return Filter(
        lambda petitions: petitions.filter(wanted), cell.label, ("cot", "co_quan", "tu", "den", "dong")
    )
