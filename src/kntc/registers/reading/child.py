"""The process that opens a stranger's file: `python -m kntc.registers.reading.child`, the file on stdin.

It writes pickles to stdout: ("sheets", [...]), then for each sheet its rows in chunks, or ("fault", code).
A file made to exhaust memory or time kills this process, not the server.
"""

import io
import pickle
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY = 3 * 1024**3
SECONDS = 120
CHUNK = 1000
COLUMNS = 256


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def chunks(sheet: CalamineSheet) -> Iterator[list[list[Any]]]:
    """The rows from A1 on, trailing blanks cut off."""
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    chunk: list[list[Any]] = []
    for cells in sheet.iter_rows():
        row = (left + cells)[:COLUMNS]
        while row and row[-1] == "":
            row.pop()
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def describe(book: CalamineWorkbook) -> list[tuple[str, bool]]:
    return [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata]


def send(out: BinaryIO, *message: Any) -> None:
    pickle.dump(message, out, protocol=5)


def read(content: bytes, out: BinaryIO) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = describe(book)
    send(out, "sheets", sheets)
    for index in range(len(sheets)):
        try:
            sheet = book.get_sheet_by_index(index)
        except CalamineError:  # a chart or a dialog is a sheet without cells
            continue
        send(out, "merged", index, sheet.merged_cell_ranges or [])
        for chunk in chunks(sheet):
            send(out, "rows", index, chunk)
    send(out, "end")


def main() -> int:
    limit()
    out = sys.stdout.buffer
    try:
        read(sys.stdin.buffer.read(), out)
    except PasswordError:
        send(out, "fault", "encrypted")
    except CalamineError as problem:
        send(out, "fault", "broken", str(problem))
    except MemoryError:
        return 9
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
