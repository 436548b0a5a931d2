"""Which rows of a sheet are petitions, and which are totals, headings, page breaks, signatures or blank."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kntc.registers.reading.cells import one_line, text_of
from kntc.registers.reading.header import Header, is_number_row
from kntc.registers.reading.kinds import CellProblem, read_kind
from kntc.registers.reading.period import Period, find_period
from kntc.registers.reading.titles import plain
from kntc.registers.reading.workbook import Cell, Row, Sheet, Workbook
from kntc.vietnamese import DateProblem, parse_date

_STRONG = (
    "received_on", "content", "name", "name_address", "kind", "id_number", "source", "handling", "address", "agency",
)  # fmt: skip
_TOTAL = re.compile(
    r"(tong( cong| so| so don| hop)?|cong( don| cong)?)( (thang|quy|nam|trang|so|don|cuoi|luy ke|cac)\b.*)?( \d.*)?"
)
_COUNTED = re.compile(r"(\d+)( (don|luot|vu|truong hop))?")
_SIGNATURE = re.compile(
    r"(nguoi (lap|ghi so|tong hop|theo doi|bao cao)|thu truong|ky (va )?ghi ro|ky ten|noi nhan|tm uy ban|t m |"
    r"kt chu tich|k t |can bo (lap|theo doi|tiep)|truong (phong|ban)|pho truong|chu tich|pho chu tich|giam doc|"
    r"xac nhan cua|ke toan|[a-z ]{0,40} ngay( \d{0,2})? thang( \d{0,2})? nam)\b.*"
)
_DITTO_WORDS = {"nt", "n t", "nhu tren", "id"}
_DITTO_MARKS = {'"', "”", "“", "″", "''", "//", "-//-", "〃", "-nt-", "- nt -"}
_HIGHEST_MERGE = 200
_NUMERAL = re.compile(r"^\s*(?:[IVX]{1,5}|[A-Z]|\d{1,2})\s*[.)/:-]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """What headings between the rows say of the rows below them."""

    kind: str = ""
    period: Period | None = None


@dataclass
class Record:
    """One petition's row, merged and repeated cells filled in; `more` rows belong to it (further signatories)."""

    row: int  # as Excel shows it
    cells: list[Cell]
    texts: list[str]  # the same as text, clean
    context: Context
    more: list[list[Cell]] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        return self.row + len(self.more)


@dataclass(frozen=True)
class Skipped:
    """A row that is no petition. `reason`: total, heading, footer, page."""

    row: int
    reason: str
    text: str
    total: int | None = None  # the number a total row claims
    counted: tuple[int, int] = (0, 0)  # petitions since the total before, and all so far


def records(
    book: Workbook, sheet: Sheet, header: Header, targets: Mapping[int, str]
) -> Iterator[Record | Skipped]:
    """In the order of the sheet. `targets`: column index → target key."""
    reader = _Reader(sheet, header, targets)
    for index, row in book.rows(sheet, header.data_start):
        yield from reader.take(index, row)
    yield from reader.flush()


def joining_columns(targets: Mapping[int, str]) -> tuple[int, ...]:
    """The columns that, merged over several rows, make them one petition."""
    columns = {target: index for index, target in targets.items()}
    if "stt" in columns:
        return (columns["stt"],)
    keys = ("received_on", "content")
    return tuple(columns[key] for key in keys) if columns.keys() >= set(keys) else ()


