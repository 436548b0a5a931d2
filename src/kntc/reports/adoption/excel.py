"""The monitor in Excel: what the screen shows, a unit a line."""

from kntc.documents.excel import Column, Formula, Value, write_list
from kntc.reports.adoption.screen import AdoptionScreen, Row
from kntc.vietnamese import short_date

_COLUMNS = (
    Column("Đơn vị", 44),
    Column("Đăng nhập gần nhất", 18, "datetime"),
    Column("Số ngày không đăng nhập", 12, "number"),
    Column("Nhập đơn gần nhất", 13, "date"),
    Column("Số ngày không nhập đơn", 12, "number"),
    Column("Đơn nhập trong kỳ", 11, "number"),
    Column("Ngày từ nhận đến nhập: một nửa số đơn trong", 13, "number"),
    Column("Ngày từ nhận đến nhập: 9/10 số đơn trong", 13, "number"),
    Column("Đơn đã xử lý trong kỳ", 11, "number"),
    Column("Chưa đủ thông tin", 11, "number"),
    Column("Đơn đang quá hạn", 11, "number"),
    Column("Nhắc gần nhất", 18, "datetime"),
    Column("Sau khi nhắc", 22),
)
_SUMMED = ("entered", "handled", "incomplete", "overdue")


def excel_of(screen: AdoptionScreen, author: str = "") -> bytes:
    adoption, rows = screen.adoption, screen.rows
    return write_list(
        _COLUMNS,
        (_line(row, screen) for row in rows),
        title="Theo dõi việc sử dụng hệ thống",
        lines=[f"Từ ngày {short_date(adoption.start)} đến ngày {short_date(adoption.end)}"],
        agency_lines=[adoption.agency.name.upper()],
        totals=[_total(rows)],
        sheet="Theo dõi sử dụng",
        author=author,
    )


def file_name(screen: AdoptionScreen) -> str:
    return f"theo-doi-su-dung-{screen.adoption.agency.code}-{screen.choice.today:%Y%m%d}.xlsx"


def _line(row: Row, screen: AdoptionScreen) -> list[Value]:
    unit, today = row.unit, screen.choice.today
    name = f"{row.name} (riêng cơ quan này)" if unit.own else row.name
    return [
        name, unit.last_sign_in, unit.days_away(today), unit.last_entry, unit.days_idle(today), unit.entered,
        unit.median, unit.ninety, unit.handled, unit.incomplete, unit.overdue, unit.nudged_at, row.nudge,
    ]  # fmt: skip


def _total(rows: list[Row]) -> list[Value]:
    sums = {
        name: Formula("=SUM({column}{first}:{column}{last})", sum(getattr(row.unit, name) for row in rows))
        for name in _SUMMED
    }
    return [
        "Tổng số", None, None, None, None, sums["entered"], None, None, sums["handled"], sums["incomplete"],
        sums["overdue"], None, "",
    ]  # fmt: skip
