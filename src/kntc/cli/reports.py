"""kntc reports: statutory tables at the command line."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kntc.cli.base import DATE, json_option, show, with_database

if TYPE_CHECKING:
    from kntc.agencies.models import Agency
    from kntc.reports.compile import Compiled


@click.group(help="Biểu thống kê và báo cáo.")
def reports() -> None:
    """The group."""


@reports.command(help="Lập biểu FORM (ví dụ 02/XLD) của một cơ quan cùng các cơ quan trực thuộc.")
@click.argument("form", metavar="FORM")
@click.option("--agency", metavar="CODE", required=True, help="Mã cơ quan, ví dụ BDI.")
@click.option("--from", "start", type=DATE, required=True, help="Ngày đầu kỳ, ví dụ 15/12/2025.")
@click.option("--to", "end", type=DATE, required=True, help="Ngày cuối kỳ.")
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help="Ghi biểu ra tệp Excel đúng mẫu.",
)
@json_option
@with_database()
def compile(form: str, agency: str, start: date, end: date, xlsx: Path | None, as_json: bool) -> None:
    """The operator sees the whole country: behind the wall, but with no bounds."""
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as
    from kntc.reports.compile import compile_form

    operator = SystemActor()
    chosen = agency_of(agency)
    with acting_as(operator):
        compiled = compile_form(form.upper(), chosen, start, end, operator)
    if xlsx:
        from kntc.reports.paper import excel_of

        write_file(excel_of(compiled), xlsx)
    show(_data(compiled), as_json, lambda: "\n".join(_in_words(compiled, xlsx)))


def agency_of(code: str) -> "Agency":
    """Raises ClickException."""
    from kntc.agencies.models import Agency

    found = Agency.objects.select_related("parent", "place").filter(code=code.strip().upper()).first()
    if found is None:
        raise click.ClickException(f"Không có cơ quan mã “{code}”. Xem các mã: kntc agencies list")
    return found


def write_file(content: bytes, target: Path) -> None:
    """Raises ClickException."""
    try:
        target.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            f"Không ghi được tệp {target}. Hãy kiểm tra thư mục có tồn tại và cho phép ghi."
        ) from error


def _data(compiled: "Compiled") -> dict[str, Any]:
    return {
        "form": compiled.form.code,
        "document": compiled.form.document,
        "agency": compiled.agency.code,
        "from": compiled.period.start,
        "to": compiled.period.end,
        "columns": {str(number): value for number, value in compiled.total.values.items()},
        "findings": [finding.message for finding in compiled.findings],
        "notice": " ".join(compiled.notices),
    }


def _in_words(compiled: "Compiled", xlsx: Path | None) -> list[str]:
    from kntc.documents.statutory import period_line
    from kntc.vietnamese import number

    form, total = compiled.form, compiled.total.values
    return [
        f"Biểu {form.code} (Thông tư {form.document}): {compiled.agency.name}",
        period_line(compiled.period.start, compiled.period.end),
        *(
            f"{column.printed:>20}  {number(total[column.number]):>12}  {' › '.join(column.header)}"
            for column in form.columns
            if column.number in total
        ),
        *(f"Lưu ý: {text}" for text in (*(f.message for f in compiled.findings), *compiled.notices)),
        *([f"Đã ghi {xlsx}"] if xlsx else []),
    ]
