"""Finds the header of a register: somewhere in the first rows, one to four rows high, merged or not."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise

from kntc.registers.reading.titles import TitlePath, plain, scores, tick_scores
from kntc.registers.reading.workbook import Cell, Row, Span
from kntc.vietnamese import squeeze

HEAD_ROWS = 120
_HIGHEST = 4
_LONG_TEXT = 160
_PER_ROW = 0.3  # a further row must bring at least this much
_ENOUGH = 2.4
_CORE = ("received_on", "kind", "content", "name", "name_address", "source", "handling")

_PER_TICK = 0.3
_PER_GROUP_ROW = 0.05  # a row of merged group headers costs little: it tells two "Cơ quan tiếp nhận" apart
_LETTERHEAD = re.compile(r"cong hoa xa hoi|doc lap tu do|so theo doi|\bmau so\b")

_NUMBERED = re.compile(r"\(?\[?(\d{1,2}|[a-z])\]?\)?\.?(\s*=.*)?", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s.,/()-]*\d[\d\s.,/()-]*")


@dataclass(frozen=True)
class Header:
    first: int  # rows counted from 0, both ends included
    last: int
    titles: tuple[tuple[str, ...], ...]  # per column from A on, group first; () where the column has no title
    score: float = 0
    numbered: bool = False  # a row "(1) (2) (3)" follows
    found: frozenset[str] = field(default_factory=frozenset)

    @property
    def data_start(self) -> int:
        return self.last + 1 + self.numbered

    @property
    def paths(self) -> tuple[TitlePath, ...]:
        return tuple(tuple(plain(part) for part in title) for title in self.titles)

    @property
    def signature(self) -> str:
        """Two registers of one layout have the same; what a remembered choice of columns hangs on."""
        return "|".join("›".join(path) for path in self.paths).rstrip("|")

    def title(self, column: int) -> str:
        if column < len(self.titles) and self.titles[column]:
            return " › ".join(self.titles[column])
        return f"Cột {column_letter(column)}"


def column_letter(column: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_header(rows: Sequence[Row], spans: Sequence[Span]) -> Header | None:
    """The best header among the first rows, None where nothing looks like a register."""
    grid = Grid(rows[:HEAD_ROWS], spans)
    best: Header | None = None
    for first in range(len(grid.cells)):
        for header in _starting_at(grid, first):
            if best is None or header.score > best.score + 1e-9:
                best = header
    return best


def header_at(rows: Sequence[Row], spans: Sequence[Span], first: int, last: int) -> Header:
    """The header that a person points at."""
    return _header(Grid(rows, spans), first, min(last, len(rows) - 1))


class Grid:
    """The first rows with merged cells filled in everywhere they cover."""

    def __init__(self, rows: Sequence[Row], spans: Sequence[Span]) -> None:
        self.width = max((len(row) for row in rows), default=0)
        self.own = [[_text(cell) for cell in row] + [""] * (self.width - len(row)) for row in rows]
        self.raw = rows
        self.spans = [span for span in spans if span[0] < len(rows) and span[1] < self.width]
        self.cells = [list(row) for row in self.own]
        for top, left, bottom, right in self.spans:
            self._cover(top, left, min(bottom, len(rows) - 1), min(right, self.width - 1))

    def _cover(self, top: int, left: int, bottom: int, right: int) -> None:
        for row in range(top, bottom + 1):
            self.cells[row][left : right + 1] = [self.own[top][left]] * (right + 1 - left)

    def could_be_header(self, row: int) -> bool:
        """A header row holds short texts, no dates and no numbers, and is no title across the whole sheet."""
        texts = [text for text in self.cells[row] if text]
        return (
            len(texts) > 1
            and (len(set(texts)) > 1 or len(texts) < 0.7 * self.width)
            and not any(_is_datum(cell) for cell in self.raw[row])
            and not any(_LETTERHEAD.search(plain(text)) for text in texts)
        )

    def cut_by(self, first: int, last: int) -> bool:
        """True where a merged cell lies half inside these rows: it belongs to the header whole or not at all."""
        return any(top < first <= bottom or top <= last < bottom for top, _left, bottom, _right in self.spans)

    def has_groups(self, row: int) -> bool:
        return any(top == row and right > left for top, left, _bottom, right in self.spans)


def _text(cell: Cell) -> str:
    return squeeze(cell) if isinstance(cell, str) else str(cell)


def _is_datum(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) > _LONG_TEXT or _DIGITS.fullmatch(cell) is not None
    return isinstance(cell, date | time | int | float)


def _starting_at(grid: Grid, first: int) -> Iterator[Header]:
    for last in range(first, min(first + _HIGHEST, len(grid.cells))):
        if not grid.could_be_header(last):
            return
        if grid.cut_by(first, last):
            continue
        header = _header(grid, first, last)
        if _is_register(header):
            yield header


def _is_register(header: Header) -> bool:
    core = sum(1 for key in _CORE if key in header.found)
    return core >= 2 and len(header.found) >= 3 and header.score >= _ENOUGH


def _header(grid: Grid, first: int, last: int) -> Header:
    titles = _titles(grid, first, last)
    found = _best_distinct([tuple(plain(part) for part in title) for title in titles])
    numbered = last + 1 < len(grid.cells) and is_number_row(grid.raw[last + 1])
    costs = (_PER_GROUP_ROW if grid.has_groups(row) else _PER_ROW for row in range(first, last))
    score = sum(found.values()) + _PER_TICK * _ticks(titles) - sum(costs)
    return Header(first, last, titles, score, numbered, frozenset(found))


def _ticks(titles: Sequence[tuple[str, ...]]) -> int:
    """Columns that stand for values of the group above them ("Loại đơn › KN", "› TC"), two at least of one group."""
    groups: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for title in titles:
        path = tuple(plain(part) for part in title)
        for target in tick_scores(path) if len(path) > 1 else ():
            groups[path[:-1], target.partition("=")[0]].add(target)
    return sum(len(values) for values in groups.values() if len(values) > 1)


def _titles(grid: Grid, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    window = [list(row) for row in grid.cells[first : last + 1]]
    for upper, row in enumerate(window[:-1]):
        _spread_groups(row, window[upper + 1 :])
    columns = (tuple(dict.fromkeys(text for text in column if text)) for column in zip(*window, strict=True))
    return tuple(columns)


def _spread_groups(row: list[str], below: list[list[str]]) -> None:
    """An unmerged group header stands only over its first column: the titles below it follow it to the right."""
    for column in range(1, len(row)):
        if (
            row[column] == ""
            and row[column - 1]
            and _has_text(below, column)
            and _has_text(below, column - 1)
        ):
            row[column] = row[column - 1]


def _has_text(below: list[list[str]], column: int) -> bool:
    return any(row[column] for row in below)


def _best_distinct(paths: list[TitlePath]) -> dict[str, float]:
    """Each target once, each column once, the surest first."""
    claims = sorted(
        ((score, key, column) for column, path in enumerate(paths) for key, score in scores(path).items()),
        reverse=True,
    )
    found: dict[str, float] = {}
    taken: set[int] = set()
    for score, key, column in claims:
        if score >= 0.6 and key not in found and column not in taken:
            found[key] = min(score, 1.1)
            taken.add(column)
    return found


def is_number_row(row: Row) -> bool:
    """ "(1) (2) (3)", "1 2 3", "A B 1 2": the numbers of the columns, not a petition."""
    marks = [_column_mark(cell) for cell in row if cell not in ("", None)]
    if len(marks) < 3 or None in marks:
        return False
    numbers = [mark for mark in marks if isinstance(mark, int)]
    return len(numbers) >= 2 and all(a < b for a, b in pairwise(numbers)) and numbers[0] <= 3


def _column_mark(cell: Cell) -> int | str | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return int(cell) if 0 < cell < 100 and cell == int(cell) else None
    found = _NUMBERED.fullmatch(cell.strip())
    if not found:
        return None
    return int(found[1]) if found[1].isdigit() else found[1]
