"""A statutory table as the printed form itself: header tree, numbers row, period, signatures, A4 landscape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Protocol

import xlsxwriter

from kntc.documents.excel import FONT, LOOKS, lines_of, properties, sheet_name
from kntc.documents.headers import HeaderCell, header_cells, header_depth, header_rows
from kntc.documents.text import office_text, one_line
from kntc.vietnamese import long_date, short_date

Number = int | Decimal
DOTS = "…………"
UNIT_WIDTH = 24.0
# Headings that the printed form draws over more than one row (TT 06/2025, biểu 02/XLD).
TALL = {"02/XLD": {"Số đơn không thuộc thẩm quyền": 2}}


class FormColumn(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def formula(self) -> str | None: ...
    @property
    def header(self) -> tuple[str, ...]: ...


class StatutoryForm(Protocol):
    """What the writer needs of law.tables.Form."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def row_header(self) -> str: ...
    @property
    def note_line(self) -> int: ...
    @property
    def columns(self) -> Sequence[FormColumn]: ...


@dataclass(frozen=True, slots=True)
class FormRow:
    """One body's line: values by column number; a column without a value stays empty ("chưa xác định")."""

    label: str
    values: Mapping[int, Number]


@dataclass(frozen=True, slots=True)
class FormPaper:
    """What stands around the table; what is not known yet is left as dots to write on."""

    start: date
    end: date
    agency_lines: Sequence[str] = ()  # superior body, then the body that reports
    report_number: str = ""
    report_date: date | None = None
    report_agency: str = ""
    notes: Sequence[str] = ()
    place: str = ""
    signed_on: date | None = None
    maker: str = ""
    signer_title: str = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"
    signer: str = ""


def form_header(form: StatutoryForm) -> list[list[HeaderCell]]:
    """The header of the form, row by row, for a screen; column 0 is the form's first number."""
    return header_rows(_paths(form), TALL.get(form.code))


def column_mark(column: FormColumn) -> str:
    """The number as the form prints it: "6= 7+8= 9+10+11"."""
    return f"{column.number}= " + column.formula.replace("=", "= ") if column.formula else str(column.number)


def period_line(start: date, end: date) -> str:
    return f"Số liệu tính từ ngày {short_date(start)} đến ngày {short_date(end)}"


def attachment_line(paper: FormPaper) -> str:
    number = one_line(paper.report_number) or DOTS
    day = long_date(paper.report_date) if paper.report_date else "ngày …… tháng …… năm ………"
    return f"(Kèm theo Báo cáo số: {number} {day} của {one_line(paper.report_agency) or DOTS})"


