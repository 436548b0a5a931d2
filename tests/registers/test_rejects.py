"""Rows that could not come in go back as an Excel file with the reasons beside them, and come in once mended."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kntc.petitions.models import Petition
from kntc.registers.models import Batch
from kntc.registers.queries import faulty_rows, rejects_of
from kntc.registers.rejects import REASONS
from tests.factories import Country
from tests.registers import books
from tests.registers.books import HEADER, book_of, plain_register, row, with_sheet
from tests.registers.bringing import bring_in, counts, read

TITLE = [["UBND XÃ AN LƯƠNG"], ["SỔ THEO DÕI ĐƠN NĂM 2018"], []]
ROWS = [
    row(1, "05/02/2018"), row(2, "31/02/2018", name="Lê Sai Ngày"), row(3, "tháng 9/2018"), row(4, kind="Đơn lạ"),
    row(5, "07/02/2018", "Tố cáo"), row(6, "32/01/2018", "Tố cáo", name="Trần Giấu Tên"),
]  # fmt: skip


def opened(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def saved(sheet: Worksheet) -> bytes:
    out = BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(out)
    return out.getvalue()


def values(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


@pytest.fixture
def batch(country: Country) -> Batch:
    return bring_in(country.commune, book_of(*TITLE, HEADER, [f"({n})" for n in range(1, 11)], *ROWS))


def test_bad_rows_go_back_as_they_stood_with_the_reason_beside_them(batch: Batch) -> None:
    assert counts(batch) == (2, 0, 4)
    sheet = opened(rejects_of(batch))
    lines = values(sheet)
    assert lines[3][:10] == HEADER
    assert lines[3][10:13] == list(REASONS)
    back = lines[5:]
    assert [line[0] for line in back] == [2, 3, 4, 6]
    assert [line[12] for line in back] == [7, 8, 9, 11], "where it stood in the file"
    assert back[0][:10] == [value or None for value in ROWS[1]]
    assert "Ngày nhận đơn: Ngày 31/02/2018 không có trong lịch" in back[0][10]
    assert back[0][11] == "28/02/2018"
    assert "thiếu ngày" in back[1][10]
    assert "Loại đơn: Không rõ loại đơn “Đơn lạ”" in back[2][10]


def test_the_cell_at_fault_is_marked(batch: Batch) -> None:
    sheet = opened(rejects_of(batch))
    marked = {
        cell.coordinate for line in sheet.iter_rows() for cell in line if cell.fill.fgColor.rgb == "FFFFE3C2"
    }
    assert marked == {"B6", "B7", "G8", "B9"}


def test_mended_rows_come_in_and_nothing_twice(batch: Batch, country: Country) -> None:
    sheet = opened(rejects_of(batch))
    sheet["B6"], sheet["B7"], sheet["G8"] = "28/02/2018", date(2018, 9, 14), "Khiếu nại"
    again = bring_in(country.commune, saved(sheet))
    assert counts(again) == (3, 0, 1)
    assert Petition.objects.count() == 5
    assert Petition.objects.filter(text__note__contains="Lý do trả lại").count() == 0, (
        "our reasons are no note of theirs"
    )
    assert set(Petition.objects.values_list("received_on", flat=True)) >= {
        date(2018, 2, 28),
        date(2018, 9, 14),
    }

    last = opened(rejects_of(again))
    assert [line[:1] for line in values(last)[5:]] == [[6]]
    assert values(last)[3].count(REASONS[0]) == 1, "the reasons of last time do not pile up"
    last["B6"] = "31/01/2018"
    assert counts(bring_in(country.commune, saved(last))) == (1, 0, 0)
    assert counts(bring_in(country.commune, saved(sheet))) == (0, 3, 1)


def test_the_whole_file_mended_brings_only_what_was_missing(batch: Batch, country: Country) -> None:
    mended = [list(line) for line in ROWS]
    mended[1][1], mended[2][1], mended[3][6], mended[5][1] = "28/02/2018", "14/09/2018", "KN", "31/01/2018"
    assert counts(bring_in(country.commune, plain_register(*mended))) == (4, 2, 0)


def test_a_denouncers_name_is_in_no_list_of_faults(batch: Batch) -> None:
    assert "Giấu Tên" not in " ".join(str(fault) for fault in faulty_rows(batch))
    assert "Giấu Tên" not in str(batch.preview)


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+84905",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "http://example.org",
    "<b>x</b>",
    "'=1",
]


def test_no_cell_of_theirs_becomes_a_formula_or_a_link_of_ours(country: Country) -> None:
    book = openpyxl.load_workbook(
        BytesIO(plain_register(*(row(n, "31/02/2018", content=f"Đề nghị {n}") for n in range(1, 10))))
    )
    sheet = book.worksheets[0]
    for number, text in enumerate(HOSTILE, 2):
        for column in "DHJ":
            cell = sheet[f"{column}{number}"]
            cell.value = text
            cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    batch = bring_in(country.commune, out.getvalue())
    assert batch.rejected == 9
    back = opened(rejects_of(batch))
    for line in back.iter_rows():
        for cell in line:
            assert cell.data_type != "f", cell.coordinate
            assert cell.hyperlink is None
    assert [cell.value for cell in back["D"]][1:] == HOSTILE


@pytest.mark.parametrize(
    "make", [books.reception_book, books.commune_book, books.by_kind_headings, books.department_book]
)
def test_every_layout_goes_back_and_is_read_again(country: Country, make: Any) -> None:
    batch = bring_in(country.commune, make())
    rejected = {(sheet, number) for sheet, number, *_ in faulty_rows(batch)}
    assert len(rejected) == batch.rejected
    if not rejected:
        assert batch.created
        return
    again = read(rejects_of(batch))
    assert len(again.entries) == batch.rejected


def test_a_register_of_several_sheets_goes_back_sheet_by_sheet(country: Country) -> None:
    book = openpyxl.Workbook()
    for number, sheet in enumerate(
        (book.worksheets[0], book.create_sheet("Quý II"), book.create_sheet("Quý III"))
    ):
        books.fill(
            sheet,
            [HEADER, row(1 + 10 * number), *([row(2 + 10 * number, "31/02/2018")] if number != 1 else [])],
        )
    batch = bring_in(country.commune, books.saved(book))
    assert counts(batch) == (3, 0, 2)
    back = openpyxl.load_workbook(BytesIO(rejects_of(batch)))
    assert back.sheetnames == ["Sheet", "Quý III"]


def test_odd_cells_go_back_too(country: Country) -> None:
    content = plain_register(
        row(1, "31/02/2018", note=0.1), row(2, True, address=1e300), row(3, date(1899, 12, 31))
    )
    batch = bring_in(country.commune, content)
    assert len(values(opened(rejects_of(batch)))) == 1 + batch.rejected


def test_numbers_that_are_none_go_back_as_text(country: Country) -> None:
    content = plain_register(row(1, "31/02/2018", note=12345.5))
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    batch = bring_in(country.commune, with_sheet(content, sheet.replace(b"12345.5", b"NaN")))
    assert values(opened(rejects_of(batch)))[1][9] == "nan"


def test_rows_go_back_with_what_stood_above_or_below_them(country: Country) -> None:
    """Further signatories, cells merged over several rows, "như trên", and headings of kind and month."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    header = ["STT", "Ngày nhận đơn", "Họ và tên", "Địa chỉ", "Nội dung đơn"]
    books.fill(sheet, [
        header,
        ["Tháng 3/2020"], ["ĐƠN KHIẾU NẠI"],
        [1, "02/3/2020", "Hồ Văn Tám", "xã Cát Hải", "Khiếu nại quyết định thu hồi đất"],
        [2, "32/3/2020", "Lý Thị Mười", "nt", "Khiếu nại mức hỗ trợ di dời"], ["", "", "Lý Thị Hai", "xã Cát Tiến", ""],
        [3, "5/3", "Vũ Văn Nam", "xã Cát Minh", "Khiếu nại giá đất"],
        ["ĐƠN TỐ CÁO"],
        [4, "40/3", "Trần Văn Kín", "xã Cát Minh", "Tố cáo trưởng thôn"],
    ])  # fmt: skip
    for span in ("A5:A6", "B5:B6", "E5:E6"):
        sheet.merge_cells(span)
    batch = bring_in(country.commune, books.saved(book))
    assert counts(batch) == (2, 0, 2)
    back = opened(rejects_of(batch))
    cells = {cell.value: cell for line in back.iter_rows() for cell in line if cell.value}
    cells["32/3/2020"].value, cells["40/3"].value = "22/3/2020", "24/3"
    assert counts(bring_in(country.commune, saved(back))) == (2, 0, 0)
    mended = Petition.objects.get(received_on="2020-03-22")
    people = mended.parties.order_by("position").values_list("name", "address")
    assert list(people) == [("Lý Thị Mười", "xã Cát Hải"), ("Lý Thị Hai", "xã Cát Tiến")]
    assert (mended.kind, mended.signatories) == ("complaint", 2)
    assert Petition.objects.get(received_on="2020-03-24").kind == "denunciation"
