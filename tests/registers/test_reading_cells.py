# ruff: noqa: E501  rows of a sheet are rows of the source
"""Every usual writing of a cell is understood; everything else gets a sentence that says what to do."""

import math
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from kntc.registers.reading.cells import read_id, read_names, read_people, read_phone, split_paper, text_of
from kntc.registers.reading.header import is_number_row
from kntc.registers.reading.kinds import CellProblem, read_handling, read_kind, read_source
from tests.registers.books import HEADER, book_of, fill, plain_register, row, saved
from tests.registers.bringing import read

DAYS: list[tuple[Any, date]] = [
    ("05/02/2018", date(2018, 2, 5)),
    ("5/2/2018", date(2018, 2, 5)),
    ("05.02.2018", date(2018, 2, 5)),
    ("05-02-18", date(2018, 2, 5)),
    ("5/2/99", date(1999, 2, 5)),
    ("2018-02-05", date(2018, 2, 5)),
    ("ngày 5 tháng 2 năm 2018", date(2018, 2, 5)),
    ("Ngày 05/02/2018", date(2018, 2, 5)),
    (" 05 / 02 / 2018 ", date(2018, 2, 5)),
    (datetime(2018, 2, 5, 14, 30), date(2018, 2, 5)),
    (date(2018, 2, 5), date(2018, 2, 5)),
    (43136, date(2018, 2, 5)),
    (43136.6, date(2018, 2, 5)),
    ("43136", date(2018, 2, 5)),
]


def test_a_day_in_every_writing() -> None:
    found = read(plain_register(*(row(n, day) for n, (day, _) in enumerate(DAYS, 1))))
    assert found.days == [day for _, day in DAYS]
    assert not any(entry.is_rejected for entry in found.entries)


BAD_DAYS: list[tuple[Any, str, str]] = [
    ("31/02/2018", "không có trong lịch", "28/02/2018"),
    ("tháng 9/2018", "thiếu ngày", ""),
    ("01/16/2018", "tháng phải từ 01 đến 12", "16/01/2018"),
    ("2018", "chỉ có năm", ""),
    (2018, "chỉ có năm", ""),
    ("hôm qua", "Không đọc được ngày “hôm qua”", ""),
    ("05/02/2018 và 06/02/2018", "có nhiều ngày", ""),
    ("", "Chưa có ngày", ""),
    ("05/02/2099", "chưa đến", ""),
    ("05/02/1918", "quá xa", ""),
    ("00/02/2018", "không có trong lịch", ""),
    ("05/02/201", "Năm", ""),
    (-4, "Không đọc được ngày", ""),
    (True, "Không đọc được ngày", ""),
]


def test_a_day_that_is_none_says_so_and_offers_the_nearest() -> None:
    rows = [row(1), *(row(n, day) for n, (day, _, _) in enumerate(BAD_DAYS, 2))]
    _, *entries = read(plain_register(*rows)).entries
    assert len(entries) == len(BAD_DAYS)
    for entry, (day, said, proposal) in zip(entries, BAD_DAYS, strict=True):
        fault = next(fault for fault in entry.faults if fault.target == "received_on")
        assert entry.is_rejected
        assert said in fault.message, day
        assert fault.proposal == proposal
        assert fault.column == "Ngày nhận đơn"


