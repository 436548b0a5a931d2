"""KNTC_HOME: the one directory that holds the embedded database, the secrets and all files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kntc.ops.errors import OpsProblem

LOG_LIMIT = 10 * 1024 * 1024


def home() -> Path:
    return Path(os.environ.get("KNTC_HOME") or "var").absolute()


def directory(path: Path, mode: int = 0o755) -> Path:
    """Make a directory (and its parents) that we can write to."""
    with writable(path):
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    return path


def open_log(path: Path) -> BinaryIO:
    """A log to add to; one that has grown long is put aside first, in the place of the one before."""
    directory(path.parent)
    with writable(path):
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn an error of the file system into a sentence that names the place and the way out."""
    try:
        yield
    except OSError as error:
        raise OpsProblem(
            f"Không ghi được vào {path} ({error.strerror}). "
            "Hãy cấp quyền ghi cho thư mục đó, hoặc đặt biến KNTC_HOME tới một thư mục khác rồi chạy lại."
        ) from error
