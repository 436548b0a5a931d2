"""The table of the screen: the tree as far as it is open, or agencies that need something; numbers with their lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from kntc.accounts.census import Census, Figures, Line
from kntc.accounts.census_columns import COLUMNS, NO_ADMINISTRATOR, Column, said_of_shared, shown
from kntc.accounts.states import list_query

# A filter over the country may find thousands; the file has them all.
MOST_FOUND = 300
# What an administrator looks for: the figure that must not be zero.
WANTED = {
    "can-xu-ly": ("Cần xử lý", "needs_action"),
    "khong-quan-tri": (NO_ADMINISTRATOR, "without_administrator"),
    "khuyet": ("Vị trí khuyết", "vacant"),
    "chua-vao": ("Chưa đăng nhập", "never"),
    "lau-khong-vao": ("Quá 30 ngày", "idle_30"),
    "khoa": ("Đang khóa", "locked"),
}
_NAME = "ten"
_SORTS = {_NAME, "without_administrator", *(column.name for column in COLUMNS)}


@dataclass(frozen=True)
class Number:
    """A cell. `url` "" where there is nothing to open."""

    value: int
    url: str
    tone: str
    column: str


@dataclass(frozen=True)
class Row:
    name: str
    depth: int
    numbers: list[Number]
    key: str = ""
    toggle: str = ""
    is_open: bool = False
    is_sum: bool = False
    note: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head: the address that sorts by it, and how it is sorted now ("" not at all)."""

    title: str
    short: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Chip:
    label: str
    url: str
    active: bool
    count: int | None = None


class CensusScreen:
    """`values` is the query of the address: co-quan, mo (agencies that are open), loc (filter), sap (order)."""

    def __init__(self, census: Census, values: Mapping[str, str]) -> None:
        self.census = census
        self._people, self._here = reverse("accounts:people"), reverse("accounts:census")
        self._open = {int(key) for key in values.get("mo", "").split(",") if key.isdecimal()}
        self.wanted = values.get("loc", "") if values.get("loc", "") in WANTED else ""
        asked = values.get("sap", "")
        self.sort = asked if asked.removeprefix("-") in _SORTS else ""

    # ---- rows

    @property
    def sums(self) -> list[Row]:
        """The total and each level."""
        root, total = self.census.root, self.census.total
        rows = [Row("Tổng số", 0, self._numbers(root.id, total, subtree=True), is_sum=True)]
        if len(self.census.levels) > 1:
            rows += [
                Row(
                    level.label,
                    1,
                    self._numbers(root.id, figures, subtree=True, level=level.value),
                    is_sum=True,
                    note=f"{figures.agencies} cơ quan",
                )
                for level, figures in self.census.levels
            ]
        return rows

    @cached_property
    def rows(self) -> list[Row]:
        if self.wanted:
            return [self._own_row(line, 0) for line in self._found[:MOST_FOUND]]
        return list(self._tree(self.census.root, 0))

    @cached_property
    def _found(self) -> list[Line]:
        attribute = WANTED[self.wanted][1]
        return self._ordered(
            [line for line in shown(self.census) if getattr(line.own, attribute)], whole=False
        )

    @property
    def left_out(self) -> int:
        return max(0, len(self._found) - MOST_FOUND) if self.wanted else 0

    def _tree(self, line: Line, depth: int) -> Iterator[Row]:
        """The agency itself, then its units: one number each, those that are open with theirs."""
        yield self._own_row(line, depth)
        for unit in self._ordered(list(self.census.units(line)), whole=True):
            if not unit.has_units:
                yield self._own_row(unit, depth + 1)
                continue
            yield self._unit_row(unit, depth + 1)
            if unit.id in self._open:
                yield from self._tree(unit, depth + 2)

    def _own_row(self, line: Line, depth: int) -> Row:
        note = "đã kết thúc hoạt động" if line.closed else ""
        if line.has_units and not self.wanted:
            note = "riêng cơ quan này"
        return Row(
            line.name, depth, self._numbers(line.id, line.own, subtree=False), f"cq-{line.id}", note=note
        )

    def _unit_row(self, line: Line, depth: int) -> Row:
        is_open = line.id in self._open
        open_now = self._open ^ {line.id}
        toggle = self._link(mo=",".join(map(str, sorted(open_now))))
        whole = self.census.whole(line)
        numbers = self._numbers(line.id, whole, subtree=True)
        return Row(
            line.name, depth, numbers, f"cq-{line.id}", toggle, is_open, note=f"{whole.agencies} cơ quan"
        )

    def _ordered(self, lines: list[Line], *, whole: bool) -> list[Line]:
        if not self.sort:
            return lines
        name = self.sort.removeprefix("-")
        if name == _NAME:
            return lines if self.sort == _NAME else lines[::-1]
        return sorted(
            lines,
            key=lambda line: getattr(self.census.whole(line) if whole else line.own, name),
            reverse=self.sort.startswith("-"),
        )

    def _numbers(self, agency: int, figures: Figures, *, subtree: bool, level: str = "") -> list[Number]:
        numbers = [
            Number(
                value := getattr(figures, column.name),
                self._list(agency, column, subtree=subtree, level=level) if value else "",
                column.tone,
                column.short,
            )
            for column in COLUMNS
        ]
        without = figures.without_administrator
        url = self._without(agency) if without and subtree and not level else ""
        return [*numbers, Number(without, url, "orange", NO_ADMINISTRATOR)]

    def _list(self, agency: int, column: Column, *, subtree: bool, level: str) -> str:
        query = list_query(agency, subtree=subtree, level=level, state=column.state, kind=column.kind)
        return f"{self._people}?{query}"

    def _without(self, agency: int) -> str:
        return f"{self._here}?{urlencode({'co-quan': agency, 'loc': 'khong-quan-tri'})}"

    # ---- around the table

    @property
    def heads(self) -> list[Head]:
        named = [("Cơ quan", "Cơ quan", _NAME), *((c.title, c.short, c.name) for c in COLUMNS)]
        named.append((NO_ADMINISTRATOR, "Chưa có QT", "without_administrator"))
        return [self._head(*column) for column in named]

    def _head(self, title: str, short: str, name: str) -> Head:
        """The largest first; of names the alphabet."""
        first, second = (name, f"-{name}") if name == _NAME else (f"-{name}", name)
        now = {name: "ascending", f"-{name}": "descending"}.get(self.sort, "")
        return Head(title, short, self._link(sap=second if self.sort == first else first), now)

    @property
    def chips(self) -> list[Chip]:
        lines = shown(self.census)
        chips = [Chip("Tất cả", self._link(loc=""), not self.wanted, len(lines))]
        for key, (label, attribute) in WANTED.items():
            count = sum(bool(getattr(line.own, attribute)) for line in lines)
            chips.append(Chip(label, self._link(loc=key), key == self.wanted, count))
        return chips

    @property
    def note(self) -> str:
        return said_of_shared(self.census)

    @property
    def wanted_label(self) -> str:
        return WANTED[self.wanted][0] if self.wanted else ""

    def _link(self, **changes: str) -> str:
        values = {
            "co-quan": str(self.census.agency.pk),
            "mo": ",".join(map(str, sorted(self._open))),
            "loc": self.wanted,
            "sap": self.sort,
        } | changes
        return f"{self._here}?{urlencode({name: value for name, value in values.items() if value}, safe=',')}"
