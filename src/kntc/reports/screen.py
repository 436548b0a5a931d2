"""A compiled table as its page shows it: the printed header, each number a link, choices of period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from kntc.documents.headers import HeaderCell
from kntc.documents.statutory import attachment_line, column_mark, form_header, period_line
from kntc.law.tables import Form
from kntc.reports.cells import CellLinks
from kntc.reports.compile import Compiled, Finding, Row
from kntc.reports.paper import paper_of
from kntc.reports.periods import Choice, choices, name_of

FIRST_YEAR = 2014


@dataclass(frozen=True)
class Line:
    """One row of the page: (value or None, address or "")."""

    label: str
    cells: tuple[tuple[int | None, str], ...]
    opens: str
    is_total: bool = False


@dataclass(frozen=True)
class Remark:
    """A finding with the list that shows it."""

    message: str
    url: str
    is_error: bool


class TableScreen:
    """Everything the page shows of one table. No statements."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.form: Form = compiled.form
        self._links = CellLinks(compiled)

    @property
    def header(self) -> list[list[HeaderCell]]:
        return form_header(self.form)

    @property
    def depth(self) -> int:
        return len(self.header)

    @property
    def marks(self) -> list[str]:
        return [column_mark(column) for column in self.form.columns]

    @property
    def period_line(self) -> str:
        return period_line(self.compiled.period.start, self.compiled.period.end)

    @property
    def attachment_line(self) -> str:
        return attachment_line(paper_of(self.compiled))

    @property
    def period_name(self) -> str:
        return name_of(self.compiled.period.start, self.compiled.period.end)

    def lines(self) -> Iterator[Line]:
        for row in self.compiled.rows:
            yield self._line(row)
        yield self._line(self.compiled.total, is_total=True)

    def _line(self, row: Row, is_total: bool = False) -> Line:
        address = self._links.row(row)
        numbers = [column.number for column in self.form.columns]
        cells = tuple(
            (value, f"{address}{n}" if value and address else "")
            for n in numbers
            for value in (row.values.get(n),)
        )
        opens = "" if is_total or row.agency == self.compiled.agency else row.agency.code
        return Line(row.label, cells, opens, is_total)

    @cached_property
    def remarks(self) -> list[Remark]:
        return [self._remark(finding) for finding in self.compiled.findings]

    def _remark(self, finding: Finding) -> Remark:
        row = finding.row or self.compiled.total
        opens = finding.opens or (str(finding.columns[0]) if finding.columns else "")
        return Remark(finding.message, self._links.cell(row, opens) if opens else "", finding.is_error)

    @property
    def errors(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.is_error]

    @property
    def doubts(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.is_error]

    @property
    def rule_count(self) -> int:
        return len(self.form.all_rules())


class PeriodChooser:
    """Presets of a year, the years beside it, and the address of each choice."""

    def __init__(self, agency_code: str, start: date, end: date, today: date) -> None:
        self._agency, self._start, self._end, self._today = agency_code, start, end, today

    @cached_property
    def year(self) -> int:
        """The reporting year of the period: one that ends after 14/12 belongs to the next."""
        return self._end.year + (1 if (self._end.month, self._end.day) > (12, 14) else 0)

    @property
    def presets(self) -> list[tuple[Choice, str]]:
        return [(c, self._address(c.start, c.end)) for c in choices(self._start, self._end, self.year)]

    @property
    def earlier(self) -> str:
        return self._in_year(self.year - 1) if self.year > FIRST_YEAR else ""

    @property
    def later(self) -> str:
        return self._in_year(self.year + 1) if self.year <= self._today.year else ""

    def _in_year(self, year: int) -> str:
        """The same preset in another year, or that whole year."""
        now = list(choices(self._start, self._end, self.year))
        there = list(choices(self._start, self._end, year))
        if not there:
            return ""
        at = next((i for i, choice in enumerate(now) if choice.active and i < len(there)), None)
        whole = next((choice for choice in there if choice.label == f"Năm {year}"), there[-1])
        chosen = there[at] if at is not None else whole
        return self._address(chosen.start, chosen.end)

    def _address(self, start: date, end: date) -> str:
        return "?" + urlencode({"co_quan": self._agency, "tu": start.isoformat(), "den": end.isoformat()})
