"""Registers read without a database, and brought in with one, for the tests of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.walls import acting_as
from kntc.registers.actions import start_import, upload_register
from kntc.registers.examining import examine
from kntc.registers.models import Batch, Status
from kntc.registers.reading.entry import Entry
from kntc.registers.reading.plan import SheetPlan, make_plan, read_entries
from kntc.registers.reading.records import Skipped
from kntc.registers.reading.workbook import Workbook
from kntc.registers.running import bring_in_all
from tests.factories import SYSTEM

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Reading:
    """What the pure reader makes of a file."""

    plans: list[SheetPlan]
    entries: list[Entry]
    skipped: list[Skipped]

    @property
    def plan(self) -> SheetPlan:
        return next(plan for plan in self.plans if plan.selected)

    @property
    def days(self) -> list[date | None]:
        return [entry.received_on for entry in self.entries]

    def faults(self, target: str) -> list[str]:
        return [fault.message for entry in self.entries for fault in entry.faults if fault.target == target]

    def reasons(self) -> list[str]:
        return [item.reason for item in self.skipped]


def read(content: bytes) -> Reading:
    with Workbook(content) as book:
        plans = make_plan(book)
        items = list(read_entries(book, plans, TODAY))
    skipped = [item[1] for item in items if isinstance(item, tuple)]
    return Reading(plans, [item.entry for item in items if not isinstance(item, tuple)], skipped)


def examined(agency: Agency, content: bytes, by: Actor = SYSTEM, name: str = "so.xlsx") -> Batch:
    with acting_as(by):
        batch = upload_register(agency=agency, file_name=name, content=content, by=by)
    return examine(batch, by)


def bring_in(agency: Agency, content: bytes, by: Actor = SYSTEM) -> Batch:
    """The whole way: upload, look, import."""
    batch = examined(agency, content, by)
    assert batch.status == Status.READY, batch.message
    with acting_as(by):
        batch = start_import(batch=batch, by=by)
    return bring_in_all(batch, by)


def counts(batch: Batch) -> tuple[int, int, int]:
    """Created, unchanged, rejected."""
    return batch.created, batch.unchanged, batch.rejected


def errors(batch: Batch) -> list[str]:
    return list(batch.faults.filter(level="error").order_by("pk").values_list("message", flat=True))


def columns(rows: Sequence[Sequence[Any]], order: Sequence[int]) -> list[list[Any]]:
    """The same rows with their columns in another order."""
    return [[row[index] if index < len(row) else "" for index in order] for row in rows]
