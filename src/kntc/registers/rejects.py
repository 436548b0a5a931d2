"""The rows that did not come in, as a workbook to mend and import again: its own columns, the reasons beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter

from kntc.registers.reading.entry import PERSON_TARGETS
from kntc.registers.reading.header import HEAD_ROWS
from kntc.registers.reading.kinds import KIND_LABELS
from kntc.registers.reading.plan import SheetPlan
from kntc.registers.reading.records import Context, Record, joining_columns, records
from kntc.registers.reading.workbook import Cell, Row, Sheet, Workbook
from kntc.vietnamese import short_date

REASONS = ("Lý do trả lại", "Đề nghị sửa", "Dòng trong tệp gốc")
RETURNED = "returned"  # their target in targets.toml
LONGEST_CELL = 32_767
_WIDTHS = {"stt": 6, "content": 60, "address": 36, "name": 24, "name_address": 40, "note": 24}


@dataclass
class Rejected:
    """One row's faults: reasons, proposals, and the titles of the columns at fault."""

    reasons: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)


def gather(faults: Iterable[tuple[str, int, str, str, str]]) -> dict[str, dict[int, Rejected]]:
    """(sheet, row, column, message, proposal) → sheet → row → what is wrong with it."""
    found: dict[str, dict[int, Rejected]] = defaultdict(dict)
    for sheet, row, column, message, proposal in faults:
        rejected = found[sheet].setdefault(row, Rejected())
        rejected.reasons.append(f"{column}: {message}" if column else message)
        rejected.columns.add(column)
        if proposal:
            rejected.proposals.append(proposal)
    return found


def write(
    book: Workbook, plans: Sequence[SheetPlan], rejected: Mapping[str, Mapping[int, Rejected]]
) -> bytes:
    out = BytesIO()
    # Text stays text: a cell that begins with = + - @ is what somebody typed, never a formula of ours.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(out, options) as target:
        for plan in plans:
            # Names of sheets are cut where the faults are stored.
            if rows := rejected.get(plan.name[:64]):
                _Sheet(target, book, plan).write(rows)
    return out.getvalue()


