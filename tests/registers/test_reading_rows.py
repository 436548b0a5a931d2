# ruff: noqa: E501  rows of a sheet are rows of the source
"""Totals, page breaks, headings, signatures and blank rows are no petitions; petitions are never lost."""

from typing import Any

import pytest

from tests.registers.books import HEADER, book_of, plain_register, row
from tests.registers.bringing import read

NUMBERS = [f"({n})" for n in range(1, 11)]


def test_blank_rows_and_prepared_numbers_are_passed_over() -> None:
    found = read(plain_register(row(1), [], row(2), [3], ["4."], [], row(5)))
    assert [entry.stt for entry in found.entries] == ["1", "2", "5"]
    assert found.skipped == []


def test_the_header_comes_again_at_each_page() -> None:
    found = read(plain_register(row(1), HEADER, NUMBERS, row(2), HEADER, row(3)))
    assert [entry.row for entry in found.entries] == [2, 5, 7]
    assert found.reasons() == ["page", "page", "page"]


@pytest.mark.parametrize(
    "total",
    [
        ["Tổng cộng", "", "", 3], ["Tổng cộng: 3 đơn"], ["", "", "", "Tổng số: 3"], ["Cộng", 3], ["Cộng", "3 đơn"], ["Tổng số", "", "03 lượt"], ["TỔNG", "", "3"],
        ["Tổng số đơn", "", "", "", "", "", 3],
    ],
)  # fmt: skip
def test_a_total_row_is_recognised_and_its_number_read(total: list[Any]) -> None:
    found = read(plain_register(row(1), row(2), row(3), total))
    assert len(found.entries) == 3
    (skipped,) = found.skipped
    assert (skipped.reason, skipped.total, skipped.counted) == ("total", 3, (3, 3))


def test_totals_of_pages_count_since_the_one_before() -> None:
    found = read(
        plain_register(row(1), row(2), ["Cộng trang: 2"], row(3), ["Cộng trang: 1"], ["Tổng cộng: 3"])
    )
    assert [item.counted for item in found.skipped] == [(2, 2), (1, 3), (0, 3)]


@pytest.mark.parametrize(
    "block",
    [
        [["", "", "", "", "", "", "", "NGƯỜI LẬP BIỂU"], ["", "", "", "", "", "", "", "(Ký, ghi rõ họ tên)"], ["", "", "", "", "", "", "", "Lê Thị A"]],
        [["", "", "Bình Định, ngày 01 tháng 3 năm 2018"], ["", "TM. ỦY BAN NHÂN DÂN", "", "", "", "", "", "CHỦ TỊCH"], ["", "", "", "", "", "", "", "Trần Văn B"]],
        [["Nơi nhận:"], ["- Như trên;"], ["- Lưu VT."], ["", "", "", "", "", "", "", "GIÁM ĐỐC"]],
        [["", "Người lập", "", "", "", "", "", "Thủ trưởng đơn vị"], ["", "Lê Thị A", "", "", "", "", "", "Trần Văn B"]],
    ],
)  # fmt: skip
def test_a_signature_block_is_no_petition(block: list[list[Any]]) -> None:
    found = read(plain_register(row(1), row(2), [], *block))
    assert len(found.entries) == 2
    assert {item.reason for item in found.skipped} == {"footer"}


@pytest.mark.parametrize("column", [0, 2, 3])
def test_a_heading_tells_the_kind_in_whatever_cell_it_stands(column: int) -> None:
    def heading(text: str) -> list[Any]:
        return [""] * column + [text]

    found = read(
        plain_register(
            heading("I. ĐƠN KHIẾU NẠI"),
            row(1, kind=""),
            row(2, kind=""),
            heading("II. ĐƠN TỐ CÁO"),
            row(3, kind=""),
        )
    )
    assert [entry.kind for entry in found.entries] == ["complaint", "complaint", "denunciation"]
    assert found.reasons() == ["heading", "heading"]


def test_a_row_whose_date_is_wrong_is_still_a_petition() -> None:
    found = read(
        plain_register(
            row(1), *(["", *row(n, day)[1:]] for n, day in enumerate(("tháng 9/2018", "31/02/2018", ""), 2))
        )
    )
    assert len(found.entries) == 4
    assert [entry.is_rejected for entry in found.entries] == [False, True, True, True]


def test_a_row_with_neither_content_nor_person_is_rejected_with_words() -> None:
    found = read(book_of(HEADER, row(1), [2, "05/02/2018", "Bưu điện", "", "", "", "KN"]))
    assert found.entries[1].is_rejected
    assert "Không có cả nội dung đơn lẫn người viết đơn" in found.faults("content")[0]


def test_as_above_is_filled_in() -> None:
    found = read(
        plain_register(row(1, address="thôn 3, xã Cát Hải"), row(2, address="nt"), row(3, address='"'))
    )
    assert [entry.people[0].address for entry in found.entries] == ["thôn 3, xã Cát Hải"] * 3


def test_a_petition_that_begins_like_a_total_or_a_signature_is_kept() -> None:
    found = read(
        plain_register(
            row(1, content="Tổng số tiền bồi thường chưa đúng"),
            row(2, content="Giám đốc công ty nợ lương công nhân"),
            row(3, name="Công Tằng Tôn Nữ Chủ Tịch"),
            row(4, content="Cộng đồng dân cư thôn 3 kiến nghị sửa đường"),
        )
    )
    assert len(found.entries) == 4
