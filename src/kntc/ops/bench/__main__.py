"""`python -m kntc.ops.bench`: makes its own home once, then measures in it."""

import json
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import click

from kntc.cli.bars import bar
from kntc.cli.base import report_problems, with_database
from kntc.ops.database import is_embedded
from kntc.ops.errors import OpsProblem
from kntc.ops.home import directory, home
from kntc.vietnamese import number

if TYPE_CHECKING:
    from kntc.ops.bench.measure import Case, Result


@click.command()
@click.option("--petitions", type=click.IntRange(1000), default=100_000, show_default=True)
@click.option("--only", default="", help="Chỉ những phép đo có chữ này trong tên.")
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--import-rows", type=click.IntRange(0), default=100_000, help="Số dòng của sổ nhập thử; 0 để bỏ qua."
)
def bench(petitions: int, only: str, as_json: bool, import_rows: int) -> None:
    """Đo những việc mà người dùng phải chờ, so với cùng câu SQL viết tay."""
    if is_embedded():
        # Beside the records of whoever works here, and kept: a million petitions are made once.
        os.environ["KNTC_HOME"] = str(home() / "bench" / str(petitions))
    # Nobody sits there to show a second factor or to open the locked screen.
    os.environ |= {"KNTC_MFA": "optional", "KNTC_IDLE_SECONDS": "86400"}
    with with_database(initialised=False):
        _prepare(petitions)
        results = list(_measured(only))
    lines = [result.as_json() for result in results]
    if import_rows and only in "Nhập sổ":
        from kntc.ops.bench.importing import measured

        lines.append(measured(import_rows))
    if not lines:
        raise click.ClickException(f"Không có phép đo nào có chữ “{only}” trong tên.")
    click.echo(json.dumps(lines, ensure_ascii=False) if as_json else _table(lines, petitions))


def _prepare(petitions: int) -> None:
    from kntc.ops.demo import accounts, mass
    from kntc.ops.installation import initialise
    from kntc.ops.progress import silent
    from kntc.petitions.models import Petition

    initialise()
    # Pages are measured, not files: none is gathered, but the place must be there.
    directory(home() / "static")
    accounts.create(silent)
    missing = petitions - Petition.objects.count()
    if missing > 0 and not is_embedded():
        raise OpsProblem(
            f"DATABASE_URL cần có sẵn {petitions} đơn. Hãy chạy: kntc demo --petitions {missing}"
        )
    if missing > 0:
        with bar(f"{number(missing)} đơn") as report:
            mass.load(missing, report)


def _measured(only: str) -> Iterable["Result"]:
    from kntc.ops.bench.measure import measure

    for case in _cases():
        if only.lower() in case.name.lower():
            click.echo(f"… {case.name}", err=True)
            yield measure(case)


def _cases() -> Iterable["Case"]:
    from kntc.ops.bench import sections

    for module in sorted(info.name for info in iter_modules(sections.__path__)):
        yield from import_module(f"{sections.__name__}.{module}").cases()


_COLUMNS = (
    ("p50 ms", "p50"),
    ("p95 ms", "p95"),
    ("SQL", "statements"),
    ("tay ms", "by_hand"),
    ("tỉ lệ", "ratio"),
)


def _table(lines: list[dict[str, Any]], petitions: int) -> str:
    width = max(len(line["name"]) for line in lines)
    head = f"{'Phép đo':<{width}}" + "".join(f"{label:>10}" for label, _ in _COLUMNS) + "   yêu cầu"
    title = f"{number(petitions)} đơn, tường dữ liệu theo dòng đang bật"
    return "\n".join(["", title, "", head, *(_line(line, width) for line in lines)])


def _line(line: dict[str, Any], width: int) -> str:
    if note := line.get("note"):
        return f"{line['name']:<{width}}   {note}"
    values = "".join(f"{_text(line[key]):>10}" for _, key in _COLUMNS)
    limit = line["limit"]
    verdict = (
        "" if limit is None else f"   {'đạt' if line['p95'] <= limit else 'CHƯA ĐẠT'} (p95 ≤ {limit:g} ms)"
    )
    return f"{line['name']:<{width}}{values}{verdict}"


def _text(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.1f}"


if __name__ == "__main__":
    with report_problems(as_json="--json" in sys.argv):
        bench.main(prog_name="make bench", standalone_mode=False)
