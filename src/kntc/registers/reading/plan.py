"""How a workbook is to be read: which sheets, where the header lies, what each column means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any

from kntc.registers.reading.columns import SAMPLE_ROWS, Column, propose
from kntc.registers.reading.columns import apply as apply_choice
from kntc.registers.reading.entries import EntryReader
from kntc.registers.reading.entry import Entry
from kntc.registers.reading.header import HEAD_ROWS, Header, find_header, header_at
from kntc.registers.reading.period import TitleBlock, read_title
from kntc.registers.reading.records import Record, Skipped, records
from kntc.registers.reading.signature import UnreadableRegister
from kntc.registers.reading.workbook import Row, Sheet, Workbook

_ALIKE = 0.75  # share of the best sheet's columns that another sheet needs to be of the same register


@dataclass(frozen=True)
class SheetPlan:
    index: int
    name: str
    visible: bool
    header: Header
    columns: tuple[Column, ...]
    title: TitleBlock
    selected: bool
    example: tuple[tuple[str, ...], ...] = field(default=())  # first rows as text, for the eye

    @property
    def targets(self) -> dict[int, str]:
        return {column.index: column.target for column in self.columns if column.target}

    @property
    def missing(self) -> tuple[str, ...]:
        """Targets without which hardly a row can come in."""
        present = {target.partition("=")[0] for target in self.targets.values()}
        wanted = {"received_on": present, "name": present | {"name_address"} & present, "kind": present}
        return tuple(key for key in wanted if key not in present and not self._stands_in(key, present))

    def _stands_in(self, key: str, present: set[str]) -> bool:
        return (key == "name" and bool({"name_address", "content"} & present)) or (
            key == "kind" and bool(self.title.kind)
        )


def make_plan(book: Workbook) -> list[SheetPlan]:
    """Every sheet that looks like a register, those of one layout selected. Raises `UnreadableRegister`."""
    plans = [plan for sheet in book.sheets if (plan := _sheet_plan(book, sheet))]
    if not plans:
        raise UnreadableRegister(_no_header(book))
    best = max(plans, key=lambda plan: (plan.visible, plan.header.score))
    return [replace(plan, selected=plan.visible and _is_alike(plan, best)) for plan in plans]


def replan(book: Workbook, plan: SheetPlan, first: int, last: int) -> SheetPlan:
    """The same sheet with the header where a person pointed."""
    sheet = book.sheets[plan.index]
    header = header_at(book.head(sheet, HEAD_ROWS), sheet.spans, first, last)
    return replace(_with_header(book, sheet, header), selected=plan.selected)


def with_choice(plan: SheetPlan, choice: Mapping[int, str]) -> SheetPlan:
    """The plan with columns as a person chose them."""
    return replace(plan, columns=tuple(apply_choice(plan.columns, choice)))


def saved(plans: Sequence[SheetPlan]) -> list[dict[str, Any]]:
    """What has to be kept to read the file again in the same way."""
    return [
        {
            "sheet": plan.index,
            "first": plan.header.first,
            "last": plan.header.last,
            "selected": plan.selected,
            "columns": {str(column.index): column.target for column in plan.columns},
        }
        for plan in plans
    ]


def restored(book: Workbook, data: Sequence[Mapping[str, Any]]) -> list[SheetPlan]:
    plans = []
    for item in data:
        sheet = book.sheets[item["sheet"]]
        header = header_at(book.head(sheet, HEAD_ROWS), sheet.spans, item["first"], item["last"])
        choice = {int(index): target for index, target in item["columns"].items()}
        plans.append(
            replace(with_choice(_with_header(book, sheet, header), choice), selected=item["selected"])
        )
    return plans


@dataclass(frozen=True)
class SheetEntry:
    """An entry with the sheet it stands on."""

    plan: SheetPlan
    record: Record
    entry: Entry


def read_entries(
    book: Workbook, plans: Sequence[SheetPlan], today: date
) -> Iterator[SheetEntry | tuple[SheetPlan, Skipped]]:
    """All selected sheets, row by row."""
    for plan in plans:
        if not plan.selected:
            continue
        reader = EntryReader(
            plan.header, plan.targets, period=plan.title.period, kind=plan.title.kind, today=today
        )
        for item in records(book, book.sheets[plan.index], plan.header, plan.targets):
            yield (plan, item) if isinstance(item, Skipped) else SheetEntry(plan, item, reader.read(item))


def _sheet_plan(book: Workbook, sheet: Sheet) -> SheetPlan | None:
    header = find_header(book.head(sheet, HEAD_ROWS), sheet.spans)
    return _with_header(book, sheet, header) if header else None


def _with_header(book: Workbook, sheet: Sheet, header: Header) -> SheetPlan:
    sample: list[Row] = [row for _, row in islice(book.rows(sheet, header.data_start), SAMPLE_ROWS)]
    columns = tuple(propose(header, sample))
    title = read_title(book.head(sheet, header.first), sheet.name)
    return SheetPlan(sheet.index, sheet.name, sheet.visible, header, columns, title, selected=sheet.visible)


def _is_alike(plan: SheetPlan, best: SheetPlan) -> bool:
    shared = plan.header.found & best.header.found
    return len(shared) >= _ALIKE * len(best.header.found)


def _no_header(book: Workbook) -> str:
    if not any(sheet.height for sheet in book.sheets):
        return "Tệp không có dữ liệu: các trang tính đều trống. Chọn lại tệp sổ."
    names = ", ".join(f"“{sheet.name}”" for sheet in book.sheets[:5])
    return (
        f"Không tìm thấy dòng tiêu đề của sổ trong trang tính {names}. Sổ cần có một dòng tiêu đề với ít nhất các cột: "
        "Ngày nhận đơn, Họ tên người viết đơn, Loại đơn, Nội dung đơn. Hãy thêm dòng tiêu đề rồi chọn lại tệp."
    )
