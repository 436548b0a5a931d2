"""Setting up, running and keeping the system."""

import os
import sys
from pathlib import Path

import click

from kntc.cli.bars import bar
from kntc.cli.base import json_option, show, with_database
from kntc.ops.errors import OpsProblem


@click.command()
@json_option
@with_database(initialised=False)
def init(as_json: bool) -> None:
    """Tạo cơ sở dữ liệu và các danh mục (cơ quan, địa bàn); không có đơn nào."""
    from kntc.agencies.models import Agency, Place
    from kntc.ops.installation import initialise

    initialise()
    counts = {"agencies": Agency.objects.count(), "places": Place.objects.count()}
    show(counts, as_json, "Đã tạo cơ sở dữ liệu: {agencies} cơ quan, {places} địa bàn.".format(**counts))


@click.command()
@click.option(
    "--petitions", type=click.IntRange(0), default=0, help="Thêm N đơn rải khắp các cơ quan cả nước, để đo."
)
@json_option
@with_database(initialised=False)
def demo(petitions: int, as_json: bool) -> None:
    """init, thêm dữ liệu trình diễn: 639 đơn Bình Định, Gia Lai năm 2026, tài khoản theo vai trò."""
    from kntc.ops.demo.loading import counts, load
    from kntc.ops.demo.sign_ins import told
    from kntc.ops.installation import initialise

    initialise()
    load(bar, petitions)
    show(counts(), as_json, told)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 để máy khác vào được (đặt cả KNTC_HOSTS)."
)
@click.option("--no-demo", is_flag=True, help="Lần đầu cũng không có dữ liệu trình diễn.")
def run(port: int, host: str, no_demo: bool) -> None:
    """Chạy hệ thống. Ctrl-C dừng mọi thứ đã khởi động."""
    from kntc.ops.database import database
    from kntc.ops.serving import STATIC, Address, require_free, serve

    address = Address(host, port)
    require_free(address)
    os.environ.setdefault("KNTC_STATIC", STATIC)
    try:
        with database():
            demo = _make_ready(no_demo)
            if demo:
                # The sign-ins that the terminal prints work at once.
                os.environ.setdefault("KNTC_MFA", "optional")
            greeting = _greeting(address.url, demo=demo)
            serve(address, when_ready=lambda: click.echo(greeting), say=click.echo)
    except KeyboardInterrupt:
        click.echo("\nĐã dừng.")


def _make_ready(no_demo: bool) -> bool:
    """Set up what is missing; whether the demonstration is in."""
    from kntc.ops import readiness

    found = readiness.marks()
    if not (readiness.is_ready(found) and (no_demo or readiness.DEMO in found)):
        _set_up(no_demo)
        found = readiness.marks()
    return readiness.DEMO in found


@with_database(initialised=False)
def _set_up(no_demo: bool) -> None:
    from kntc.ops import readiness
    from kntc.ops.demo.loading import load
    from kntc.ops.installation import initialise
    from kntc.ops.static import collect

    initialise()
    collect()
    if not no_demo:
        load(bar)
    readiness.keep()


def _greeting(url: str, demo: bool) -> str:
    from kntc.ops.demo.sign_ins import told

    return f"\nKNTC đang chạy tại {url} (Ctrl-C để dừng).\n{told() if demo else ''}"


@click.command()
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng.")
@with_database()
def worker(once: bool) -> None:
    """Chạy các việc nền cho tới khi được yêu cầu dừng."""
    from kntc.ops.jobs import run_worker

    run_worker(once=once)


@click.command()
@json_option
@with_database(initialised=False)
def health(as_json: bool) -> None:
    """Tình trạng hệ thống; mã thoát khác 0 khi có điều không ổn."""
    from kntc.ops.health import report

    found = report()
    show(found, as_json)
    if not found["ok"]:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_database()
def backup(file: Path) -> None:
    """Sao lưu cơ sở dữ liệu vào FILE."""
    from kntc.ops.backup import backup as write

    write(file)
    click.echo(f"Đã sao lưu vào {file}. Hãy giữ cả KNTC_HOME/secrets và KNTC_HOME/files ở nơi an toàn riêng.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_database(initialised=False)
def restore(file: Path) -> None:
    """Phục hồi từ FILE vào cơ sở dữ liệu còn rỗng."""
    from kntc.ops.backup import restore as read

    read(file)
    click.echo("Đã phục hồi. Nhớ chép lại KNTC_HOME/secrets và KNTC_HOME/files của bản sao lưu.")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@with_database(initialised=False)
def django(arguments: tuple[str, ...]) -> None:
    """Lệnh quản trị của Django: kntc django shell, kntc django showmigrations…"""
    from django.core.management import execute_from_command_line
    from django.core.management.base import CommandError

    try:
        execute_from_command_line(["kntc django", *arguments])
    except CommandError as error:
        raise OpsProblem(str(error)) from error
