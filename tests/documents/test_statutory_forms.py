"""The six forms of TT 06/2025 themselves, through the writer and through LibreOffice."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest

from kntc.documents.pdf import to_pdf
from kntc.documents.statutory import FormPaper, FormRow, column_mark, form_header, write_form
from kntc.law.tables import Form, form, forms
from tests.documents.papers import lines_of

PAPER = FormPaper(
    date(2025, 12, 15), date(2026, 3, 14), agency_lines=("ỦY BAN NHÂN DÂN TỈNH GIA LAI", "THANH TRA TỈNH")
)
ALL = [pytest.param(one, id=one.code) for one in forms()]


def written(one: Form, value: int) -> bytes:
    values = {column.number: value for column in one.columns}
    rows = [
        FormRow("Sở Nông nghiệp và Môi trường", values),
        FormRow("Ủy ban nhân dân phường Quy Nhơn Bắc", values),
    ]
    return write_form(one, rows, total=dict.fromkeys(values, 2 * value), paper=PAPER)


@pytest.mark.parametrize("one", ALL)
def test_every_column_of_the_form_has_its_own_cell_heading_and_number(one: Form) -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(one, 7))).worksheets[0]
    marks = next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "MS")
    assert [str(mark) for mark in marks[1:]] == [column_mark(column) for column in one.columns]
    leaves = [cell for row in form_header(one) for cell in row if cell.is_leaf]
    assert sorted(cell.first for cell in leaves) == list(range(len(one.columns)))
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {part for column in one.columns for part in column.header} <= texts
    assert f"{one.note_line}. Ghi chú:" in texts


@pytest.mark.parametrize("one", ALL)
def test_every_value_of_every_column_arrives(one: Form) -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(one, 123_456))).worksheets[0]
    total = next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "Tổng số")
    assert total[1:] == [246_912] * len(one.columns)


def test_the_heading_of_what_is_not_competent_spans_two_rows_as_printed() -> None:
    (heading,) = [
        cell for cell in form_header(form("02/XLD"))[0] if cell.text == "Số đơn không thuộc thẩm quyền"
    ]
    assert (heading.rows, heading.columns) == (2, 3)


@pytest.mark.parametrize("code", ["02/XLD", "05/KQTH"])
def test_it_prints_on_one_landscape_page_with_all_its_figures__R46(code: str, tmp_path: Path) -> None:
    file = tmp_path / "bieu.pdf"
    file.write_bytes(to_pdf(written(form(code), 98_765), ".xlsx"))
    (page,) = pypdf.PdfReader(file).pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 595)
    text = "\n".join(lines_of(file))
    # No figure is cut to ####.
    assert text.count("98,765") + text.count("98.765") == 2 * len(form(code).columns)
    assert "#" not in text
