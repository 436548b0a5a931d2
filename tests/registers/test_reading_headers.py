# ruff: noqa: E501  rows of a sheet are rows of the source
"""The header is found wherever it stands and however it is built."""

from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kntc.registers.reading.columns import propose
from kntc.registers.reading.header import find_header, is_number_row
from tests.registers import books
from tests.registers.books import HEADER, book_of, fill, row, saved
from tests.registers.bringing import columns, read

ROWS = [row(1, "05/02/2018"), row(2, date(2018, 2, 6), "Tố cáo"), row(3, "07-02-18", "KNPA")]
TARGETS = [
    "stt",
    "received_on",
    "source",
    "name",
    "address",
    "id_number",
    "kind",
    "content",
    "handling",
    "note",
]


def test_one_header_row_and_nothing_above_it() -> None:
    found = read(book_of(HEADER, *ROWS))
    assert [column.target for column in found.plan.columns][:9] == TARGETS[:9]
    assert found.days == [date(2018, 2, 5), date(2018, 2, 6), date(2018, 2, 7)]
    assert [entry.kind for entry in found.entries] == ["complaint", "denunciation", "reflection"]


@pytest.mark.parametrize("height", [1, 3, 12, 60])
def test_a_title_block_of_any_height(height: int) -> None:
    above: list[list[Any]] = [["UBND HUYỆN TUY PHƯỚC", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]]
    above += [["SỔ THEO DÕI ĐƠN NĂM 2018"]] + [[]] * height
    found = read(book_of(*above, HEADER, *ROWS))
    assert found.plan.header.first == height + 2
    assert len(found.entries) == 3


@pytest.mark.parametrize(
    "order", [[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [6, 1, 3, 7, 0, 2, 5, 4, 9, 8], [7, 4, 3, 1, 6, 8, 2, 5, 0, 9]]
)
def test_columns_in_any_order(order: list[int]) -> None:
    found = read(book_of(*columns([HEADER, *ROWS], order)))
    assert found.days == [date(2018, 2, 5), date(2018, 2, 6), date(2018, 2, 7)]
    assert [entry.people[0].name for entry in found.entries] == [
        "Nguyễn Văn An",
        "Nguyễn Văn Bn",
        "Nguyễn Văn Cn",
    ]
    assert [entry.source for entry in found.entries] == ["post"] * 3


@pytest.mark.parametrize("style", ["({})", "{}", "[{}]"])
def test_a_row_of_column_numbers_is_no_petition(style: str) -> None:
    numbers = [style.format(number) for number in range(1, 11)]
    found = read(book_of(HEADER, numbers, *ROWS))
    assert found.plan.header.numbered
    assert len(found.entries) == 3


def test_column_numbers_as_numbers() -> None:
    found = read(book_of(HEADER, list(range(1, 11)), *ROWS))
    assert found.plan.header.numbered
    assert len(found.entries) == 3


def test_two_header_rows_tell_two_columns_of_one_name_apart() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet, [
        ["STT", "Ngày nhận", "Người viết đơn", "", "Người bị khiếu nại", "", "Loại đơn", "Nội dung", "Kết quả xử lý", ""],
        ["", "", "Họ tên", "Địa chỉ", "Họ tên", "Địa chỉ", "", "", "Hướng xử lý", "Cơ quan tiếp nhận"],
        [1, "05/02/2018", "Lê An", "xã Cát Hải", "Trần Bị", "xã Cát Minh", "KN", "Khiếu nại thu hồi đất", "Chuyển đơn", "Sở Y tế"],
        [2, "06/02/2018", "Lê Bình", "xã Cát Hải", "Trần Mắc", "xã Cát Minh", "KN", "Khiếu nại bồi thường", "Lưu đơn", ""],
    ])  # fmt: skip
    for span in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2", "H1:H2", "I1:J1"):
        sheet.merge_cells(span)
    first, second = read(saved(book)).entries
    assert (first.people[0].name, first.people[0].address) == ("Lê An", "xã Cát Hải")
    assert (first.handling, first.destination) == ("transfer", "Sở Y tế")
    assert [person.name for person in second.people] == ["Lê Bình"]


