"""The census in Excel: the table of the screen, every agency a line, sums as formulas."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from kntc.accounts.census import Census, Figures, Line
from kntc.accounts.census_columns import COLUMNS, NO_ADMINISTRATOR, SAID, said_of_shared, shown
from kntc.agencies.models import Level
from kntc.documents.excel import Column, Formula, Value, write_list
from kntc.vietnamese import short_date

TITLE = "Thống kê tài khoản theo cơ quan"
_NAMES = (*(column.name for column in COLUMNS), "without_administrator")
# The column of levels, which the sums by level look at.
_LEVEL = "$B"


def excel_of(census: Census, author: str = "") -> bytes:
    columns = [
        Column("Cơ quan", 44),
        Column("Cấp", 17),
        *(Column(column.title, 11, "number") for column in COLUMNS),
        Column(NO_ADMINISTRATOR, 11, "number"),
    ]
    return write_list(
        columns,
        (_row(line) for line in shown(census)),
        title=TITLE,
        lines=[
            f"Số liệu ngày {short_date(timezone.localdate())}",
            *filter(None, [SAID, said_of_shared(census)]),
        ],
        agency_lines=[census.agency.name.upper()],
        totals=_totals(census),
        sheet="Tài khoản",
        author=author,
    )


def file_name(census: Census, day: date) -> str:
    return f"tai-khoan-{census.agency.code}-{day:%Y%m%d}.xlsx"


def _row(line: Line) -> Sequence[Value]:
    closed = " (đã kết thúc hoạt động)" if line.closed else ""
    name = f"{'    ' * line.depth}{line.name}{closed}"
    return [name, Level(line.level).label, *(getattr(line.own, name) for name in _NAMES)]


def _totals(census: Census) -> list[Sequence[Value]]:
    lines = shown(census)
    by_level = [
        _total(
            f"Cộng: {level.label}", figures, [line for line in lines if line.level == level],
            f'SUMIFS({{column}}{{first}}:{{column}}{{last}},{_LEVEL}{{first}}:{_LEVEL}{{last}},"{level.label}")',
        )
        for level, figures in census.levels
    ]  # fmt: skip
    return [*by_level, _total("Tổng số", census.total, lines, "SUM({column}{first}:{column}{last})")]


def _total(label: str, figures: Figures, lines: Sequence[Line], formula: str) -> Sequence[Value]:
    cells: list[Value] = [label, ""]
    for name in _NAMES:
        result = getattr(figures, name)
        # Who holds posts in several agencies counts once in a sum.
        twice = sum(getattr(line.own, name) for line in lines) - result
        cells.append(Formula(f"={formula}{-twice:+d}" if twice else f"={formula}", result))
    return cells
