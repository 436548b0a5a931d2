"""A table's header tree laid out as merged cells: the same for Excel, Word and HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A heading over columns first…last in rows top…bottom, all counted from 0, all included."""

    text: str
    first: int
    last: int
    top: int
    bottom: int
    is_leaf: bool

    @property
    def columns(self) -> int:
        return self.last - self.first + 1

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1


def header_depth(paths: Sequence[Path], tall: Mapping[str, int] | None = None) -> int:
    """How many rows the header takes; `tall` says which headings take more than one."""
    tall = tall or {}
    return max((sum(tall.get(part, 1) for part in path[:-1]) + 1 for path in paths), default=0)


def header_cells(paths: Sequence[Path], tall: Mapping[str, int] | None = None) -> list[HeaderCell]:
    """Neighbours with the same heading are merged, a last heading reaches down to the columns' numbers."""
    depth = header_depth(paths, tall)
    cells = _cells(list(enumerate(paths)), 0, depth, tall or {})
    return sorted(cells, key=lambda cell: (cell.top, cell.first))


def header_rows(paths: Sequence[Path], tall: Mapping[str, int] | None = None) -> list[list[HeaderCell]]:
    """The cells by the row in which they begin: what an HTML table writes with rowspan and colspan."""
    cells = header_cells(paths, tall)
    return [[cell for cell in cells if cell.top == row] for row in range(header_depth(paths, tall))]


def _cells(
    columns: list[tuple[int, Path]], top: int, depth: int, tall: Mapping[str, int]
) -> Iterator[HeaderCell]:
    # A column whose heading ends here stands alone, even beside a group of the same name (02/XLD: cột 4 and 6–22).
    for (text, leaf), group in groupby(columns, key=lambda c: (c[1][0], c[0] if len(c[1]) == 1 else -1)):
        members = list(group)
        is_leaf = leaf >= 0
        bottom = depth - 1 if is_leaf else top + tall.get(text, 1) - 1
        yield HeaderCell(text, members[0][0], members[-1][0], top, bottom, is_leaf)
        if not is_leaf:
            yield from _cells([(number, path[1:]) for number, path in members], bottom + 1, depth, tall)