def test_a_reception_book_with_several_things_in_one_column() -> None:
    first, second, third = read(books.reception_book()).entries
    assert (first.received_on, first.kind, first.signatories) == (date(2019, 1, 7), "reflection", 2)
    assert (first.people[0].name, first.people[0].id_number) == ("Lê Thị Hoa", "211234567")
    assert (second.received_on, second.people[0].name) == (date(2019, 1, 9), "Trần Văn Bình")
    assert (second.handling, second.destination) == ("transfer", "Sở TN&MT")
    assert (third.kind, third.handling) == ("denunciation", "return")


def test_a_register_of_a_commune_in_its_own_words() -> None:
    first, second, third = read(books.commune_book()).entries
    assert [first.received_on, second.received_on, third.received_on] == [
        date(2018, 3, 5), date(2018, 3, 7), date(2018, 3, 12)
    ]  # fmt: skip
    assert [entry.kind for entry in (first, second, third)] == ["reflection", "reflection", "complaint"]
    assert second.destination == "Công an xã"
    assert (first.settled, third.settled) == (True, False)


def test_three_merged_header_rows_with_ticks_page_breaks_and_a_hidden_column() -> None:
    found = read(books.department_book())
    assert [entry.number for entry in found.entries] == ["12/ĐT", "13/ĐT", "20/ĐT"]
    assert [entry.kind for entry in found.entries] == ["complaint", "denunciation", "complaint"]
    assert [entry.source for entry in found.entries] == ["post", "counter", "post"]
    assert found.entries[1].people[0].address == "Phường Trần Phú, TP Quy Nhơn", "như trên"
    assert found.entries[2].received_on == date(2018, 2, 3), "the year stands in the heading"
    assert found.entries[2].signatories == 13
    assert set(found.reasons()) == {"heading", "page", "footer"}


def test_the_register_need_not_stand_on_the_first_sheet() -> None:
    found = read(books.many_sheets())
    assert [plan.name for plan in found.plans if plan.selected] == ["T1", "T2", "T3"]
    assert len(found.entries) == 3 + 4 + 5 - 0
    assert "nháp" in [plan.name for plan in found.plans if not plan.selected], "shown, not taken by itself"


def test_headings_say_the_kind_and_a_merged_row_is_a_second_signatory() -> None:
    found = read(books.by_kind_headings())
    assert [entry.kind for entry in found.entries][:3] == ["complaint", "complaint", "denunciation"]
    assert [person.name for person in found.entries[0].people] == ["Hồ Văn Tám", "Hồ Thị Chín"]
    assert found.entries[2].anonymous
    assert found.entries[3].is_rejected
    assert "loại đơn" in found.faults("kind")[0]


# ---- the finder on rows that nobody has thought of

_NOISE = st.lists(
    st.lists(
        st.sampled_from(["", "UBND XÃ", "Tháng", "Năm 2018", "Độc lập - Tự do", "ghi chú:", "a", 7, 2.5]),
        max_size=10,
    ),
    max_size=25,
)


@given(order=st.permutations(range(len(HEADER))), noise=_NOISE, gap=st.integers(0, 3))
@example(order=list(range(10)), noise=[], gap=0)
@settings(max_examples=120, deadline=None)
def test_any_order_of_columns_below_any_noise(order: list[int], noise: list[list[Any]], gap: int) -> None:
    header, *body = columns([HEADER, *ROWS], order)
    sheet = [
        [cell if cell is not None else "" for cell in line] for line in [*noise, *[[]] * gap, header, *body]
    ]
    found = find_header(sheet, [])
    assert found is not None
    assert found.last == len(noise) + gap
    proposed = propose(found, sheet[found.data_start :])
    wanted = {TARGETS[source]: place for place, source in enumerate(order)}
    assert {c.target: c.index for c in proposed if c.target not in ("", "note")} == {
        key: place for key, place in wanted.items() if key != "note"
    }


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=12), st.integers(-5, 99999), st.floats(), st.booleans()), max_size=12
        ),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_rows_break_the_finder(rows: list[list[Any]]) -> None:
    header = find_header(rows, [])
    if header is not None:
        assert header.data_start <= len(rows) + 1
    for line in rows:
        assert is_number_row(line) in (True, False)