class _Reader:
    def __init__(self, sheet: Sheet, header: Header, targets: Mapping[int, str]) -> None:
        self.targets = {index: target.partition("=")[0] for index, target in targets.items() if target}
        self.by_target = {target: index for index, target in self.targets.items()}
        self.joining = joining_columns(targets)
        self.titles = {plain(part) for title in header.titles for part in title}
        self.covered = _vertical_merges(sheet, header.data_start)
        self.above: dict[int, Cell] = {}
        self.open: Record | None = None
        self.context = Context()
        self.in_footer = False
        self.count = self.count_at_total = 0

    def flush(self) -> Iterator[Record]:
        if self.open is not None:
            yield self.open
            self.open = None

    def take(self, index: int, row: Row) -> Iterator[Record | Skipped]:
        cells, continues = self._filled(index, row)
        if continues and self.open is not None:
            self.open.more.append(cells)
            return
        texts = [text_of(cell) for cell in cells]
        said = [(column, text) for column, text in enumerate(texts) if text]
        if not said or self._only_numbered(said):
            return
        yield from self.flush()
        skipped = self._skip(index, cells, said)
        if skipped is not None:
            yield skipped
            return
        self.count += 1
        self.in_footer = False
        self.open = Record(index + 1, cells, texts, self.context)

    def _only_numbered(self, texts: list[tuple[int, str]]) -> bool:
        """A row prepared with its number and never filled in."""
        return all(self.targets.get(column) == "stt" and _is_serial(text) for column, text in texts)

    def _filled(self, index: int, row: Row) -> tuple[list[Cell], bool]:
        """The row's cells with merged and "như trên" cells filled in, and whether it goes on from the row above."""
        cells = list(row)
        merged = self.covered.get(index, ())
        for column in merged:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = self.above.get(column, "")
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and 0 < len(cell) < 12 and _is_ditto(cell):
                cells[column] = self.above.get(column, "")
            elif cell != "" or column not in merged:
                self.above[column] = cell
        return cells, self._continues(merged)

    def _continues(self, merged: tuple[int, ...]) -> bool:
        return bool(self.joining) and all(column in merged for column in self.joining)

    def _skip(self, index: int, row: Row, texts: list[tuple[int, str]]) -> Skipped | None:
        has_date = self._has_date(row)
        if has_date and self._is_numbered(row):
            return None  # nearly every row
        words = [plain(text) for _, text in texts]
        shown = one_line(" · ".join(text for _, text in texts))[:200]
        if is_number_row(row) or self._repeats_header(words):
            return Skipped(index + 1, "page", shown)
        if not has_date and _TOTAL.fullmatch(words[0]):
            return self._total(index, texts, shown)
        if self._is_record(row, texts, has_date):
            return None
        self.in_footer = self.in_footer or any(_SIGNATURE.fullmatch(word) for word in words)
        if self.in_footer:
            return Skipped(index + 1, "footer", shown)
        self._take_heading(texts)
        return Skipped(index + 1, "heading", shown)

    def _repeats_header(self, words: list[str]) -> bool:
        return len(words) > 2 and sum(word in self.titles for word in words) >= 0.6 * len(words)

    def _has_date(self, row: Row) -> bool:
        column = self.by_target.get("received_on")
        if column is None or column >= len(row):
            return False
        try:
            parse_date(row[column])
        except DateProblem as problem:
            return problem.proposal is not None
        return True

    def _is_record(self, row: Row, texts: list[tuple[int, str]], has_date: bool) -> bool:
        strong = {self.targets[column] for column, _ in texts if self.targets.get(column) in _STRONG}
        if self._is_numbered(row):
            return bool(strong)
        signs = any(_SIGNATURE.fullmatch(plain(text)) for _, text in texts)
        return len(strong) > 1 and (has_date or not (signs or self.in_footer))

    def _is_numbered(self, row: Row) -> bool:
        column = self.by_target.get("stt")
        return column is not None and column < len(row) and _is_serial(text_of(row[column]))

    def _total(self, index: int, texts: list[tuple[int, str]], shown: str) -> Skipped:
        numbers = [int(found[1]) for _, text in texts[1:] if (found := _COUNTED.fullmatch(plain(text)))]
        numbers += [int(word) for word in plain(texts[0][1]).split() if word.isdecimal()]
        counted = (self.count - self.count_at_total, self.count)
        self.count_at_total = self.count
        return Skipped(index + 1, "total", shown, numbers[0] if numbers else None, counted)

    def _take_heading(self, texts: list[tuple[int, str]]) -> None:
        text = _NUMERAL.sub("", max((text for _, text in texts), key=len))
        if period := find_period(text):
            self.context = replace(self.context, period=period)
            return
        try:
            kind = read_kind(text).kind
        except CellProblem:
            kind = ""  # better no kind than that of a heading which has ended
        self.context = replace(self.context, kind=kind)


def _is_serial(text: str) -> bool:
    return text.strip(" .").isdecimal()


def _is_ditto(cell: str) -> bool:
    return cell.strip() in _DITTO_MARKS or plain(cell) in _DITTO_WORDS


def _vertical_merges(sheet: Sheet, start: int) -> dict[int, tuple[int, ...]]:
    """Row → columns whose cell goes on from the row above."""
    covered: dict[int, list[int]] = defaultdict(list)
    for top, left, bottom, _right in sheet.spans:
        # Only the first column of a merged block carries its value; a block of hundreds of rows is no petition.
        for row in range(max(top + 1, start), min(bottom, top + _HIGHEST_MERGE, sheet.height) + 1):
            covered[row].append(left)
    return {row: tuple(columns) for row, columns in covered.items()}
