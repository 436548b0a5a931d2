"""The columns of the list, read from whatever sheet has them, and written as template and as rows given back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kntc.accounts.people.job_titles import titles_of
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput
from kntc.documents.excel import Column, write_list
from kntc.registers.reading.signature import UnreadableRegister
from kntc.registers.reading.workbook import Cell, Row, Sheet, Workbook
from kntc.vietnamese import fold, squeeze

# Column of the file → its name here. The titles are found without accents and in any order.
COLUMNS = {
    "full_name": Column("Họ và tên", 28),
    "agency": Column("Cơ quan (mã hoặc tên)", 34),
    "title": Column("Chức danh", 30),
    "role": Column("Vai trò", 30),
    "phone": Column("Điện thoại", 16),
    "email": Column("Thư điện tử", 28),
    "login": Column("Tên đăng nhập", 20),
    "groups": Column("Nhóm nghiệp vụ", 24),
}
REASONS = Column("Lý do trả lại", 60)
_KNOWN = {fold(column.title): key for key, column in COLUMNS.items()} | {
    "co quan": "agency", "don vi": "agency", "ma co quan": "agency", "ho ten": "full_name",
    "chuc vu": "title", "so dien thoai": "phone", "dien thoai": "phone", "email": "email",
    "tai khoan": "login", "nhom": "groups",
}  # fmt: skip
_HEAD_ROWS = 15
MOST_ROWS = 5_000


def read(content: bytes) -> dict[int, dict[str, str]]:
    """Number of the row as Excel counts → what stands in its columns. Raises InvalidInput on `file`."""
    try:
        with Workbook(content) as book:
            return _read(book)
    except UnreadableRegister as problem:
        raise InvalidInput({"file": str(problem)}) from problem


def _read(book: Workbook) -> dict[int, dict[str, str]]:
    for sheet in book.sheets:
        head = _head(book, sheet)
        if head:
            number, columns = head
            return _checked(
                {
                    at + 1: written
                    for at, row in book.rows(sheet, number + 1)
                    if any((written := _written(row, columns)).values())
                }
            )
    raise InvalidInput(
        {
            "file": "Không tìm thấy dòng tiêu đề có cột “Họ và tên”. "
            "Hãy tải tệp mẫu, chép danh sách vào đó rồi nhập lại."
        }
    )


def _checked(rows: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    if not rows:
        raise InvalidInput(
            {"file": "Tệp không có dòng nào dưới dòng tiêu đề. Hãy điền danh sách rồi nhập lại."}
        )
    if len(rows) > MOST_ROWS:
        raise InvalidInput({"file": f"Tệp có {len(rows)} dòng, quá {MOST_ROWS}. Hãy chia thành nhiều tệp."})
    return rows


def _head(book: Workbook, sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    for number, row in enumerate(book.head(sheet, _HEAD_ROWS)):
        columns = {at: key for at, cell in enumerate(row) if (key := _KNOWN.get(fold(_text(cell))))}
        if "full_name" in columns.values():
            return number, columns
    return None


def _written(row: Row, columns: Mapping[int, str]) -> dict[str, str]:
    return {key: _text(row[at]) if at < len(row) else "" for at, key in columns.items()}


def _text(cell: Cell) -> str:
    """A telephone number typed as a number comes without its zero: it gets it back."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and 10**8 <= cell < 10**9:
        return f"0{cell}"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return squeeze(str(cell)).replace("\0", "")


def template(agency: Agency) -> bytes:
    """The empty list, with what may stand in its columns said above it."""
    roles = "; ".join(str(role.label) for role in Role if role != Role.NATIONAL_ANALYST)
    titles = "; ".join(job.title for job in titles_of(agency))
    return write_list(
        list(COLUMNS.values()),
        [],
        title="Danh sách người dùng cần tạo tài khoản",
        lines=[
            "Bắt buộc: họ và tên, cơ quan, chức danh. Tên đăng nhập để trống thì hệ thống đặt theo họ tên.",
            f"Vai trò là một trong: {roles}. Để trống được khi chức danh là một trong: {titles}.",
        ],
        agency_lines=[agency.name.upper()],
        sheet="Người dùng",
    )


def returned(rows: Sequence[Mapping[str, str]], reasons: Sequence[str], agency: Agency) -> bytes:
    """The rows that did not come in, as they were written, each with its reasons: to be mended and brought again."""
    return write_list(
        [*COLUMNS.values(), REASONS],
        ([*(row.get(key, "") for key in COLUMNS), why] for row, why in zip(rows, reasons, strict=True)),
        title="Các dòng chưa tạo được tài khoản",
        lines=["Sửa theo cột cuối rồi nhập lại chính tệp này."],
        agency_lines=[agency.name.upper()],
        sheet="Dòng trả lại",
    )
