"""Work done ahead in a thread, while the one who asked for it waits for the database."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
_PATIENCE = 0.2  # seconds between two looks at whether anybody still wants the work


class _Failure:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def ahead(work: Iterable[T], depth: int = 2) -> Iterator[T]:
    """The same items in the same order, up to `depth` of them made before they are asked for.

    The thread has a database connection of its own, which ends with it.
    """
    queue: Queue[T | _Failure | None] = Queue(depth)
    left = Event()
    thread = Thread(target=_make, args=(work, queue, left), daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, _Failure):
                raise item.error
            yield item
    finally:
        left.set()
        thread.join()


def _make(work: Iterable[T], queue: "Queue[T | _Failure | None]", left: Event) -> None:
    try:
        for item in work:
            if not _put(queue, item, left):
                return
        _put(queue, None, left)
    except BaseException as error:  # noqa: BLE001  raised again where the work is asked for
        _put(queue, _Failure(error), left)
    finally:
        connections.close_all()


def _put(queue: "Queue[T | _Failure | None]", item: "T | _Failure | None", left: Event) -> bool:
    while not left.is_set():
        try:
            queue.put(item, timeout=_PATIENCE)
        except Full:
            continue
        return True
    return False


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Rows are small objects that live as long as their chunk: looking through them is a sixth of the work."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
