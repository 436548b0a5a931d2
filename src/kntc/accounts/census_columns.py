"""The columns of the census, for the screen, the Excel file and the command line alike."""

from dataclasses import dataclass
from typing import Any

from kntc.accounts.census import Census, Figures, Line
from kntc.accounts.states import Kind, State
from kntc.agencies.models import Level
from kntc.vietnamese import number


@dataclass(frozen=True)
class Column:
    """`name` is the attribute of Figures; `state` and `kind` choose the list behind a number."""

    name: str
    title: str
    short: str
    state: State | None = None
    kind: Kind | None = None
    tone: str = ""


COLUMNS = (
    Column("administrators", "Tài khoản quản trị", "Quản trị", kind=Kind.ADMIN),
    Column("users", "Tài khoản người dùng", "Người dùng", kind=Kind.USER),
    Column("accounts", "Cộng tài khoản", "Cộng"),
    Column("active", "Đăng nhập trong 30 ngày", "Đang dùng", State.ACTIVE),
    Column("idle_30", "Không đăng nhập quá 30 ngày", "Quá 30 ngày", State.IDLE_30, tone="orange"),
    Column("idle_60", "Trong đó quá 60 ngày", "Quá 60", State.IDLE_60, tone="orange"),
    Column("idle_90", "Trong đó quá 90 ngày", "Quá 90", State.IDLE_90, tone="orange"),
    Column("never", "Chưa đăng nhập lần nào", "Chưa vào", State.NEVER, tone="orange"),
    Column("locked", "Đang khóa", "Khóa", State.LOCKED, tone="red"),
    Column("retired", "Đã thôi sử dụng", "Thôi dùng", State.RETIRED),
    Column("vacant", "Vị trí khuyết người", "Khuyết", State.NO_HOLDER, tone="red"),
)
NO_ADMINISTRATOR = "Chưa có quản trị"
SAID = (
    "Cộng tài khoản = đăng nhập trong 30 ngày + không đăng nhập quá 30 ngày + chưa đăng nhập lần nào + đang khóa; "
    "không kể tài khoản đã thôi sử dụng."
)


def said_of_shared(census: Census) -> str:
    """How the lines reconcile with the sums; "" where they add up by themselves."""
    if not census.shared:
        return ""
    return (
        f"Các dòng cộng lại nhiều hơn dòng tổng {number(census.shared)}: người giữ vị trí ở nhiều cơ quan được tính ở "
        "từng cơ quan, nhưng chỉ tính một lần trong các dòng cộng."
    )


def data_of(census: Census) -> dict[str, Any]:
    """As `kntc accounts census --json` tells it."""
    return {
        "agencies": [
            {"code": line.code, "name": line.name, "level": line.level} | _numbers(line.own)
            for line in shown(census)
        ],
        "levels": {level.value: _numbers(figures) for level, figures in census.levels},
        "totals": _numbers(census.total) | {"shared": census.shared},
    }


def shown(census: Census) -> list[Line]:
    """Every agency in use, and closed ones that still have accounts."""
    return [line for line in census.lines if not line.closed or line.own.accounts]


def words_of(census: Census) -> list[str]:
    """As the command line tells it."""
    heads = "".join(f"{column.short:>12}" for column in COLUMNS)
    lines = [(line.short_name, line.own) for line in shown(census)]
    levels = [(f"Cộng {Level(level).label}", figures) for level, figures in census.levels]
    return [
        f"{'Cơ quan':<48}{heads}",
        *(_words(name, figures) for name, figures in [*lines, *levels, ("Tổng số", census.total)]),
        SAID,
        *filter(None, [said_of_shared(census)]),
    ]


def _words(name: str, figures: Figures) -> str:
    return f"{name[:46]:<48}" + "".join(f"{number(getattr(figures, column.name)):>12}" for column in COLUMNS)


def _numbers(figures: Figures) -> dict[str, int]:
    names = (*(column.name for column in COLUMNS), "without_administrator")
    return {name: getattr(figures, name) for name in names}
