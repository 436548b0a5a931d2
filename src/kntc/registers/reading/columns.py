"""Proposes what each column means, from its title and from its values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kntc.registers.reading.cells import text_of
from kntc.registers.reading.evidence import share, tick_share
from kntc.registers.reading.header import Header, column_letter, is_number_row
from kntc.registers.reading.targets import IGNORED, LABELS, REPEATING
from kntc.registers.reading.titles import TitlePath, plain, scores, tick_scores
from kntc.registers.reading.workbook import Cell, Row

SAMPLE_ROWS = 300
_SHOWN = 3
# Values so telling that they name a column without a title, or with one we do not know.
_TELLING = ("received_on", "kind", "id_number", "content", "handling", "paper")
_SURE = 0.75


@dataclass(frozen=True)
class Column:
    """One column of the file and what it is taken for."""

    index: int
    title: str
    target: str
    confidence: float  # 0 to 1
    samples: tuple[str, ...]
    filled: int  # filled cells in the sample

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def label(self) -> str:
        return LABELS.get(self.target, "Không nhập")

    @property
    def is_sure(self) -> bool:
        return self.confidence >= _SURE


def propose(header: Header, sample: Sequence[Row]) -> list[Column]:
    """The columns with their proposed targets; a target is given once, except notes."""
    sample = [row for row in sample if _is_telling(header, row)]
    width = max([len(header.titles), *(len(row) for row in sample)], default=0)
    values = [_values(sample, column) for column in range(width)]
    paths = [*header.paths, *[()] * (width - len(header.titles))]
    chosen = _ticks(paths, values)
    ticked_fields = {target.partition("=")[0] for target, _ in chosen.values()}
    chosen |= _best(paths, values, taken=chosen.keys(), fields=ticked_fields)
    return [_column(header, index, values[index], chosen.get(index)) for index in range(width)]


def apply(columns: Iterable[Column], choice: Mapping[int, str]) -> list[Column]:
    """The columns as a person chose them; columns that the choice does not name stay."""
    return [
        Column(c.index, c.title, choice[c.index], 1, c.samples, c.filled) if c.index in choice else c
        for c in columns
    ]


def _is_telling(header: Header, row: Row) -> bool:
    """Not a heading, a page break or a row prepared for later."""
    words = [plain(text) for cell in row if (text := text_of(cell))]
    titles = {part for path in header.paths for part in path}
    return (
        len(words) > 2 and not is_number_row(row) and sum(word in titles for word in words) < 0.6 * len(words)
    )


def _values(sample: Sequence[Row], column: int) -> list[Cell]:
    cells = (row[column] for row in sample if column < len(row))
    return [cell for cell in cells if not (isinstance(cell, str) and not cell.strip())]


def _column(header: Header, index: int, values: Sequence[Cell], choice: tuple[str, float] | None) -> Column:
    target, confidence = choice or _left_over(header, index, values)
    samples = tuple(dict.fromkeys(text_of(value)[:120] for value in values))[:_SHOWN]
    return Column(index, header.title(index), target, round(min(confidence, 1), 2), samples, len(values))


def _left_over(header: Header, index: int, values: Sequence[Cell]) -> tuple[str, float]:
    """A titled column that means nothing to us is kept word for word in the note: nothing gets lost."""
    titled = index < len(header.titles) and header.titles[index]
    return ("note", 0.3) if titled and values else (IGNORED, 1 if not values else 0.3)


def _ticks(paths: Sequence[TitlePath], values: Sequence[Sequence[Cell]]) -> dict[int, tuple[str, float]]:
    """Columns of ticks come in groups: at least two values of one field side by side, and ticks in one of them."""
    groups: dict[tuple[TitlePath, str], dict[int, tuple[str, float]]] = defaultdict(dict)
    for index, path in enumerate(paths):
        for target, score in tick_scores(path).items():
            group = groups[path[:-1], target.partition("=")[0]]
            if index not in group or score > group[index][1]:
                group[index] = (target, score)
    chosen: dict[int, tuple[str, float]] = {}
    for group in groups.values():
        ticked = [index for index in group if (tick_share(values[index]) or 0) >= 0.8]
        distinct = {target for target, _ in group.values()}
        if len(distinct) > 1 and ticked:
            chosen |= group
    return chosen


def _best(
    paths: Sequence[TitlePath], values: Sequence[Sequence[Cell]], taken: Iterable[int], fields: set[str]
) -> dict[int, tuple[str, float]]:
    claims = [
        (score, key, index)
        for index, path in enumerate(paths)
        for key, score in _claims(path, values[index]).items()
        if key not in fields
    ]
    chosen: dict[int, tuple[str, float]] = {}
    used, columns = set(), set(taken)
    for score, key, index in sorted(claims, key=lambda claim: (-claim[0], claim[2])):
        if index not in columns and key not in used:
            columns.add(index)
            chosen[index] = (key, score)
            used |= {key} - REPEATING
    return chosen


def _claims(path: TitlePath, values: Sequence[Cell]) -> dict[str, float]:
    titled = scores(path)
    found = {}
    for key, score in titled.items():
        evidence = share(key, values)
        total = score + (0.4 * (evidence - 0.6) if evidence is not None else -0.1 * (not values))
        if score >= 0.45 and total >= 0.45:
            found[key] = total
    if not found:
        found = {
            key: 0.25 + 0.25 * s
            for key in _TELLING
            if (s := share(key, values) or 0) >= 0.9 and len(values) > 2
        }
    return found
