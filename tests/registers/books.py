# ruff: noqa: E501  rows of a sheet are rows of the source
"""Registers as agencies keep them, built for the tests: each in another manner."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = [
    "STT",
    "Ngày nhận đơn",
    "Nguồn đơn",
    "Họ và tên",
    "Địa chỉ",
    "Số CCCD",
    "Loại đơn",
    "Nội dung đơn",
    "Hướng xử lý",
    "Ghi chú",
]


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Worksheet, rows: Iterable[Sequence[Any]], first: int = 1) -> int:
    """Writes rows from `first` on; returns the number of the next row."""
    for row in rows:
        for column, value in enumerate(row, 1):
            if value not in ("", None):
                sheet.cell(first, column, value)
        first += 1
    return first


def book_of(*rows: Sequence[Any], title: str = "Sổ") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    fill(sheet, rows)
    return saved(book)


def with_sheet(content: bytes, sheet: bytes) -> bytes:
    """The workbook with the XML of its first sheet replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, sheet if part.filename.endswith("sheet1.xml") else old.read(part))
    return out.getvalue()


def row(
    number: int,
    day: Any = "05/02/2018",
    kind: str = "Khiếu nại",
    name: str = "",
    content: str = "",
    **other: Any,
) -> list[Any]:
    """A row under HEADER."""
    return [
        number,
        day,
        other.get("source", "Bưu điện"),
        name or f"Nguyễn Văn {chr(64 + number % 26)}n",
        other.get("address", "thôn 3, xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định"),
        other.get("id_number", f"0520{number:08d}"),
        kind,
        content or f"Đề nghị xem xét việc bồi thường đất tại thửa số {number}",
        other.get("handling", "Lưu đơn"),
        other.get("note", ""),
    ]


def plain_register(*rows: Sequence[Any]) -> bytes:
    return book_of(HEADER, *rows)


def reception_book() -> bytes:
    """Sổ tiếp công dân (Mẫu 03, TT 04/2021): several things in one column, ticks for the result."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Quý I"
    fill(sheet, [
        ["UBND HUYỆN TUY PHƯỚC", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["BAN TIẾP CÔNG DÂN", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
        [],
        ["SỔ TIẾP CÔNG DÂN QUÝ I NĂM 2019"],
        [],
        [
            "STT", "Ngày tiếp", "Họ tên - Địa chỉ - CMND/Hộ chiếu của công dân", "Nội dung vụ việc", "Phân loại đơn/Số người",
            "Cơ quan đã giải quyết", "Hướng xử lý", "", "", "Theo dõi kết quả giải quyết", "Ghi chú",
        ],
        ["", "", "", "", "", "", "Thụ lý để giải quyết", "Trả lại đơn và hướng dẫn", "Chuyển đơn đến cơ quan, tổ chức, đơn vị có thẩm quyền"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        [1, date(2019, 1, 7), "Lê Thị Hoa, thôn Lộc Ngãi, xã Phước Quang, CMND 211234567", "Kiến nghị mở đường vào khu dân cư bị lấn chiếm", "KNPA/02 người", "", "x", "", "", "Đã giải quyết"],
        [2, "9/1", "Ông Trần Văn Bình\nKhu phố Công Chánh, thị trấn Tuy Phước", "Khiếu nại việc thu hồi đất nông nghiệp làm cụm công nghiệp", "KN (01 người)", "UBND xã", "", "", "Sở TN&MT"],
        [3, "15/01/2019", "Bà Nguyễn Thị Sáu - thôn Quảng Nghiệp, xã Phước Hưng", "Tố cáo cán bộ thôn thu tiền sai quy định của nhà nước", "Tố cáo", "", "", "X", ""],
        ["Cộng: 3 lượt"],
    ])  # fmt: skip
    for span in ("A1:E1", "F1:K1", "A4:K4", "G6:I6", *(f"{c}6:{c}7" for c in "ABCDEFJK")):
        sheet.merge_cells(span)
    return saved(book)


def commune_book() -> bytes:
    """One header row, other words, another order, name and address together, no STT."""
    return book_of(
        ["Trích yếu nội dung", "Người gửi đơn", "Nơi ở", "Ngày đến", "Loại", "Chuyển cho", "Kết quả"],
        [
            "Xin xác nhận nguồn gốc đất để làm sổ đỏ cho con",
            "Đinh Văn Rốp",
            "làng 3, xã Vĩnh Kim",
            "05-3-18",
            "Kiến nghị",
            "",
            "Đã trả lời",
        ],
        [
            "Phản ánh tiếng ồn karaoke gây mất trật tự khu dân cư",
            "Đinh Thị Thoa",
            "làng 5, xã Vĩnh Kim",
            "ngày 7 tháng 3 năm 2018",
            "PA",
            "Công an xã",
            "",
        ],
        [
            "Khiếu nại về hỗ trợ dự án hồ Định Bình",
            "Đinh Yang",
            "làng 3, xã Vĩnh Kim",
            43171,
            "đơn KN",
            "UBND huyện Vĩnh Thạnh",
            "Đang giải quyết",
        ],
    )


def department_book() -> bytes:
    """Three header rows, merged; ticks for kind and source; a page break; headings by month; hidden columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2018"
    fill(sheet, [
        ["SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"],
        ["SỔ THEO DÕI ĐƠN THƯ NĂM 2018"],
        ["TT", "I. TIẾP NHẬN", "", "", "", "", "", "", "", "II. XỬ LÝ", "", "", "Ghi chú"],
        ["", "Số đến", "Ngày đến", "Nguồn đơn", "", "Người đứng đơn", "", "Loại đơn", "", "Biện pháp", "Nơi nhận", "Số văn bản, ngày", ""],
        ["", "", "", "Bưu điện", "Trực tiếp", "Họ tên", "Địa chỉ", "KN", "TC", "", "", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)"],
        ["Tháng 01/2018"],
        [1, "12/ĐT", date(2018, 1, 9), "x", "", "PHẠM VĂN HÙNG", "Phường Trần Phú, TP Quy Nhơn", "x", "", "Chuyển", "UBND TP Quy Nhơn", "15/STNMT-TTr, 12/01/2018"],
        [2, "13/ĐT", date(2018, 1, 15), "", "x", "TRẦN THỊ LAN", "-nt-", "", "x", "Lưu đơn"],
        ["TT", "Số đến", "Ngày đến", "Bưu điện", "Trực tiếp", "Họ tên", "Địa chỉ", "KN", "TC", "Biện pháp", "Nơi nhận", "Số văn bản, ngày", "Ghi chú"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)"],
        ["Tháng 02/2018"],
        [3, "20/ĐT", "3/2", "x", "", "Võ Thị Bé và 12 hộ dân", "xã Nhơn Hội", "x", "", "Thụ lý", "", "31/TB-STNMT ngày 31/02/2018"],
        [4],
        [],
        ["", "", "", "", "", "", "", "", "", "", "Bình Định, ngày 01 tháng 3 năm 2018"],
        ["", "NGƯỜI LẬP", "", "", "", "", "", "", "", "", "GIÁM ĐỐC"],
        ["", "Lê Thị A", "", "", "", "", "", "", "", "", "Trần Văn B"],
    ])  # fmt: skip
    for span in (
        "A1:M1", "A2:M2", "A3:A5", "M3:M5", "B3:I3", "J3:L3", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:I4",
        "J4:J5", "K4:K5", "L4:L5", "A7:M7",
    ):  # fmt: skip
        sheet.merge_cells(span)
    sheet.column_dimensions["B"].hidden = True
    return saved(book)


