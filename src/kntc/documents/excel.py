"""Lists in Excel, ready to print: typed cells, frozen header, filter, A4 landscape in one page width."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Literal, overload

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name

from kntc.documents.text import office_text, one_line

Kind = Literal["text", "date", "number", "datetime"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a line of sums: {column}, {first} and {last} become those of the list; `result` is its value now."""

    text: str
    result: int


Value = str | int | float | Decimal | date | datetime | Formula | None
Target = str | Path | IO[bytes]

FONT = "Times New Roman"
# Excel takes 1,048,576 rows a sheet; a longer list goes on in the next sheet, nothing is dropped.
ROWS_A_SHEET = 1_000_000
LONGEST_CELL = 32_767
LINE = 15  # points
HIGHEST_ROW = 409  # points, Excel's own limit
CUT_MARK = " … (phần còn lại xem trên hệ thống)"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list; `width` is in characters.

    A value is written by what it is; but in a text column a number is text (CCCD, number of a paper), and in
    a date column a moment is its day.
    """

    title: str
    width: float = 16
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    lines: tuple[str, ...]
    agency_lines: tuple[str, ...]


@overload
def write_list(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    lines: Sequence[str] = ...,
    agency_lines: Sequence[str] = ...,
    total: Sequence[Value] | None = ...,
    totals: Sequence[Sequence[Value]] = ...,
    sheet: str = ...,
    author: str = ...,
    into: None = ...,
) -> bytes: ...


@overload
def write_list(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    lines: Sequence[str] = ...,
    agency_lines: Sequence[str] = ...,
    total: Sequence[Value] | None = ...,
    totals: Sequence[Sequence[Value]] = ...,
    sheet: str = ...,
    author: str = ...,
    into: Target,
) -> None: ...


def write_list(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    lines: Sequence[str] = (),
    agency_lines: Sequence[str] = (),
    total: Sequence[Value] | None = None,
    totals: Sequence[Sequence[Value]] = (),
    sheet: str = "Danh sách",
    author: str = "",
    into: Target | None = None,
) -> bytes | None:
    """A list as an .xlsx file, row by row: memory does not grow with `rows`, which may be a generator.

    `lines` stand under the title (period, date basis, filter), `agency_lines` at the top left, the last bold.
    `totals` are the last lines, `total` the very last.
    Returns the file, or writes it to `into` (path or binary file) and returns None.
    """
    target: Target = BytesIO() if into is None else into
    head = _Head(one_line(title), tuple(map(one_line, lines)), tuple(map(one_line, agency_lines)))
    workbook = xlsxwriter.Workbook(_path_or_file(target), {"constant_memory": True})
    try:
        workbook.set_properties(properties(head.title, author, *head.agency_lines[-1:]))
        last = totals if total is None else [*totals, total]
        _write_sheets(workbook, columns, iter(rows), head, last, sheet)
    except BaseException:
        _drop(workbook, target)
        raise
    workbook.close()
    return target.getvalue() if into is None and isinstance(target, BytesIO) else None


def properties(title: str, author: str, agency: str = "") -> dict[str, str]:
    """The file's properties as Excel shows them under Tệp, Thông tin."""
    return {
        "title": title,
        "subject": title,
        "author": one_line(author) or agency,
        "company": agency,
        "category": "Số liệu tiếp công dân, xử lý đơn, giải quyết khiếu nại, tố cáo",
        "comments": "Xuất từ hệ thống KNTC",
    }


def lines_of(value: object, width: float) -> int:
    """How many lines of `width` letters the text takes."""
    if not isinstance(value, str) or (len(value) <= width and "\n" not in value):
        return 1
    return sum(max(1, math.ceil(len(part) / width)) for part in value.split("\n"))


def sheet_name(text: str, number: int = 1) -> str:
    """Excel's rules for sheet names: at most 31 characters, none of []:*?/\\, no apostrophe at either end."""
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in one_line(text)).strip().strip("'")
    ending = f" ({number})" if number > 1 else ""
    return (clean[: 31 - len(ending)].rstrip() or "Danh sách") + ending


def _drop(workbook: Any, target: Target) -> None:
    """Half a list looks like a whole one: it does not stay."""
    workbook.close()  # removes its temporary files
    if isinstance(target, str | Path):
        Path(target).unlink(missing_ok=True)


def _path_or_file(target: Target) -> str | IO[bytes]:
    return str(target) if isinstance(target, Path) else target