def write_form(
    form: StatutoryForm,
    rows: Sequence[FormRow],
    *,
    total: Mapping[int, Number],
    paper: FormPaper,
    author: str = "",
) -> bytes:
    """The table as an .xlsx file of one sheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties(properties(f"{form.code} - {form.title}", author, *paper.agency_lines[-1:]))
        sheet = workbook.add_worksheet(sheet_name(form.code.replace("/", "-")))
        _Form(workbook, sheet, form).write(rows, total, paper)
    return target.getvalue()


def _paths(form: StatutoryForm) -> list[tuple[str, ...]]:
    return [tuple(map(one_line, column.header)) for column in form.columns]


class _Form:
    """Writes from the top down; column 0 is the body's name, column i the form's i-th number."""

    def __init__(self, workbook: Any, sheet: Any, form: StatutoryForm) -> None:
        self._sheet = sheet
        self._form = form
        self._last = len(form.columns)
        self._row = 0
        self._looks = _looks(workbook)

    def write(self, rows: Sequence[FormRow], total: Mapping[int, Number], paper: FormPaper) -> None:
        body = [*rows, FormRow("Tổng số", total)]
        self._set_up(body)
        self._write_head(paper)
        first = self._write_header()
        for row in rows:
            self._write_row(row, "")
        self._write_row(body[-1], "total_")
        self._write_notes(paper.notes)
        self._write_signatures(paper)
        self._sheet.repeat_rows(first, first + header_depth(_paths(self._form), self._tall))
        self._sheet.print_area(0, 0, self._row, self._last)

    @property
    def _tall(self) -> Mapping[str, int] | None:
        return TALL.get(self._form.code)

    def _set_up(self, body: Sequence[FormRow]) -> None:
        sheet = self._sheet
        self._widths = [UNIT_WIDTH, *(_width(column, body) for column in self._form.columns)]
        for index, width in enumerate(self._widths):
            sheet.set_column(index, index, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=20 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
        sheet.center_horizontally()
        sheet.set_footer(f"&R&8{self._form.code.replace('&', '&&')} - trang &P/&N")

    def _write_head(self, paper: FormPaper) -> None:
        code = self._last - 1
        for number, line in enumerate(paper.agency_lines or ("",)):
            is_last = number == len(paper.agency_lines) - 1
            self._merge(0, min(7, code - 1), one_line(line), "agency_bold" if is_last else "agency")
            if number == 0:
                self._merge(code, self._last, self._form.code, "code")
            self._row += 1
        for text, look, height in (
            (self._form.title, "title", 20),
            (period_line(paper.start, paper.end), "period", 18),
            (attachment_line(paper), "attachment", 18),
        ):
            self._sheet.set_row(self._row, height)
            self._merge(0, self._last, text, look)
            self._row += 1
        self._row += 1

    def _write_header(self) -> int:
        first = self._row
        cells = header_cells(_paths(self._form), self._tall)
        depth = header_depth(_paths(self._form), self._tall)
        for row, height in enumerate(self._header_heights(cells, depth)):
            self._sheet.set_row(first + row, height)
        self._box(first, first + depth - 1, 0, 0, one_line(self._form.row_header), "header")
        for cell in cells:
            self._box(
                first + cell.top, first + cell.bottom, cell.first + 1, cell.last + 1, cell.text, "header"
            )
        self._row = first + depth
        self._write_marks()
        self._sheet.freeze_panes(self._row, 1)
        return first

    def _header_heights(self, cells: Sequence[HeaderCell], depth: int) -> list[float]:
        heights = [15.0] * depth
        for cell in sorted(cells, key=lambda cell: cell.rows):
            width = sum(self._widths[cell.first + 1 : cell.last + 2])
            missing = 13 * _word_lines(cell.text, width) + 4 - sum(heights[cell.top : cell.bottom + 1])
            heights[cell.bottom] += max(0, missing)
        return heights

    def _write_marks(self) -> None:
        self._sheet.write_string(self._row, 0, "MS", self._looks["mark"])
        marks = [column_mark(column) for column in self._form.columns]
        lines = max(_word_lines(mark, width) for mark, width in zip(marks, self._widths[1:], strict=True))
        self._sheet.set_row(self._row, 12 * lines + 4)
        for index, (mark, column) in enumerate(zip(marks, self._form.columns, strict=True), start=1):
            if column.formula:
                self._sheet.write_string(self._row, index, mark, self._looks["mark"])
            else:
                self._sheet.write_number(self._row, index, column.number, self._looks["mark"])
        self._row += 1

    def _write_row(self, row: FormRow, kind: str) -> None:
        label = one_line(row.label)
        self._sheet.set_row(self._row, max(18, 14 * lines_of(label, UNIT_WIDTH * 1.25) + 4))
        self._sheet.write_string(self._row, 0, label, self._looks[f"{kind}label"])
        for index, column in enumerate(self._form.columns, start=1):
            value = row.values.get(column.number)
            if value is None:
                self._sheet.write_blank(self._row, index, None, self._looks[f"{kind}integer"])
                continue
            look = "integer" if value == int(value) else "decimal"
            self._sheet.write_number(self._row, index, value, self._looks[kind + look])
        self._row += 1

    def _write_notes(self, notes: Sequence[str]) -> None:
        text = " ".join(one_line(note) for note in notes)
        line = f"{self._form.note_line}. Ghi chú: {text}".rstrip()
        self._sheet.set_row(self._row, 15 * lines_of(line, sum(self._widths) * 1.1) + 3)
        self._merge(0, self._last, line, "note")
        self._row += 2

    def _write_signatures(self, paper: FormPaper) -> None:
        day = long_date(paper.signed_on) if paper.signed_on else "ngày …… tháng …… năm ………"
        middle = max(1, (self._last + 1) // 2)
        for left, right, look, height in (
            ("", f"{one_line(paper.place) or DOTS}, {day}", "place", 18),
            ("NGƯỜI LẬP BIỂU", one_line(paper.signer_title), "signer", 18),
            ("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, ghi rõ họ tên)", "hint", 18),
            ("", "", "hint", 60),
            (one_line(paper.maker), one_line(paper.signer), "signer", 18),
        ):
            self._sheet.set_row(self._row, height)
            self._merge(0, middle - 1, left, look)
            self._merge(middle, self._last, right, look)
            self._row += 1

    def _merge(self, first: int, last: int, text: str, look: str) -> None:
        self._box(self._row, self._row, first, last, text, look)

    def _box(self, top: int, bottom: int, first: int, last: int, text: str, look: str) -> None:
        if top != bottom or first != last:
            self._sheet.merge_range(top, first, bottom, last, "", self._looks[look])
        self._sheet.write_string(top, first, office_text(text), self._looks[look])


def _width(column: FormColumn, body: Sequence[FormRow]) -> float:
    """Wide enough for the largest value (one that does not fit shows as ####) and for the printed formula."""
    values = [row.values[column.number] for row in body if column.number in row.values]
    shown = [f"{value:,.0f}" if value == int(value) else f"{value:,.2f}" for value in values]
    longest = max(map(len, shown), default=0)
    formula = max(map(len, column_mark(column).split()))
    return max(6.4, longest * 1.05 + 0.8, formula * 0.65)


def _word_lines(text: str, width: float) -> int:
    """Lines that whole words take in a narrow column of small bold letters."""
    used, lines = 0.0, 1
    for word in text.split():
        length = len(word) * 0.85
        if used and used + 0.6 + length > width:
            used, lines = 0.0, lines + 1
        used += length + (0.6 if used else 0)
    return lines


def _looks(workbook: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 12, "valign": "vcenter", "text_wrap": True}
    centred = base | {"align": "center"}
    boxed = centred | {"border": 1, "font_size": 10, "bold": True}
    cell = base | {"border": 1, "font_size": 11}
    styles = {
        "agency": centred,
        "agency_bold": centred | {"bold": True},
        "code": base | {"bold": True, "align": "right"},
        "title": centred | {"bold": True, "font_size": 14},
        "period": centred | {"bold": True},
        "attachment": centred | {"italic": True},
        "header": boxed,
        "mark": boxed | {"bold": False, "font_size": 9},
        "label": cell | {"num_format": "@"},
        "note": base | {"bold": True, "valign": "top"},
        "place": centred | {"italic": True},
        "signer": centred | {"bold": True},
        "hint": centred | {"italic": True, "font_size": 11},
    } | {look: cell | LOOKS[look] | {"text_wrap": False} for look in ("integer", "decimal")}
    styles |= {f"total_{look}": styles[look] | {"bold": True} for look in ("label", "integer", "decimal")}
    return {name: workbook.add_format(style) for name, style in styles.items()}
