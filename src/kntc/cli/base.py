"""What the commands share: the database around them, JSON on stdout, dates, problems in plain Vietnamese."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn

import click

from kntc.ops.errors import OpsProblem
from kntc.vietnamese import DateProblem, parse_date


class DateParam(click.ParamType[date]):
    """2026-02-05 or 05/02/2026."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return parse_date(value)
        except DateProblem as problem:
            self.fail(str(problem), param, ctx)


DATE = DateParam()

json_option = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")


def show(data: Any, as_json: bool, in_words: Callable[[], str] | str | None = None) -> None:
    """Print the result: JSON for scripts, else words for people (JSON again when there are none)."""
    if as_json or in_words is None:
        click.echo(json.dumps(data, ensure_ascii=False, indent=None if as_json else 2, default=_plain))
    else:
        click.echo(in_words if isinstance(in_words, str) else in_words())


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__float__"):  # Decimal: a whole number stays one
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"not JSON: {type(value).__name__}")


@contextmanager
def with_database(*, initialised: bool = True) -> Iterator[None]:
    """Around a command (also as a decorator): the database runs, Django is set up; afterwards what was
    started is stopped.

    `initialised`: refuse a database on which `kntc init` has not been run.
    """
    from kntc.ops.database import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kntc.config.settings")
    with database():
        import django

        django.setup()
        try:
            _check_connection(initialised)
            yield
        finally:
            from django.db import connections

            connections.close_all()


def _check_connection(initialised: bool) -> None:
    from django.db import OperationalError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('audit_entry') IS NOT NULL")
            (ready,) = cursor.fetchone()
    except OperationalError as error:
        raise OpsProblem(f"Không kết nối được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL.\n{error}") from error
    if initialised and not ready:
        raise OpsProblem("Cơ sở dữ liệu chưa được khởi tạo. Hãy chạy `kntc init` (hoặc `kntc demo`) trước.")


@contextmanager
def report_problems(*, as_json: bool) -> Iterator[None]:
    """A refusal or a wrong call becomes one message on stderr (and {"error": …} on stdout with --json)."""
    try:
        yield
    except click.UsageError as error:
        _end(_usage(error), as_json, 2)
    except click.ClickException as error:
        _end(error.format_message(), as_json, 1)
    except (click.Abort, KeyboardInterrupt):
        _end("Đã dừng theo yêu cầu.", as_json, 130)
    except _spoken_problems() as error:
        _end(str(error), as_json, 1)


def _spoken_problems() -> tuple[type[Exception], ...]:
    # Where the module is not loaded, nothing can have raised it: `kntc law` stays free of Django.
    audit = sys.modules.get("kntc.audit.errors")
    return (OpsProblem, DateProblem, *((audit.Refused,) if audit else ()))


def _end(message: str, as_json: bool, code: int) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    click.echo(message, err=True)
    sys.exit(code)


def _usage(error: click.UsageError) -> str:
    hint = f" Xem: {error.ctx.command_path} --help" if error.ctx else ""
    return _in_vietnamese(error) + hint


def _in_vietnamese(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_name_of(error)}."
    if isinstance(error, click.BadParameter):
        return f"Giá trị của {_name_of(error)} không dùng được: {error.message}."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}."
    return error.message.replace("No such command", "Không có lệnh").replace("Missing command", "Thiếu lệnh")


def _name_of(error: click.BadParameter) -> str:
    return (error.param.get_error_hint(error.ctx) if error.param and error.ctx else None) or "tham số"
