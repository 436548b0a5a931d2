"""Bringing in what has been examined, to the end. Used by the job, the command line and the demonstration."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from kntc.audit.actors import Actor
from kntc.audit.walls import acting_as
from kntc.registers.actions import finish_import, import_rows, save_examination, start_import
from kntc.registers.apart import Apart
from kntc.registers.building import Made
from kntc.registers.collecting import collecting_seldom
from kntc.registers.examining import planned, tell
from kntc.registers.importing import CHUNK, Prepared, Reading, left_out, prepared, to_bring_in
from kntc.registers.models import Batch, Status
from kntc.registers.reading.plan import saved
from kntc.registers.survey import Survey, chunked

Report = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """For callers that do not care."""


def bring_in_all(batch: Batch, by: Actor, report: Report = silent, *, in_parallel: bool = False) -> Batch:
    """All rows that are not in yet, each chunk in a transaction of its own.

    Killed at any point it goes on from the last whole chunk when it is called again. `in_parallel`: a process of its
    own reads while this one writes; not inside a transaction whose changes reading must see.
    """
    if in_parallel:
        with Apart(batch, by) as apart:
            batch = _bring_in(batch, apart.chunks(), by, report)
            return _finish(batch, apart.told, by)
    with planned(batch, by) as reading:
        batch = _bring_in(batch, _chunks(reading, batch.position), by, report)
        return _finish(batch, tell(reading, Survey()), by)


def import_at_once(batch: Batch, by: Actor, report: Report = silent, *, in_parallel: bool = False) -> Batch:
    """Without a look at it before: what the command line does. Raises `UnreadableRegister`."""
    if in_parallel:
        with Apart(batch, by) as apart:
            batch = _begin(batch, *apart.plan, by)
            return _finish(_bring_in(batch, apart.chunks(), by, report), apart.told, by)
    with planned(batch, by) as reading:
        batch = _begin(batch, saved(reading.plans), reading.height, by)
        batch = _bring_in(batch, _chunks(reading, 0), by, report)
        return _finish(batch, tell(reading, Survey()), by)


def _begin(batch: Batch, plan: Sequence[dict[str, Any]], rows: int, by: Actor) -> Batch:
    with acting_as(by):
        values = {"plan": plan, "rows": rows, "status": Status.READY}
        return start_import(batch=save_examination(batch=batch, values=values, by=by), by=by)


def _chunks(reading: Reading, position: int) -> Iterator[list[Made]]:
    """Rows before the position are read again, not brought in again: which one of several alike rows a row is depends
    on those before it."""
    for chunk in chunked(islice(reading.rows(), position, None), CHUNK):
        yield [built.made for built in chunk]


def _bring_in(batch: Batch, chunks: Iterable[list[Made]], by: Actor, report: Report) -> Batch:
    with acting_as(by):
        skip = left_out(batch)
    with collecting_seldom():
        for chunk, ready in _prepared(chunks, skip, by):
            with acting_as(by):
                batch = import_rows(
                    batch=batch, start=batch.position, rows=chunk, skip=skip, ready=ready, by=by
                )
            report(batch.position, batch.rows)
    return batch


def _finish(batch: Batch, told: Mapping[str, Any], by: Actor) -> Batch:
    with acting_as(by):
        return finish_import(batch=batch, told=told, by=by)


def _prepared(
    chunks: Iterable[list[Made]], skip: set[tuple[str, int]], by: Actor
) -> Iterator[tuple[list[Made], Prepared]]:
    """Each chunk with its records, which a thread builds while the database writes the chunk before."""
    waiting: tuple[list[Made], Future[Prepared]] | None = None
    with ThreadPoolExecutor(1) as pool:
        for chunk in chunks:
            with acting_as(by):
                rows = to_bring_in(chunk, skip)
            coming = pool.submit(prepared, rows, by)
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = chunk, coming
        if waiting:
            yield waiting[0], waiting[1].result()