def _write_sheets(
    workbook: Any,
    columns: Sequence[Column],
    rows: Iterator[Sequence[Value]],
    head: _Head,
    totals: Sequence[Sequence[Value]],
    name: str,
) -> None:
    formats = _Formats(workbook)
    number = 1
    rest: Iterator[Sequence[Value]] | None = rows
    while rest is not None:
        sheet = _Sheet(workbook.add_worksheet(sheet_name(name, number)), columns, formats)
        sheet.begin(head)
        sheet.write(islice(rest, ROWS_A_SHEET))
        rest = _remaining(rest)
        sheet.end(totals if rest is None else ())
        number += 1


def _remaining(rows: Iterator[Sequence[Value]]) -> Iterator[Sequence[Value]] | None:
    first = next(rows, None)
    return None if first is None else chain((first,), rows)


class _Formats:
    """The looks of one workbook; `cell` and `total` give the look of a value by what it is."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": FONT, "font_size": 11, "valign": "top"}
        boxed = base | {"border": 1}
        self._workbook = workbook
        self.agency = self._add(base, font_size=12)
        self.agency_bold = self._add(base, font_size=12, bold=True)
        self.title = self._add(
            base, font_size=14, bold=True, align="center", valign="vcenter", text_wrap=True
        )
        self.line = self._add(base, italic=True, align="center", valign="vcenter", text_wrap=True)
        self.header = self._add(
            boxed, bold=True, align="center", valign="vcenter", text_wrap=True, bg_color="#F2E7E7"
        )
        self.cell = {look: self._add(boxed, **LOOKS[look]) for look in LOOKS}
        self.total = {look: self._add(boxed, bold=True, **LOOKS[look]) for look in LOOKS}

    def _add(self, base: dict[str, Any], **look: Any) -> Any:
        return self._workbook.add_format(base | look)


LOOKS: dict[str, dict[str, Any]] = {
    # "@" keeps a CCCD or "=1+1" as text when someone edits the cell; beyond 255 letters old Excel shows ####.
    "text": {"text_wrap": True, "num_format": "@"},
    "long": {"text_wrap": True},
    "integer": {"align": "right", "num_format": "#,##0"},
    "decimal": {"align": "right", "num_format": "#,##0.00"},
    "date": {"align": "center", "num_format": "dd/mm/yyyy"},
    "datetime": {"align": "center", "num_format": "dd/mm/yyyy hh:mm"},
}


class _Sheet:
    """One sheet, written from the top down (XlsxWriter keeps one row in memory)."""

    def __init__(self, worksheet: Any, columns: Sequence[Column], formats: _Formats) -> None:
        self._sheet = worksheet
        self._columns = columns
        self._writers = [_WRITERS_OF.get(column.kind, _WRITERS) for column in columns]
        self._formats = formats
        self._row = 0
        self._header_row = 0

    def begin(self, head: _Head) -> None:
        self._set_up()
        for number, text in enumerate(head.agency_lines, start=1):
            last = number == len(head.agency_lines)
            look = self._formats.agency_bold if last else self._formats.agency
            self._sheet.write_string(self._row, 0, text, look)
            self._row += 1
        self._across(head.title, self._formats.title, 20)
        for line in head.lines:
            self._across(line, self._formats.line, 16)
        self._row += 1
        self._write_header()

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        for values in rows:
            self._write_row(values, self._formats.cell)

    def end(self, totals: Sequence[Sequence[Value]]) -> None:
        last_row = max(self._row - 1, self._header_row)
        last_column = len(self._columns) - 1
        self._sheet.autofilter(self._header_row, 0, last_row, last_column)
        for total in totals:
            placed = [self._placed(value, index, last_row) for index, value in enumerate(total)]
            self._write_row(placed, self._formats.total)
        self._sheet.print_area(0, 0, max(self._row - 1, self._header_row), last_column)

    def _placed(self, value: Value, column: int, last_row: int) -> Value:
        if not isinstance(value, Formula):
            return value
        letter, first = xl_col_to_name(column), self._header_row + 2
        return Formula(value.text.format(column=letter, first=first, last=last_row + 1), value.result)

    def _set_up(self) -> None:
        sheet = self._sheet
        for index, column in enumerate(self._columns):
            sheet.set_column(index, index, column.width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&10Trang &P/&N")
        # CCCD and petition numbers are text on purpose: no green corners.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _make_room(self, values: Sequence[Value]) -> None:
        """Height for the longest cell: LibreOffice does not fit rows to wrapped text by itself.

        A column of 10 digits holds 13 letters of running text; 12 leave room for the words at line ends.
        """
        lines = max(
            (
                lines_of(value, column.width * 1.2)
                for value, column in zip(values, self._columns, strict=True)
            ),
            default=1,
        )
        if lines > 1:
            self._sheet.set_row(self._row, min(LINE * lines, HIGHEST_ROW))

    def _across(self, text: str, look: Any, height: float) -> None:
        width = sum(column.width for column in self._columns)
        lines = lines_of(text, width / 1.3)  # bold capitals are wide
        self._sheet.set_row(self._row, height * lines)
        if len(self._columns) > 1:
            self._sheet.merge_range(self._row, 0, self._row, len(self._columns) - 1, "", look)
        self._sheet.write_string(self._row, 0, text, look)
        self._row += 1

    def _write_header(self) -> None:
        self._make_room([column.title + "  ▾" for column in self._columns])  # ▾: the filter's button
        for index, column in enumerate(self._columns):
            self._sheet.write_string(self._row, index, one_line(column.title), self._formats.header)
        self._header_row = self._row
        self._sheet.repeat_rows(self._row)
        self._row += 1
        self._sheet.freeze_panes(self._row, 0)

    def _write_row(self, values: Sequence[Value], looks: dict[str, Any]) -> None:
        row, sheet = self._row, self._sheet
        self._make_room(values)
        for index, (value, writers) in enumerate(zip(values, self._writers, strict=True)):
            write = writers.get(type(value)) or _writer(writers, value)
            write(sheet, row, index, value, looks)
        self._row += 1


def _write_nothing(sheet: Any, row: int, column: int, value: None, looks: dict[str, Any]) -> None:
    sheet.write_blank(row, column, None, looks["text"])


def _write_text(sheet: Any, row: int, column: int, value: object, looks: dict[str, Any]) -> None:
    text = office_text(value)
    if not text:
        return _write_nothing(sheet, row, column, None, looks)
    if len(text) * 2 > LONGEST_CELL:
        text = _shortened(text)
    # write_string, never write: "=HYPERLINK(…)" stays the text that somebody typed.
    sheet.write_string(row, column, text, looks["long" if len(text) > 255 else "text"])


def _shortened(text: str) -> str:
    """Excel counts UTF-16 units."""
    data = text.encode("utf-16-le")
    if len(data) <= LONGEST_CELL * 2:
        return text
    room = LONGEST_CELL - len(CUT_MARK)
    return data[: room * 2].decode("utf-16-le", errors="ignore") + CUT_MARK


def _write_integer(sheet: Any, row: int, column: int, value: int, looks: dict[str, Any]) -> None:
    sheet.write_number(row, column, value, looks["integer"])


def _write_decimal(sheet: Any, row: int, column: int, value: float | Decimal, looks: dict[str, Any]) -> None:
    if not math.isfinite(value):
        return _write_text(sheet, row, column, value, looks)
    sheet.write_number(row, column, value, looks["integer" if value == int(value) else "decimal"])


def _write_date(sheet: Any, row: int, column: int, value: date, looks: dict[str, Any]) -> None:
    if value.year < 1900:  # Excel's calendar begins there
        return _write_text(sheet, row, column, f"{value.day:02}/{value.month:02}/{value.year:04}", looks)
    sheet.write_datetime(row, column, value, looks["date"])


def _write_datetime(sheet: Any, row: int, column: int, value: datetime, looks: dict[str, Any]) -> None:
    local = _local(value)
    if local.year < 1900:
        return _write_date(sheet, row, column, local.date(), looks)
    sheet.write_datetime(row, column, local, looks["datetime"])


def _local(value: datetime) -> datetime:
    return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value


def _write_yes_no(sheet: Any, row: int, column: int, value: bool, looks: dict[str, Any]) -> None:
    _write_text(sheet, row, column, "Có" if value else "Không", looks)


def _write_day(sheet: Any, row: int, column: int, value: datetime, looks: dict[str, Any]) -> None:
    _write_date(sheet, row, column, _local(value).date(), looks)


_Writer = Callable[[Any, int, int, Any, dict[str, Any]], None]
_WRITERS: dict[type, _Writer] = {
    type(None): _write_nothing,
    bool: _write_yes_no,
    str: _write_text,
    int: _write_integer,
    float: _write_decimal,
    Decimal: _write_decimal,
    date: _write_date,
    datetime: _write_datetime,
    Formula: lambda sheet, row, column, value, looks: sheet.write_formula(
        row, column, value.text, looks["integer"], value.result
    ),
}
_WRITERS_OF: dict[str, dict[type, _Writer]] = {
    "text": _WRITERS | {int: _write_text, float: _write_text, Decimal: _write_text},
    "date": _WRITERS | {datetime: _write_day},
}


def _writer(writers: dict[type, _Writer], value: object) -> _Writer:
    """For subclasses (SafeString, IntegerChoices) and whatever else has a text."""
    return next((writers[base] for base in type(value).__mro__ if base in writers), _write_text)