def many_sheets() -> bytes:
    """A sheet a month, a summary, a list of codes and a hidden draft: only the months are registers."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    codes = book.create_sheet("Danh mục")
    fill(
        codes,
        [
            ["STT", "Tên cơ quan", "Mã", "Địa chỉ"],
            [1, "Sở Y tế", "SYT", "756 Trần Hưng Đạo"],
            [2, "Sở Xây dựng", "SXD", "32 Lý Thường Kiệt"],
        ],
    )
    for month in (1, 2, 3):
        sheet = book.create_sheet(f"T{month}")
        fill(sheet, [[f"THEO DÕI ĐƠN THÁNG {month}/2019"], HEADER])
        fill(
            sheet,
            [
                row(n, date(2019, month, n), "KN", f"Lê Văn {chr(70 + month)}{chr(96 + n)}")
                for n in range(1, 3 + month)
            ],
            3,
        )
    summary = book.create_sheet("Tổng hợp")
    fill(summary, [["Tháng", "Khiếu nại", "Tố cáo", "Kiến nghị"], [1, 3, 0, 0], [2, 4, 0, 0]])
    draft = book.create_sheet("nháp")
    fill(draft, [HEADER, row(1, date(2019, 1, 1))])
    draft.sheet_state = "hidden"
    return saved(book)


def by_kind_headings() -> bytes:
    """No column for the kind: headings between the rows say it; rows of one matter are merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet, [
        ["DANH SÁCH ĐƠN NĂM 2020"],
        ["Số TT", "Ngày nhận", "Họ và tên công dân", "Địa chỉ", "Tóm tắt nội dung"],
        ["I", "", "ĐƠN KHIẾU NẠI"],
        [1, "02/3/2020", "Hồ Văn Tám", "xã Cát Hải", "Khiếu nại quyết định thu hồi đất ven biển"],
        ["", "", "Hồ Thị Chín", "xã Cát Hải", ""],
        [2, "05/3/2020", "Lý Thị Mười", "xã Cát Tiến", "Khiếu nại mức hỗ trợ di dời mồ mả"],
        ["II", "", "ĐƠN TỐ CÁO"],
        [3, "06/3/2020", "Nặc danh", "", "Tố cáo trưởng thôn bán đất công cho người ngoài xã"],
        ["III", "", "ĐƠN KHÁC"],
        [4, "07/3/2020", "Vũ Văn Nam", "xã Cát Minh", "Xin cấp lại giấy tờ bị mất trong bão lụt"],
        ["", "", "Tổng cộng: 5 đơn"],
    ])  # fmt: skip
    for span in ("A1:E1", "A4:A5", "B4:B5", "E4:E5"):
        sheet.merge_cells(span)
    return saved(book)
