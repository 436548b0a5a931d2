"""File locks between commands. The kernel drops them when a process dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kntc.ops.errors import OpsProblem
from kntc.ops.home import writable

WAIT = 120.0


def _open(path: Path) -> int:
    with writable(path):
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def gate(path: Path, seconds: float = WAIT) -> Iterator[None]:
    """One process at a time; the others wait, at most `seconds`."""
    descriptor = _open(path)
    try:
        _wait_for(descriptor, path, seconds)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not _try(descriptor, fcntl.LOCK_EX):
        if time.monotonic() > until:
            raise OpsProblem(
                f"Một lệnh kntc khác đang giữ {path} quá lâu. Hãy chờ lệnh đó xong hoặc dừng nó rồi chạy lại."
            )
        time.sleep(0.05)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Users:
    """Who uses a thing: each user holds a shared lock, and the last to leave can tell that it is the last.

    Call `enter` and `leave` behind one gate.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = -1

    def enter(self) -> None:
        self._descriptor = _open(self.path)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Give the lock up; True when nobody else holds one."""
        last = _try(self._descriptor, fcntl.LOCK_EX)
        os.close(self._descriptor)
        self._descriptor = -1
        return last
