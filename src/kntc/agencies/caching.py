"""What is read whole from the database and kept in memory until the rows behind it change."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """One value for the process. `stamp` asks the database, cheaply, whether it is still the same."""

    def __init__(self, build: Callable[[], T], stamp: Callable[[], Hashable]) -> None:
        self._build = build
        self._stamp = stamp
        self._lock = Lock()
        self._kept: tuple[Hashable, T] | None = None

    def get(self) -> T:
        stamp = self._stamp()
        with self._lock:  # one builds, the others wait for it
            if self._kept is None or self._kept[0] != stamp:
                self._kept = stamp, self._build()
            return self._kept[1]
