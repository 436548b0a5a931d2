"""`kntc`: groups are imported when they are called: `kntc law …` needs neither Django nor a database."""

import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from kntc.cli.base import report_problems

# Command → the module that holds it as an attribute of the same name, and one line for the list.
COMMANDS = {
    "init": ("system", "Tạo cơ sở dữ liệu và các danh mục, không có đơn nào."),
    "demo": ("system", "init, thêm dữ liệu trình diễn."),
    "run": ("system", "Chạy hệ thống, lần đầu có dữ liệu trình diễn."),
    "worker": ("system", "Chạy các việc nền (nhập sổ lớn, xuất báo cáo)."),
    "health": ("system", "Tình trạng hệ thống."),
    "backup": ("system", "Sao lưu cơ sở dữ liệu ra một tệp."),
    "restore": ("system", "Phục hồi cơ sở dữ liệu từ tệp sao lưu."),
    "django": ("system", "Lệnh quản trị của Django."),
    "law": ("law", "Thời hạn, biểu mẫu theo luật."),
    "agencies": ("agencies", "Danh mục cơ quan."),
    "registers": ("registers", "Nhập sổ theo dõi từ Excel."),
    "petitions": ("petitions", "Đếm, tra cứu đơn."),
    "reports": ("reports", "Biểu thống kê và báo cáo."),
    "audit": ("audit", "Nhật ký và chuỗi băm."),
    "accounts": ("accounts", "Tài khoản."),
}


class LazyGroup(click.Group):
    """Knows the names of its commands; imports the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kntc.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """KNTC: tiếp công dân, xử lý đơn, giải quyết khiếu nại, tố cáo.

    KNTC_HOME (mặc định ./var) chứa cơ sở dữ liệu nhúng và mọi tệp. DATABASE_URL dùng PostgreSQL khác.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """The entry point: exit code 0 only on success."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with report_problems(as_json="--json" in arguments):
        cli.main(arguments, prog_name="kntc", standalone_mode=False)
    sys.exit(0)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    # Unwinds the stack, so that what was started is stopped.
    raise SystemExit(128 + number)
