"""The list writer: what goes in comes back as the same type, and prints without a hand's turn."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from kntc.documents import excel
from kntc.documents.excel import Column, Value, write_list

COLUMNS = (
    Column("Số đơn", 14),
    Column("Người gửi", 28),
    Column("Ngày nhận", 12, "date"),
    Column("Số người", 10, "number"),
    Column("Nhập lúc", 18, "datetime"),
)
ROW = ("BDI-2018-000001", "Nguyễn Thị Hồng", date(2018, 8, 30), 3, datetime(2018, 9, 1, 8, 5))


def written(*rows: tuple[Value, ...], **options: Any) -> Worksheet:
    data = write_list(COLUMNS, rows, title="DANH SÁCH ĐƠN", **options)
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def row_after_header(sheet: Worksheet, number: int = 1) -> tuple[Any, ...]:
    header = next(row for row in sheet.iter_rows() if row[0].value == "Số đơn")
    return tuple(cell.value for cell in sheet[header[0].row + number])


def test_numbers_and_dates_are_real_ones__R46() -> None:
    sheet = written(ROW)
    number, name, received, persons, entered = row_after_header(sheet)
    assert (number, name, persons) == ("BDI-2018-000001", "Nguyễn Thị Hồng", 3)
    assert received == datetime(2018, 8, 30)
    assert entered == datetime(2018, 9, 1, 8, 5)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == received]
    assert cells[0].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+84 905",
        "-1",
        "@SUM(A1)",
        "http://x.vn",
        "<b>&amp;\"'",
        "{{ 7*7 }}",
        "{=A1}",
    ],
)
def test_what_a_person_typed_never_runs_as_a_formula(text: str) -> None:
    cell = row_after_header(written((text, *ROW[1:])))[0]
    assert cell == text
    sheet = written((text, *ROW[1:]))
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_letters_that_no_office_file_can_hold_are_left_out() -> None:
    assert row_after_header(written(("A\x00B\x0bC\ud800D\ufffeE", *ROW[1:])))[0] == "ABCDE"


def test_an_identity_number_keeps_its_zeros_and_is_text() -> None:
    sheet = written(("052099001234", *ROW[1:]), (52099001234, *ROW[1:]))
    assert row_after_header(sheet)[0] == "052099001234"
    assert row_after_header(sheet, 2)[0] == "52099001234"


def test_a_cell_longer_than_excel_allows_says_that_there_is_more() -> None:
    cell = row_after_header(written(("đ😀" * 20_000, *ROW[1:])))[0]
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.endswith("(phần còn lại xem trên hệ thống)")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 0),
        (Decimal("12.50"), 12.5),
        (float("nan"), "nan"),
        (None, None),
        ("không rõ", "không rõ"),
        (True, "Có"),
        (date(1899, 5, 2), "02/05/1899"),
    ],
)
def test_each_kind_of_value_in_a_number_column(value: Value, expected: object) -> None:
    assert row_after_header(written((*ROW[:3], value, ROW[4])))[3] == expected


def test_a_moment_is_written_in_vietnamese_time(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Ho_Chi_Minh"
    late = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
    row = row_after_header(written((*ROW[:2], late, 1, late)))
    assert row[2] == datetime(2026, 2, 1)
    assert row[4] == datetime(2026, 2, 1, 1, 30)


def test_it_prints_on_a4_landscape_in_one_page_width_with_its_header_on_each_page__R46() -> None:
    sheet = written(
        *[ROW] * 5, agency_lines=("UBND TỈNH BÌNH ĐỊNH", "THANH TRA TỈNH"), lines=("Theo ngày nhận đơn",)
    )
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    header_row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Số đơn")
    assert sheet.print_title_rows == f"${header_row}:${header_row}"
    assert sheet.freeze_panes == f"A{header_row + 1}"
    assert sheet.auto_filter.ref == f"A{header_row}:E{header_row + 5}"
    assert [sheet.column_dimensions[c].width for c in "AB"] == [
        pytest.approx(14, abs=1),
        pytest.approx(28, abs=1),
    ]


def test_the_title_block_names_agency_title_and_basis__R19() -> None:
    sheet = written(ROW, agency_lines=("THANH TRA TỈNH",), lines=("Từ 30/8/2018, theo ngày nhập",))
    texts = [row[0].value for row in sheet.iter_rows(max_row=3)]
    assert texts == ["THANH TRA TỈNH", "DANH SÁCH ĐƠN", "Từ 30/8/2018, theo ngày nhập"]


def test_a_list_without_rows_is_still_a_good_file() -> None:
    sheet = written()
    assert row_after_header(sheet, 0)[:2] == ("Số đơn", "Người gửi")


def test_the_total_row_stands_below_and_outside_the_filter() -> None:
    sheet = written(ROW, ROW, total=("Tổng số", None, None, 6, None))
    assert row_after_header(sheet, 3)[3] == 6
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row - 1))


def test_the_file_tells_who_made_what() -> None:
    data = write_list(
        COLUMNS, [ROW], title="Danh sách đơn", author="Trần Văn Bình", agency_lines=("Sở Y tế",)
    )
    made = openpyxl.load_workbook(BytesIO(data)).properties
    assert (made.title, made.creator) == ("Danh sách đơn", "Trần Văn Bình")
    assert "tố cáo" in str(made.category)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "ROWS_A_SHEET", 3)
    book = openpyxl.load_workbook(
        BytesIO(write_list(COLUMNS, [ROW] * 7, title="Đơn", total=("Cộng", *[None] * 4)))
    )
    assert book.sheetnames == ["Danh sách", "Danh sách (2)", "Danh sách (3)"]
    assert [sum(r[0].value == ROW[0] for r in sheet.iter_rows()) for sheet in book] == [3, 3, 1]
    assert [sum(r[0].value == "Cộng" for r in sheet.iter_rows()) for sheet in book] == [0, 0, 1]


@pytest.mark.parametrize("name", ["02/XLD [kỳ]: *?", "'x'", "", "Rất dài " * 10])
def test_any_text_makes_a_sheet_name(name: str) -> None:
    book = openpyxl.load_workbook(BytesIO(write_list(COLUMNS, [ROW], title="Đơn", sheet=name)))
    assert 0 < len(book.sheetnames[0]) <= 31


def test_a_hundred_thousand_rows_stream_into_a_file(tmp_path: Path) -> None:
    made = 0

    def rows() -> Iterator[tuple[Value, ...]]:
        nonlocal made
        for made in range(1, 100_001):  # noqa: B007  the last number is what the test looks at
            yield ROW

    target = tmp_path / "lon.xlsx"
    assert write_list(COLUMNS, rows(), title="Danh sách", into=target) is None
    assert made == 100_000
    rows_read = python_calamine.load_workbook(target).get_sheet_by_index(0).to_python()
    assert sum(row[0] == ROW[0] for row in rows_read) == 100_000


def test_a_row_of_the_wrong_length_is_a_mistake_of_ours_and_raises() -> None:
    with pytest.raises(ValueError, match="longer"):
        write_list(COLUMNS, [("1",)], title="Đơn")


def test_a_failure_half_way_leaves_no_half_file_behind(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Value, ...]]:
        yield ROW
        raise RuntimeError("the database is gone")

    target = tmp_path / "do-dang.xlsx"
    with pytest.raises(RuntimeError, match="database"):
        write_list(COLUMNS, rows(), title="Danh sách", into=target)
    assert not target.exists()


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    sheet = written(("1", "Nguyễn Thị Hồng " * 20, *ROW[2:]), ROW)
    header = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Số đơn")
    assert sheet.row_dimensions[header + 1].height == 15 * 10
    assert sheet.row_dimensions[header + 2].height is None
