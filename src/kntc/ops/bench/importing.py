"""How fast a register of 100,000 rows comes in, in a home of its own, beside only reading its cells."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from kntc.ops.errors import OpsProblem

HEADER = (
    "STT", "Ngày nhận đơn", "Nơi gửi", "Họ và tên", "Địa chỉ", "Số CMND/CCCD", "Số người", "Loại đơn", "Nội dung đơn",
    "Hướng xử lý", "Số, ngày văn bản",
)  # fmt: skip
KINDS = {"complaint": "Khiếu nại", "denunciation": "Tố cáo", "reflection": "Kiến nghị, phản ánh"}
LEAST_ROWS_A_SECOND = 2000


def measured(rows: int) -> dict[str, Any]:
    """One line of the table. In a process of its own: this one is bound to its database."""
    with tempfile.TemporaryDirectory(prefix="kntc-bench-") as place:
        ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        done = subprocess.run(
            [sys.executable, "-m", "kntc.ops.bench.importing", str(rows)],
            env=ours | {"KNTC_HOME": place}, stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise OpsProblem("Phép đo nhập sổ không chạy được; xem lỗi ở trên.")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _run(rows: int) -> dict[str, Any]:
    from kntc.agencies.models import Agency
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as
    from kntc.ops.home import home
    from kntc.ops.installation import initialise
    from kntc.registers.actions import start_import, upload_register
    from kntc.registers.examining import examine
    from kntc.registers.running import bring_in_all

    initialise()
    book = home() / "so.xlsx"
    _write(book, rows)
    reading = _seconds(lambda: _only_read(book))
    by, agency = SystemActor(), Agency.objects.get(code="GLA")
    with acting_as(by):
        batch = upload_register(agency=agency, file_name=book.name, content=book.read_bytes(), by=by)
    examining = _seconds(lambda: examine(batch, by))
    batch.refresh_from_db()
    with acting_as(by):
        batch = start_import(batch=batch, by=by)
    importing = _seconds(lambda: bring_in_all(batch, by, in_parallel=True))  # as the job does
    batch.refresh_from_db()
    return {
        "name": f"Nhập sổ {rows} dòng",
        "rows": rows,
        "created": batch.created,
        "rejected": batch.rejected,
        "calamine_seconds": reading,
        "examine_seconds": examining,
        "import_seconds": importing,
        "rows_a_second": rows / importing,
        "note": _note(rows, batch.created, reading, examining, importing),
    }


def _note(rows: int, created: int, reading: float, examining: float, importing: float) -> str:
    speed = rows / importing
    verdict = "đạt" if speed >= LEAST_ROWS_A_SECOND else "CHƯA ĐẠT"
    return (
        f"{created} đơn vào sổ; nhập {importing:.1f} s = {speed:.0f} dòng/s ({verdict}, ≥ {LEAST_ROWS_A_SECOND}); "
        f"xem trước {examining:.1f} s; chỉ đọc bằng calamine {reading:.1f} s ({importing / reading:.1f} lần)"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _only_read(book: Path) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()


def _write(book: Path, rows: int) -> None:
    """A register as one agency keeps it, with words and people enough that few rows are alike."""
    import xlsxwriter

    from kntc.ops.demo.grammar import Grammar, fields_for

    random, grammar, first = Random(rows), Grammar(rows), date(2026, 1, 2)  # noqa: S311
    texts = [
        (KINDS[kind], grammar.petition(kind, random.choice(fields_for(kind)), "Xã Ia Ly", first))
        for kind in KINDS
        for _ in range(min(rows, 3000) // 3)
    ]
    with xlsxwriter.Workbook(str(book), {"constant_memory": True}) as workbook:
        day_format = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Sổ theo dõi")
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            kind, text = random.choice(texts)
            day = first + timedelta(number * 300 // rows)
            sheet.write_number(number, 0, number)
            sheet.write_datetime(number, 1, day, day_format)
            sheet.write_row(number, 2, (
                "Bưu điện", grammar.official("Xã Ia Ly", day), text.petitioner.address, f"0522{number:08d}", 1, kind,
                f"{text.title} (thửa {number})", random.choice(("Lưu đơn", "Thụ lý", "")),
                f"{number}/TB-UBND ngày {day:%d/%m/%Y}",
            ))  # fmt: skip


if __name__ == "__main__":
    from kntc.cli.base import with_database

    with with_database(initialised=False):
        print(json.dumps(_run(int(sys.argv[1])), ensure_ascii=False))
