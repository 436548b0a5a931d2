"""A register file as sheets of plain rows, read in a process of its own and kept on an unlinked spool."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from types import TracebackType
from typing import IO, Any

from kntc.registers.reading.signature import check_content, problem_of_child

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]
Span = tuple[int, int, int, int]  # top, left, bottom, right; counted from 0, ends included

_WALL_SECONDS = 300
_MEMORY_GONE = {9, -6, -9, -24, 101, 134, 137}  # our own code, SIGABRT, SIGKILL, SIGXCPU, a Rust panic


@dataclass
class Sheet:
    index: int
    name: str
    visible: bool
    spans: list[Span] = field(default_factory=list)
    height: int = 0
    chunks: list[int] = field(default_factory=list)  # offsets in the spool


class Workbook:
    """`with Workbook(content) as book:`. Raises `UnreadableRegister`."""

    def __init__(self, content: bytes) -> None:
        check_content(content)
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self.sheets: list[Sheet] = []
        try:
            self._fill(content)
        except BaseException:
            self._spool.close()
            raise

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def rows(self, sheet: Sheet, start: int = 0) -> Iterator[tuple[int, Row]]:
        """(index from 0, cells from column A on; rows may be of different length)."""
        number = 0
        for offset in sheet.chunks:
            self._spool.seek(offset)
            chunk: list[Row] = self._next()[2]
            for row in chunk:
                if number >= start:
                    yield number, row
                number += 1

    def head(self, sheet: Sheet, count: int) -> list[Row]:
        return [row for _number, row in islice(self.rows(sheet), count)]

    def _fill(self, content: bytes) -> None:
        command = [sys.executable, "-m", "kntc.registers.reading.child"]
        try:
            # The file goes in by a pipe and the rows come back to an unlinked file: no name of a petitioner is
            # left on the disk in the open.
            done = subprocess.run(
                command,
                input=content,
                stdout=self._spool,
                stderr=subprocess.DEVNULL,
                timeout=_WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise problem_of_child("too-much") from problem
        if done.returncode in _MEMORY_GONE:
            raise problem_of_child("too-much")
        self._index(done.returncode)

    def _index(self, code: int) -> None:
        self._spool.seek(0)
        while True:
            offset = self._spool.tell()
            try:
                message = self._next()
            except (EOFError, pickle.UnpicklingError) as problem:
                raise problem_of_child("broken", f"exit code {code}") from problem
            if message[0] == "end":
                return
            self._take(offset, message)

    def _take(self, offset: int, message: tuple[Any, ...]) -> None:
        match message:
            case ("sheets", described):
                self.sheets = [Sheet(i, name, visible) for i, (name, visible) in enumerate(described)]
            case ("merged", index, ranges):
                self.sheets[index].spans = [(*start, *end) for start, end in ranges]
            case ("rows", index, chunk):
                self.sheets[index].chunks.append(offset)
                self.sheets[index].height += len(chunk)
            case ("fault", code, *detail):
                raise problem_of_child(code, "".join(detail))

    def _next(self) -> tuple[Any, ...]:
        message: tuple[Any, ...] = pickle.load(self._spool)  # noqa: S301  written by our own child
        return message
