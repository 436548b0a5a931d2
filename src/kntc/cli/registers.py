"""kntc registers: an agency's register from Excel into the system."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kntc.cli.bars import bar
from kntc.cli.base import json_option, show, with_database

if TYPE_CHECKING:
    from kntc.agencies.models import Agency
    from kntc.registers.running import Report


@click.group(help="Nhập sổ theo dõi từ Excel.")
def registers() -> None:
    """The group."""


@registers.command(
    "import",
    help="Nhập tệp sổ theo dõi (.xlsx, .xls, .ods). Dòng đã có không vào hai lần; dòng lỗi được trả lại kèm lý do.",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--agency", "code", metavar="CODE", required=True, help="Mã cơ quan có sổ, ví dụ BDI.")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo kết quả, không nhập gì.")
@click.option(
    "--rejected",
    "rejected_to",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi các dòng bị trả lại ra tệp Excel này.",
)
@json_option
@with_database()
def import_command(file: Path, code: str, dry_run: bool, rejected_to: Path | None, as_json: bool) -> None:
    """Exit code 0 when the file was read, even with rejected rows; 1 where it cannot be read."""
    from kntc.registers.reading.signature import UnreadableRegister

    try:
        content = _content(file)
        agency = _agency(code)
        with _bar(quiet=as_json or dry_run) as report:
            result = _look(content, agency) if dry_run else _bring_in(file.name, content, agency, report)
    except UnreadableRegister as problem:
        raise click.ClickException(f"{file.name}: {problem}") from problem
    workbook = result.pop("workbook")
    if rejected_to and result["rejected"]:
        rejected_to.write_bytes(workbook())
    show(result, as_json, lambda: _in_words(result, dry_run))


def _content(file: Path) -> bytes:
    from kntc.registers.reading.signature import check_size

    if not file.is_file():
        raise click.ClickException(f"Không có tệp {file}. Hãy kiểm tra đường dẫn.")
    check_size(file.stat().st_size)
    try:
        return file.read_bytes()
    except OSError as problem:
        raise click.ClickException(f"Không đọc được tệp {file}: {problem.strerror}.") from problem


def _agency(code: str) -> "Agency":
    from kntc.agencies.models import Agency

    found = Agency.objects.users().filter(code=code.upper()).select_related("place").first()
    if found is None:
        raise click.ClickException(f"Không có cơ quan mã {code}. Xem mã bằng lệnh: kntc agencies list")
    return found


def _look(content: bytes, agency: "Agency") -> dict[str, Any]:
    """What would happen, without writing anything."""
    from kntc.audit.actors import SystemActor
    from kntc.registers import rejects
    from kntc.registers.examining import look

    found, plans = look(content, agency, SystemActor())
    faults = [
        (built.plan.name, fault.row, fault.column, fault.value, fault.message, fault.proposal, fault.level)
        for built in (*found.rejected, *found.doubtful)
        for fault in built.faults
    ]
    errors = [fault[:6] for fault in faults if fault[6] == "error"]
    return {
        "rows": found.survey.rows,
        "created": found.survey.created,
        "unchanged": found.survey.unchanged,
        "rejected": _by_row(errors),
        "warnings": _by_row([fault[:6] for fault in faults if fault[6] == "warning"]),
        "notices": found.survey.notices,
        "workbook": lambda: rejects.of_content(content, plans, errors),
    }


def _bring_in(name: str, content: bytes, agency: "Agency", report: "Report") -> dict[str, Any]:
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as
    from kntc.registers.actions import upload_register
    from kntc.registers.queries import faulty_rows, rejects_of
    from kntc.registers.running import import_at_once

    by = SystemActor()
    with acting_as(by):
        batch = upload_register(agency=agency, file_name=name, content=content, by=by)
    batch = import_at_once(batch, by, report, in_parallel=True)
    return {
        "rows": batch.rows,
        "created": batch.created,
        "unchanged": batch.unchanged,
        "rejected": _by_row(faulty_rows(batch)),
        "warnings": _by_row(faulty_rows(batch, "warning")),
        "notices": batch.preview["notices"],
        "workbook": lambda: rejects_of(batch),
    }


def _by_row(faults: list[tuple[str, int, str, str, str, str]]) -> list[dict[str, Any]]:
    """One entry a row; what else is wrong with it stands under `also`."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for sheet, row, column, value, message, proposal in faults:
        fault: dict[str, Any] = {"column": column, "value": value, "message": message}
        if proposal:
            fault["proposal"] = proposal
        if (sheet, row) in rows:
            rows[sheet, row].setdefault("also", []).append(fault)
        else:
            rows[sheet, row] = {"sheet": sheet, "row": row, **fault}
    return list(rows.values())


@contextmanager
def _bar(*, quiet: bool) -> "Iterator[Report]":
    from kntc.registers.running import silent

    if quiet:
        yield silent
        return
    with bar("Nhập sổ") as report:
        yield report


def _in_words(result: dict[str, Any], dry_run: bool) -> str:
    verb = "sẽ nhập" if dry_run else "đã nhập"
    lines = [
        f"Đọc {result['rows']} dòng: {verb} {result['created']}, đã có từ trước {result['unchanged']}, "
        f"trả lại {len(result['rejected'])}, có cảnh báo {len(result['warnings'])}.",
        *result["notices"],
    ]
    for fault in result["rejected"][:20]:
        where = f"Trang “{fault['sheet']}”, dòng {fault['row']}"
        column = f", cột “{fault['column']}”" if fault["column"] else ""
        lines.append(f"  {where}{column}: {fault['message']}")
    if len(result["rejected"]) > 20:
        lines.append(f"  … và {len(result['rejected']) - 20} dòng nữa; dùng --rejected TỆP.xlsx để lấy đủ.")
    return "\n".join(lines)