class _Sheet:
    def __init__(self, target: Any, book: Workbook, plan: SheetPlan) -> None:
        self.book, self.plan = book, plan
        self.source: Sheet = book.sheets[plan.index]
        self.sheet = target.add_worksheet(plan.name)
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        self.plain = target.add_format(base)
        self.faulty = target.add_format({**base, "bg_color": "#FFE3C2"})
        self.reason = target.add_format({**base, "font_color": "#8B1A1A"})
        self.head = target.add_format(
            {**base, "bold": True, "align": "center", "valign": "vcenter", "border": 1}
        )
        self.dates = {
            name: target.add_format({**base, "num_format": "dd/mm/yyyy", **more})
            for name, more in (("plain", {}), ("faulty", {"bg_color": "#FFE3C2"}))
        }
        # Where a workbook of ours comes back, its reasons give way to the new ones.
        own = [column.index + 1 for column in plan.columns if column.target != RETURNED]
        self.width = max(own, default=0)

    def write(self, rows: Mapping[int, Rejected]) -> None:
        at = self._write_head()
        context = Context()
        for record in records(self.book, self.source, self.plan.header, self.plan.targets):
            if isinstance(record, Record) and (found := rows.get(record.row)):
                at = self._write_headings(at, context, record.context)
                context = record.context
                at = self._write_record(at, record, found)
        for column in self.plan.columns:
            self.sheet.set_column(column.index, column.index, _WIDTHS.get(column.target, 16))
        self.sheet.set_column(self.width, self.width, 60)
        self.sheet.set_column(self.width + 1, self.width + 2, 20)

    def _write_head(self) -> int:
        """Everything down to the column numbers as it stands in the file, so that it reads the same again."""
        header = self.plan.header
        covered: set[tuple[int, int]] = set()
        rows = self.book.head(self.source, min(header.data_start, HEAD_ROWS + 1))
        for top, left, bottom, right in self.source.spans:
            inside = bottom < header.data_start and top < len(rows) and left < self.width
            if inside and (top, left) != (bottom, right):
                self._merge(rows, top, left, bottom, right)
                covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        for number, row in enumerate(rows):
            titled = number >= header.first
            for column, cell in enumerate(row[: self.width]):
                if (number, column) not in covered and cell != "":
                    self._cell(number, column, cell, self.head if titled else self.plain)
        for offset, title in enumerate(REASONS):
            self._over(header.first, header.last, self.width + offset, title)
        self.sheet.freeze_panes(header.data_start, 0)
        return header.data_start

    def _merge(self, rows: Sequence[Row], top: int, left: int, bottom: int, right: int) -> None:
        cell = rows[top][left] if left < len(rows[top]) else ""
        titled = top >= self.plan.header.first
        self.sheet.merge_range(top, left, bottom, right, "", self.head if titled else self.plain)
        self._cell(top, left, cell, self.head if titled else self.plain)

    def _over(self, first: int, last: int, column: int, title: str) -> None:
        if first == last:
            self.sheet.write_string(first, column, title, self.head)
        else:
            self.sheet.merge_range(first, column, last, column, title, self.head)

    def _write_headings(self, at: int, before: Context, now: Context) -> int:
        """What headings between the rows said, said again: the rows would not be understood without them."""
        if now.period and now.period != before.period:
            start, end = short_date(now.period.start), short_date(now.period.end)
            self.sheet.write_string(at, 0, f"Từ ngày {start} đến ngày {end}", self.head)
            at += 1
        if now.kind != before.kind:
            label = KIND_LABELS.get(now.kind, "khác")
            self.sheet.write_string(at, 0, f"Đơn {label.lower()}", self.head)
            at += 1
        return at

    def _write_record(self, at: int, record: Record, found: Rejected) -> int:
        """With merged and "như trên" cells filled in: the rows they pointed to are not here."""
        self._write_row(at, record.cells, found, record.row)
        for offset, cells in enumerate(record.more, 1):
            self._write_cells(at + offset, self._own(cells, record), found)
        last = at + len(record.more)
        if last > at:
            for column in joining_columns(self.plan.targets):
                self.sheet.merge_range(at, column, last, column, "", self.plain)
                self._cell(at, column, record.cells[column], self.plain)
        return last + 1

    def _own(self, cells: Row, record: Record) -> Row:
        """A further row without what merged cells gave it: a fault is to be mended in one place."""
        people = {index for index, target in self.plan.targets.items() if target in PERSON_TARGETS}
        return [
            cell if index in people or cell not in record.cells[index : index + 1] else ""
            for index, cell in enumerate(cells)
        ]

    def _write_row(self, at: int, cells: Row, found: Rejected, number: int) -> None:
        self._write_cells(at, cells, found)
        self.sheet.write_string(at, self.width, "\n".join(found.reasons), self.reason)
        self.sheet.write_string(at, self.width + 1, "\n".join(found.proposals), self.reason)
        self.sheet.write_number(at, self.width + 2, number, self.plain)

    def _write_cells(self, at: int, cells: Row, found: Rejected) -> None:
        for column, cell in enumerate(cells[: self.width]):
            faulty = self.plan.header.title(column) in found.columns
            if cell != "" or faulty:
                self._cell(at, column, cell, self.faulty if faulty else self.plain, faulty=faulty)

    def _cell(self, row: int, column: int, cell: Cell, style: Any, *, faulty: bool = False) -> None:
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, style)
        elif isinstance(cell, int | float) and isfinite(cell):
            self.sheet.write_number(row, column, cell, style)
        elif isinstance(cell, datetime | date):
            self._date(row, column, cell, faulty)
        elif isinstance(cell, str):
            self.sheet.write_string(row, column, cell[:LONGEST_CELL], style)
        else:
            self.sheet.write_string(row, column, str(cell), style)

    def _date(self, row: int, column: int, cell: date, faulty: bool) -> None:
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        if moment.year < 1900:  # Excel knows no day before
            self.sheet.write_string(row, column, cell.isoformat(), self.plain)
        else:
            self.sheet.write_datetime(row, column, moment, self.dates["faulty" if faulty else "plain"])


def of_content(
    content: bytes, plans: Sequence[SheetPlan], faults: Iterable[tuple[str, int, str, str, str, str]]
) -> bytes:
    """`faults`: (sheet, row, column, value, message, proposal)."""
    found = gather(
        (sheet[:64], row, column, message, proposal) for sheet, row, column, _, message, proposal in faults
    )
    with Workbook(content) as book:
        return write(book, plans, found)
