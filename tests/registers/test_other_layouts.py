"""Registers that nobody thought of: unmerged groups, ticks for results, incoming-mail books, words cut short."""

from datetime import date

import pytest

from tests.registers.books import book_of
from tests.registers.bringing import Reading, read


def targets(reading: Reading) -> list[str]:
    return [column.target for column in reading.plan.columns]


def test_groups_that_are_not_merged_and_ticks_for_kind_and_result() -> None:
    found = read(
        book_of(
            ["TỔNG HỢP ĐƠN THƯ NĂM 2020"],
            ["TT", "Họ và tên người khiếu nại, tố cáo", "Địa chỉ", "Nội dung đơn", "Loại đơn", "", "",
             "Ngày tháng nhận đơn", "Đơn vị giải quyết", "Kết quả giải quyết", "", "Ghi chú"],
            ["", "", "", "", "KN", "TC", "PAKN", "", "", "Đã GQ", "Đang GQ", ""],
            [1, "Lê Văn Ba", "xã An Lương", "Bồi thường đất đai", "x", "", "", "5/2/2020", "Phòng TNMT", "x"],
            [2, "Trần Thị Tư", "xã An Lương", "Cán bộ thu tiền sai", "", "x", "", "6/2", "", "", "x"],
        )
    )  # fmt: skip
    assert [entry.kind for entry in found.entries] == ["complaint", "denunciation"]
    assert [entry.settled for entry in found.entries] == [True, False]
    assert found.days == [date(2020, 2, 5), date(2020, 2, 6)]
    assert found.entries[0].destination == "Phòng TNMT"


def test_a_data_row_is_not_taken_for_a_second_header_row() -> None:
    found = read(
        book_of(
            ["Ngày nhận đơn", "Họ tên", "Loại đơn", "Nội dung đơn"],
            ["ngày 5 tháng 2 năm 2018", "Lê Văn Ba", "Khiếu nại", "Bồi thường đất"],
            ["ngày 6 tháng 2 năm 2018", "Lê Văn Tư", "Tố cáo", "Thu tiền sai"],
        )
    )
    assert [entry.kind for entry in found.entries] == ["complaint", "denunciation"]


def test_a_book_of_incoming_mail_without_a_column_for_the_kind() -> None:
    found = read(
        book_of(
            ["SỔ ĐĂNG KÝ ĐƠN, THƯ"],
            [
                "Số đến",
                "Ngày đến",
                "Tác giả",
                "Tên loại và trích yếu nội dung",
                "Đơn vị hoặc người nhận",
                "Ghi chú",
            ],
            [1, "05/01/2019", "Lê Văn Ba", "Đơn khiếu nại về đất đai", "Thanh tra", ""],
            [2, "07/01/2019", "Trần Thị Tư", "Phản ánh ô nhiễm môi trường ở chợ", "Phòng TNMT", ""],
            [3, "08/01/2019", "Trần Thị Sáu", "Xin xác nhận nguồn gốc đất ở", "", ""],
        )
    )
    assert [entry.kind for entry in found.entries] == ["complaint", "reflection", ""]
    assert [entry.is_rejected for entry in found.entries] == [False, False, True]
    assert all("cần xem lại" in message for message in found.faults("kind")[:2])
    assert found.entries[0].number == "1"


def test_words_cut_short_and_ornaments_in_titles() -> None:
    found = read(
        book_of(
            [
                "STT",
                "Ngày\nnhận\nđơn (dd/mm/yyyy)",
                "HỌ TÊN (*)",
                "ĐỊA CHỈ:",
                "1. Loại đơn",
                "2. Tóm tắt ND",
                "KQ xử lý",
            ],
            [1, "2018-02-05", "Lê Văn Ba", "xã An Lương", "Khiếu nại lần đầu", "Thu hồi đất sai", "chuyển"],
        )
    )
    assert targets(found) == ["stt", "received_on", "name", "address", "kind", "content", "handling"]
    assert found.entries[0].instance == 1


def test_what_is_not_ours_to_settle_is_no_tick_for_accepted() -> None:
    found = read(
        book_of(
            ["STT", "Ngày nhận", "Họ tên", "Loại đơn", "Nội dung", "Hướng xử lý", "", ""],
            ["", "", "", "", "", "Thụ lý", "Chuyển đơn", "Lưu đơn"],
            [1, "5/2/2018", "Lê Văn Ba", "KN", "Bồi thường đất", "", "x", ""],
            [2, "6/2/2018", "Lê Văn Tư", "KN", "Bồi thường đất", "x", "", ""],
            [3, "7/2/2018", "Lê Văn Sáu", "KN", "Bồi thường đất", "", "Sở Xây dựng", ""],
        )
    )
    assert [entry.handling for entry in found.entries] == ["transfer", "accept", "transfer"]
    assert found.entries[2].destination == "Sở Xây dựng"


def test_name_address_and_number_in_one_cell() -> None:
    found = read(
        book_of(
            [
                "Họ tên, địa chỉ, số CMND của công dân",
                "Ngày tiếp nhận đơn",
                "Phân loại đơn (KN, TC, KNPA)",
                "Nội dung",
            ],
            [
                "Lê Văn Ba, xã An Lương, CMND: 211234567, ĐT 0905 123 456",
                "5/2/2018",
                "KNPA",
                "Mở đường vào xóm",
            ],
        )
    )
    person = found.entries[0].people[0]
    assert (person.name, person.address, person.id_number, person.phone) == (
        "Lê Văn Ba", "xã An Lương", "211234567", "0905123456",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "kind"), [("Khiếu nại", "complaint"), ("TỐ CÁO 2018", "denunciation"), ("KNPA", "reflection")]
)
def test_a_sheet_of_one_kind(sheet: str, kind: str) -> None:
    content = book_of(
        ["STT", "Ngày nhận", "Họ tên", "Nội dung"],
        [1, "5/2/2018", "Lê Văn Ba", "Đất bị thu hồi"],
        title=sheet,
    )
    assert [entry.kind for entry in read(content).entries] == [kind]
