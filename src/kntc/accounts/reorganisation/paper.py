"""The report of a reorganisation in Excel: documents stand above, the workbook is a plain one of four sheets."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from kntc.accounts.reorganisation.plan import Plan, from_json
from kntc.agencies.models import AgencyChange
from kntc.vietnamese import short_date

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "Times New Roman"


def excel_of(change: AgencyChange, author: str) -> bytes:
    """Summary, records by old and new agency, people, numbering books: numbers are numbers, ready to print."""
    plan = from_json(change.report)
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": change.title[:250], "author": author})
    plain = {"font_name": FONT, "font_size": 12, "valign": "top", "text_wrap": True}
    titles: Sequence[str]
    looks = {
        "title": book.add_format(plain | {"bold": True, "font_size": 14, "text_wrap": False}),
        "head": book.add_format(plain | {"bold": True, "border": 1, "align": "center", "valign": "vcenter"}),
        "cell": book.add_format(plain | {"border": 1}),
        "number": book.add_format(plain | {"border": 1, "num_format": "#,##0"}),
    }
    _sheet(book, looks, change, "Tổng hợp", ("Nội dung", "Số lượng"), (60, 14), _summary(change, plan))
    titles = ("Loại hồ sơ", "Cơ quan cũ", "Cơ quan kế thừa", "Số hồ sơ", "Đang mở", "Không rõ địa bàn")
    _sheet(book, looks, change, "Hồ sơ", titles, (22, 42, 42, 11, 11, 13), _records(plan))
    titles = ("Tên đăng nhập", "Họ và tên", "Chức danh", "Cơ quan cũ", "Cơ quan mới")
    _sheet(book, looks, change, "Người dùng", titles, (24, 30, 26, 42, 42), _people(plan))
    titles = ("Cơ quan", "Năm", "Số cuối", "Tình trạng")
    _sheet(book, looks, change, "Sổ số đơn", titles, (46, 9, 11, 34), _books(plan))
    book.close()
    return target.getvalue()


def _summary(change: AgencyChange, plan: Plan) -> Iterable[Sequence[Any]]:
    totals = plan.totals
    yield "Cơ quan kết thúc hoạt động", totals["ended"]
    yield "Cơ quan thành lập", totals["founded"]
    yield "Quan hệ kế thừa ghi vào danh mục", totals["successions"]
    for line in plan.by_kind:
        yield f"{line.label}: tổng số", line.count
        yield f"{line.label}: đang mở", line.open
    yield "Hồ sơ không rõ địa bàn, giao theo mặc định", totals["untold"]
    yield "Vị trí công tác chuyển theo", totals["posts"]
    yield "Nhóm nghiệp vụ chuyển theo", totals["groups"]
    for row in plan.renamed:
        yield f"Đổi tên: {row['before']} → {row['after']}", 1


def _records(plan: Plan) -> Iterable[Sequence[Any]]:
    name = plan.names.get
    for line in plan.lines:
        yield (
            line.label,
            name(line.old, line.old),
            name(line.new, line.new),
            line.count,
            line.open,
            line.untold,
        )


def _people(plan: Plan) -> Iterable[Sequence[Any]]:
    name = plan.names.get
    for post in plan.posts:
        yield post.login, post.name, post.title, name(post.old, post.old), name(post.new, post.new)


def _books(plan: Plan) -> Iterable[Sequence[Any]]:
    for book in plan.books:
        words = "khóa, không cấp số nữa" if book.closes else "cấp tiếp từ số sau"
        yield plan.names.get(book.code, book.code), book.year, book.last, words


def _sheet(
    book: Any,
    looks: dict[str, Any],
    change: AgencyChange,
    name: str,
    titles: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Any]],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, change.title, looks["title"])
    sheet.write_string(1, 0, f"{change.get_status_display()}; từ ngày {short_date(change.on)}", None)
    for at, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, title, looks["head"])
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    row = 3
    for row, values in enumerate(rows, 4):
        for at, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, at, value, looks["number"])
            else:
                sheet.write_string(row, at, str(value), looks["cell"])
    if row > 3:
        sheet.autofilter(3, 0, row, len(titles) - 1)
