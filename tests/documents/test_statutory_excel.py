"""The statutory table in Excel is the printed form: header tree, numbers, period, signatures, real numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kntc.documents.statutory import FormPaper, FormRow, attachment_line, column_mark, form_header, write_form


@dataclass(frozen=True)
class Column:
    number: int
    formula: str | None
    header: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The shape of law.tables.Form, small."""

    code: str = "02/XLD"
    title: str = "TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN"
    document: str = "06/2025/TT-TTCP"
    row_header: str = "Đơn vị"
    note_line: int = 8
    columns: tuple[Column, ...] = (
        Column(1, None, ("Tổng số đơn",)),
        Column(2, "3+4=5+6", ("Số đơn thuộc thẩm quyền", "Khiếu nại", "Tổng số đơn")),
        Column(3, None, ("Số đơn thuộc thẩm quyền", "Khiếu nại", "Theo thẩm quyền", "Lần đầu")),
        Column(4, None, ("Số đơn thuộc thẩm quyền", "Khiếu nại", "Theo thẩm quyền", "Lần 2")),
        Column(5, None, ("Số đơn thuộc thẩm quyền", "Khiếu nại", "Theo lĩnh vực", "Đất đai")),
        Column(6, None, ("Số đơn thuộc thẩm quyền", "Khiếu nại", "Theo lĩnh vực", "Khác")),
        Column(7, None, ("Số đơn không thuộc thẩm quyền", "Kết quả xử lý", "Chuyển đơn")),
    )


FORM = Form()
PAPER = FormPaper(
    date(2025, 12, 15),
    date(2026, 3, 14),
    agency_lines=("ỦY BAN NHÂN DÂN TỈNH GIA LAI", "THANH TRA TỈNH"),
    report_number="12/BC-TTr",
    report_date=date(2026, 3, 18),
    report_agency="Thanh tra tỉnh Gia Lai",
    notes=("Số liệu theo ngày nhận đơn.",),
    place="Gia Lai",
    maker="Trần Văn Bình",
    signer="Nguyễn Thị Hồng",
)
ROWS = (
    FormRow("Sở Y tế", {1: 280, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 5}),
    FormRow("UBND phường Quy Nhơn", {1: 42, 2: 9, 3: 4, 4: 5, 5: 9, 6: 0}),
)
TOTAL = {1: 322, 2: 9, 3: 4, 4: 5, 5: 9, 6: 0, 7: 5}


def written(rows: tuple[FormRow, ...] = ROWS, paper: FormPaper = PAPER, **total: Any) -> Worksheet:
    data = write_form(FORM, rows, total=TOTAL, paper=paper)
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def line(sheet: Worksheet, first: object) -> list[Any]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == first)


def test_numbers_are_numbers_and_zero_is_shown__R46() -> None:
    sheet = written()
    assert line(sheet, "Sở Y tế")[1:] == [280, 0, 0, 0, 0, 0, 5]
    assert line(sheet, "Tổng số")[1:] == [322, 9, 4, 5, 9, 0, 5]
    assert {c.number_format for row in sheet.iter_rows() for c in row if c.value == 280} == {"#,##0"}


def test_a_figure_that_is_not_known_stays_empty_and_is_not_zero() -> None:
    assert line(written(), "UBND phường Quy Nhơn")[7] is None


def test_money_keeps_its_decimals() -> None:
    sheet = written((FormRow("Sở Y tế", {1: Decimal("1234567.25")}),))
    assert line(sheet, "Sở Y tế")[1] == 1234567.25
    assert sheet.column_dimensions["B"].width > 12


def test_the_numbers_row_prints_the_formulas_as_the_form_does() -> None:
    assert line(written(), "MS") == ["MS", 1, "2= 3+4= 5+6", 3, 4, 5, 6, 7]
    assert column_mark(Column(6, "7+8=9+10+11", ())) == "6= 7+8= 9+10+11"


def test_the_header_tree_is_merged_as_printed() -> None:
    sheet = written()
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Đơn vị")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    expected = {("A", 0, "A", 3), ("B", 0, "B", 3), ("C", 0, "G", 0), ("C", 1, "G", 1), ("C", 2, "C", 3)}
    expected |= {("D", 2, "E", 2), ("F", 2, "G", 2), ("H", 0, "H", 1)}
    assert {f"{a}{top + b}:{c}{top + d}" for a, b, c, d in expected} <= merged
    assert sheet.cell(top + 2, 8).value == "Kết quả xử lý"
    assert sheet.cell(top + 3, 8).value == "Chuyển đơn"


def test_the_head_names_bodies_form_period_and_report() -> None:
    texts = [str(cell.value) for row in written().iter_rows() for cell in row if cell.value is not None]
    assert texts[:3] == ["ỦY BAN NHÂN DÂN TỈNH GIA LAI", "02/XLD", "THANH TRA TỈNH"]
    assert "Số liệu tính từ ngày 15/12/2025 đến ngày 14/03/2026" in texts
    assert "(Kèm theo Báo cáo số: 12/BC-TTr ngày 18 tháng 3 năm 2026 của Thanh tra tỉnh Gia Lai)" in texts
    assert "8. Ghi chú: Số liệu theo ngày nhận đơn." in texts
    assert texts.index("NGƯỜI LẬP BIỂU") < texts.index("Trần Văn Bình") < texts.index("Nguyễn Thị Hồng")


def test_what_is_not_known_yet_is_left_to_be_written_by_hand() -> None:
    bare = FormPaper(date(2026, 1, 1), date(2026, 1, 31))
    assert attachment_line(bare) == ("(Kèm theo Báo cáo số: ………… ngày …… tháng …… năm ……… của …………)")
    assert line(written(paper=bare), "Tổng số")[1] == 322


def test_it_prints_on_one_page_width_of_a4_landscape_and_repeats_its_header__R46() -> None:
    sheet = written()
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Đơn vị")
    assert sheet.print_title_rows == f"${top}:${top + 4}"
    assert sheet.freeze_panes == f"B{top + 5}"


@pytest.mark.parametrize("name", ["=1+1", "<b>&", "{{ 7*7 }}", "A\x00B", "Ban " * 80])
def test_any_name_of_a_body_is_only_text(name: str) -> None:
    sheet = written((FormRow(name, {1: 1}),))
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert line(sheet, " ".join(name.replace("\x00", "").split()))[1] == 1


def test_the_screen_gets_the_same_header() -> None:
    rows = form_header(FORM)
    assert [(cell.text, cell.columns, cell.rows) for cell in rows[0]] == [
        ("Tổng số đơn", 1, 4),
        ("Số đơn thuộc thẩm quyền", 5, 1),
        ("Số đơn không thuộc thẩm quyền", 1, 2),
    ]