@pytest.mark.parametrize(
    ("written", "kind", "reflection"),
    [
        ("Khiếu nại", "complaint", ""), ("KN", "complaint", ""), ("Đơn khiếu nại", "complaint", ""),
        ("khieu nai", "complaint", ""), ("K/N", "complaint", ""), ("Khiếu naị", "complaint", ""),
        ("KHIẾU NẠI LẦN 2", "complaint", ""), ("Tố cáo", "denunciation", ""), ("TC", "denunciation", ""),
        ("Tố cáo nặc danh", "denunciation", ""), ("Kiến nghị", "reflection", "proposal"),
        ("Phản ánh", "reflection", "feedback"), ("PA", "reflection", "feedback"), ("KNPA", "reflection", ""),
        ("Kiến nghị, phản ánh", "reflection", ""), ("Đề nghị", "reflection", "proposal"),
    ],
)  # fmt: skip
def test_kinds(written: str, kind: str, reflection: str) -> None:
    found = read_kind(written)
    assert (found.kind, found.reflection_kind) == (kind, reflection)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Khiếu nại, tố cáo", "nhiều loại đơn"), ("Đơn gì đó", "Không rõ loại đơn"), ("", "Chưa ghi loại đơn"),
        ("Khiếu mại", ""), ("<b>x</b>", "Không rõ loại đơn"), ("123", "Không rõ loại đơn"),
    ],
)  # fmt: skip
def test_unknown_kinds_say_what_to_write(written: str, said: str) -> None:
    if not said:
        assert read_kind(written).doubt, "one letter wrong is read, with a doubt"
        return
    with pytest.raises(CellProblem, match=said):
        read_kind(written)


@pytest.mark.parametrize(
    ("written", "source", "body"),
    [
        ("Bưu điện", "post", ""), ("qua bưu chính", "post", ""), ("Trực tiếp", "counter", ""),
        ("Hòm thư góp ý", "suggestion_box", ""), ("Trực tuyến", "online", ""), ("Email", "online", ""),
        ("Cơ quan khác chuyển đến", "other_agency", ""), ("UBND tỉnh chuyển", "other_agency", "UBND tỉnh"),
        ("Thanh tra Chính phủ chuyển đến", "other_agency", "Thanh tra Chính phủ"),
        ("Đoàn ĐBQH tỉnh", "assembly", "Đoàn ĐBQH tỉnh"),
    ],
)  # fmt: skip
def test_sources(written: str, source: str, body: str) -> None:
    found = read_source(written)
    assert (found.source, found.body) == (source, body)


@pytest.mark.parametrize(
    ("written", "handling"),
    [
        ("Thụ lý", "accept"), ("Không thụ lý", "decline"), ("Hướng dẫn", "guide"), ("Chuyển đơn", "transfer"),
        ("Trả lại đơn", "return"), ("Lưu đơn", "file"), ("Đôn đốc", "urge"), ("Đang xử lý", ""), ("", ""),
    ],
)  # fmt: skip
def test_handlings(written: str, handling: str) -> None:
    assert read_handling(written).handling == handling


def test_a_handling_names_the_body_it_sends_to() -> None:
    assert read_handling("Chuyển đơn đến UBND huyện Tuy Phước").destination == "UBND huyện Tuy Phước"


@pytest.mark.parametrize(
    ("cell", "number", "doubted"),
    [
        ("052079369970", "052079369970", False), (52079369970, "052079369970", True), ("211234567", "211234567", False),
        (21123456.0, "021123456", True), ("052 079 369 970", "052079369970", False), ("CMND: 211234567", "211234567", False),
        ("211234567, cấp ngày 01/02/2010", "211234567", False), ("B1234567", "B1234567", False), ("không", "", False),
        ("'052079369970", "052079369970", False),
    ],
)  # fmt: skip
def test_identity_numbers_get_back_the_zeros_that_excel_cut_off(
    cell: Any, number: str, doubted: bool
) -> None:
    found = read_id(cell)
    assert found.number == number
    assert bool(found.doubt) is doubted


@pytest.mark.parametrize("cell", ["12345", "5.20793E+11", "1234567890123", "abc"])
def test_identity_numbers_that_are_none(cell: str) -> None:
    with pytest.raises(CellProblem, match="Số giấy tờ"):
        read_id(cell)


