"""Bringing in what has been examined, to the end. Used by the job, the command line and the demonstration."""

from collections import deque
from collections.abc import Callable
from itertools import islice

from kntc.audit.actors import Actor
from kntc.audit.walls import acting_as
from kntc.registers import storage
from kntc.registers.actions import finish_import, import_rows, save_examination, start_import
from kntc.registers.ahead import ahead, collecting_seldom
from kntc.registers.examining import plan_for, require_rows
from kntc.registers.importing import CHUNK, Reading, left_out, open_reading, reading_of
from kntc.registers.models import Batch, Status
from kntc.registers.reading.plan import saved
from kntc.registers.reading.workbook import Workbook
from kntc.registers.survey import chunked

Report = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """For callers that do not care."""


def bring_in_all(batch: Batch, by: Actor, report: Report = silent, *, in_parallel: bool = False) -> Batch:
    """All rows that are not in yet, each chunk in a transaction of its own.

    Killed at any point it goes on from the last whole chunk when it is called again. `in_parallel`: the next chunk is
    read while the database writes this one; not inside a transaction whose changes reading must see.
    """
    with reading_of(batch, by) as reading:
        return _bring_in(batch, reading, by, report, in_parallel)


def import_at_once(batch: Batch, by: Actor, report: Report = silent, *, in_parallel: bool = False) -> Batch:
    """Without a look at it before: what the command line does. Raises `UnreadableRegister`."""
    with Workbook(storage.read(batch.stored)) as book:
        plans = plan_for(batch, book)
        require_rows(book, plans)
        rows = sum(book.sheets[plan.index].height for plan in plans if plan.selected)
        with acting_as(by):
            values = {"plan": saved(plans), "rows": rows, "status": Status.READY}
            batch = save_examination(batch=batch, values=values, by=by)
            batch = start_import(batch=batch, by=by)
        return _bring_in(batch, open_reading(batch, book, plans, by), by, report, in_parallel)


def _bring_in(batch: Batch, reading: Reading, by: Actor, report: Report, in_parallel: bool) -> Batch:
    with acting_as(by):
        skip = left_out(batch)
    rows = reading.rows()
    with collecting_seldom():
        # Read again, not brought in again: which one of several alike rows a row is depends on those before it.
        deque(islice(rows, batch.position), maxlen=0)
        chunks = chunked(rows, CHUNK)
        for chunk in ahead(chunks) if in_parallel else chunks:
            with acting_as(by):
                batch = import_rows(batch=batch, start=batch.position, rows=chunk, skip=skip, by=by)
            report(batch.position, batch.rows)
    with acting_as(by):
        return finish_import(batch=batch, by=by)
