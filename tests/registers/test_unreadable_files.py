# ruff: noqa: E501  rows of a sheet are rows of the source
"""What is no register gets one clear sentence in Vietnamese that says what to do, and never another exception."""

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kntc.audit.errors import InvalidInput, Refused
from kntc.registers.actions import upload_register
from kntc.registers.examining import look
from kntc.registers.models import Batch, Status
from kntc.registers.reading import signature
from kntc.registers.reading.plan import make_plan
from kntc.registers.reading.signature import UnreadableRegister
from kntc.registers.reading.workbook import Workbook
from kntc.registers.running import import_at_once
from tests.factories import SYSTEM, Country
from tests.registers.books import HEADER, book_of, plain_register, row, saved, with_sheet
from tests.registers.bringing import examined, read

DATA = Path(__file__).parent / "data"


def compound(*streams: str) -> bytes:
    """An OLE container with these names in its directory: what Excel wraps an encrypted workbook in."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x5H", 0x3E, 3, 0xFFFE, 9, 6)
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return head.ljust(512, b"\0") + directory.ljust(2048, b"\0")


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


GOOD = plain_register(row(1), row(2))
ENCRYPTED_ODS = package(META_INF__manifest_xml=b"<manifest:encryption-data/>", content_xml=b"x").replace(
    b"META_INF", b"META-INF"
)
FILES: list[tuple[str, bytes, str]] = [
    ("empty", b"", "0 byte"),
    ("text", "Kính gửi UBND tỉnh\nĐơn khiếu nại".encode(), "không phải tệp Excel"),
    ("utf-16 text", "Đơn khiếu nại".encode("utf-16"), "không phải tệp Excel"),
    ("csv", b"STT,Ngay,Ho ten\n1,2,3\n", "không phải tệp Excel"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "tệp PDF"),
    ("html", b"\xef\xbb\xbf<html><table><tr><td>STT</td></tr></table></html>", "trang web"),
    ("spreadsheet xml", b'<?xml version="1.0"?><Workbook/>', "tệp XML"),
    ("word", package(word__document_xml=b"<w/>"), "tệp Word"),
    ("zip", package(anh_xml=b"x"), "tệp nén"),
    ("encrypted xlsx", compound("EncryptionInfo", "EncryptedPackage"), "đặt mật khẩu"),
    ("encrypted ods", ENCRYPTED_ODS, "đặt mật khẩu"),
    ("old word", compound("WordDocument"), "tệp Word"),
    ("msg", compound("__substg1.0"), "không phải bảng tính"),
    ("xls whose sectors run in a circle", compound("Workbook"), "quá lớn"),
    ("half", GOOD[: len(GOOD) // 2], "bị hỏng"),
    ("signature only", b"PK\x03\x04", "bị hỏng"),
    ("no sheets", package(xl__workbook_xml=b"<workbook/>"), "bị hỏng"),
    ("broken sheet", with_sheet(GOOD, b"<worksheet><sheetData><row r='1'><c r='A"), ""),
    ("blank sheet", book_of(), "trống"),
    ("a letter", book_of(["Kính gửi: UBND huyện"], ["Tôi tên là Nguyễn Văn A, xin trình bày như sau"]), "dòng tiêu đề"),
    ("another table", book_of(["Mã hàng", "Tên hàng", "Giá"], ["A1", "Gạo", 12000], ["A2", "Muối", 5000]), "dòng tiêu đề"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_what_is_no_register_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableRegister) as problem:
        read(content)
    message = str(problem.value)
    assert said in message
    assert message.endswith(".")
    assert any(word in message for word in ("lưu lại", "Chọn lại", "chọn lại", "xin bên gửi", "sao chép"))


def test_a_file_over_the_limit_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "LARGEST", 1024)
    with pytest.raises(UnreadableRegister, match="vượt quá"):
        Workbook(GOOD)


def test_200_megabytes_are_named() -> None:
    with pytest.raises(UnreadableRegister, match="200 MB vượt quá 50 MB"):
        signature.check_size(200 * 1024**2)


def test_a_zip_that_claims_to_unpack_to_gigabytes_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    bomb = out.getvalue().replace(struct.pack("<I", 11), struct.pack("<I", 2**31 - 1))
    with pytest.raises(UnreadableRegister, match="quá lớn"):
        Workbook(bomb)


def test_a_cell_of_sixty_million_letters_is_no_header() -> None:
    cells = b"<row><c t='inlineStr'><is><t>" + b"a" * 60_000_000 + b"</t></is></c></row>"
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    content = with_sheet(GOOD, sheet + cells + b"</sheetData></worksheet>")
    assert len(content) < 1_000_000
    with pytest.raises(UnreadableRegister):
        read(content)


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, title in enumerate(HEADER, 1):
        sheet.cell(1, column, title)
    for column, value in enumerate(row(1), 1):
        sheet.cell(2, column, value)
    sheet.cell(1_048_576, 16_384, "x")
    with pytest.raises(UnreadableRegister, match="quá lớn"):
        read(saved(book))


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_of_workbooks_read_alike(suffix: str) -> None:
    found = read((DATA / f"ba-don.{suffix}").read_bytes())
    assert [entry.kind for entry in found.entries] == ["complaint", "denunciation", "reflection"]
    assert [str(day) for day in found.days] == ["2018-02-05", "2018-02-06", "2018-03-12"]
    assert [entry.people[0].id_number for entry in found.entries] == [
        "052000000001",
        "052000000002",
        "052000000003",
    ]


@given(cut=st.integers(0, len(GOOD) - 1), noise=st.binary(min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_damaged_files_never_raise_anything_else(cut: int, noise: bytes) -> None:
    content = GOOD[:cut] + noise + GOOD[cut + len(noise) :]
    with suppress(UnreadableRegister), Workbook(content) as book:
        make_plan(book)


# ---- the same through the doors

NO_ROWS = book_of(["SỔ THEO DÕI ĐƠN"], HEADER)


def test_an_upload_that_is_no_workbook_leaves_nothing_behind(country: Country) -> None:
    for content in (b"", b"abc", GOOD[:100], compound("EncryptedPackage")):
        with pytest.raises(InvalidInput):
            upload_register(agency=country.commune, file_name="so.xlsx", content=content, by=SYSTEM)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (NO_ROWS, "không có dòng đơn nào"), (book_of(["Mã", "Tên"]), "dòng tiêu đề"), (book_of(), "trống"),
        (with_sheet(GOOD, b"<worksheet><sheetData><row r='1'><c r='A"), ""),
    ],
)  # fmt: skip
def test_a_workbook_without_register_is_kept_with_its_message(
    country: Country, content: bytes, said: str
) -> None:
    batch = examined(country.commune, content)
    assert batch.status == Status.UNREADABLE
    assert batch.message.endswith(".")
    assert said in batch.message


def test_the_command_line_gets_the_same_sentence(country: Country) -> None:
    with pytest.raises(UnreadableRegister, match="không có dòng đơn nào"):
        look(NO_ROWS, country.commune, SYSTEM)
    batch = upload_register(agency=country.commune, file_name="so.xlsx", content=NO_ROWS, by=SYSTEM)
    with pytest.raises(UnreadableRegister, match="không có dòng đơn nào"):
        import_at_once(batch, SYSTEM)


def test_a_body_that_does_not_use_the_system_has_no_register(country: Country) -> None:
    with pytest.raises(Refused) as problem:
        upload_register(agency=country.court, file_name="so.xlsx", content=GOOD, by=SYSTEM)
    assert "không dùng hệ thống" in problem.value.message