@pytest.mark.parametrize(
    ("written", "names", "people"),
    [
        ("NGUYỄN VĂN A", ("Nguyễn Văn A",), None), ("Ông Trần Bình", ("Trần Bình",), None),
        ("Võ Thị Bé và 12 hộ dân", ("Võ Thị Bé",), 13), ("Lê An, Lê Bình", ("Lê An", "Lê Bình"), None),
        ("Lê An\nTrần Bình", ("Lê An", "Trần Bình"), None), ("LÊ AN VÀ TRẦN BÌNH", ("Lê An", "Trần Bình"), None), ("15 hộ dân thôn 3", ("15 hộ dân thôn 3",), 15),
        ("Hồ Thị Hòa và các hộ dân", ("Hồ Thị Hòa",), None),
    ],
)  # fmt: skip
def test_names(written: str, names: tuple[str, ...], people: int | None) -> None:
    found = read_names(written)
    assert (found.names, found.people) == (names, people)


@pytest.mark.parametrize(
    "written", ["Nặc danh", "không ghi tên", "Người dân giấu tên", "Mạo danh", "không rõ họ tên"]
)
def test_nobody_has_signed(written: str) -> None:
    assert read_names(written).anonymous


@pytest.mark.parametrize(
    ("cell", "count"), [("05 người", 5), (2.0, 2), ("5,0", 5), ("12 hộ dân", 12), ("", None)]
)
def test_counts_of_people(cell: Any, count: int | None) -> None:
    assert read_people(cell) == count


@pytest.mark.parametrize("cell", ["nhiều người", "0", -3, "một"])
def test_counts_of_people_that_are_none(cell: Any) -> None:
    with pytest.raises(CellProblem, match="số người"):
        read_people(cell)


def test_telephone_numbers_and_papers() -> None:
    assert read_phone(905123456) == "0905123456"
    found = split_paper("Số 484/PC-STNMT ngày 11/01/2018")
    assert (found.number, found.on) == ("484/PC-STNMT", date(2018, 1, 11))
    assert split_paper("31/TB ngày 31/02/2018").doubt


def test_formulas_come_in_as_what_they_show_and_formula_like_text_as_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet, [HEADER, row(1, name="=HYPERLINK(1)"), row(2)])
    sheet["D2"].data_type = "s"
    sheet["D3"] = "=1+1"  # a formula that no program has ever computed shows nothing
    first, second = read(saved(book)).entries
    assert first.people[0].name == "=HYPERLINK(1)"
    assert second.anonymous or second.people[0].name in ("", "2")


def test_html_and_control_characters_stay_text_or_go() -> None:
    content = "<script>alert(1)</script> Đề nghị\u200b xem\ufeff xét"
    (entry,) = read(plain_register(row(1, content=content, name="Lê\u00a0An"))).entries
    assert entry.content == "<script>alert(1)</script> Đề nghị xem xét"
    assert text_of("a\x00b\x1fc\nd") == "abc\nd"
    assert text_of("Tie\u0302\u0301ng") == "Tiếng", "composed, as everything else is"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e300])
def test_numbers_that_are_no_numbers(number: float) -> None:
    assert isinstance(text_of(number), str)
    assert is_number_row([1, 2, number]) is False
    (entry,) = read(plain_register(row(1, name="Lê An"))).entries
    assert entry.people[0].name == "Lê An"


def test_a_very_long_cell_is_kept_whole() -> None:
    content = "Đề nghị xem xét việc bồi thường đất. " * 850
    (entry,) = read(plain_register(row(1, content=content))).entries
    assert len(entry.content) > 31_000


def test_an_unknown_source_lets_the_row_in_and_keeps_the_words() -> None:
    (entry,) = read(plain_register(row(1, source="Nhặt được ngoài cổng"))).entries
    assert not entry.is_rejected
    assert entry.source == ""
    assert "Nguồn đơn (sổ ghi): Nhặt được ngoài cổng" in entry.notes


def test_a_column_that_means_nothing_to_us_goes_into_the_note() -> None:
    (entry,) = read(book_of([*HEADER, "Kẹp hồ sơ"], [*row(1), "Tủ 3 ngăn 2"])).entries
    assert "Kẹp hồ sơ: Tủ 3 ngăn 2" in entry.notes
