"""kntc accounts: the first accounts of an installation; from then on administrators make them on the screen."""

import secrets
import sys
from pathlib import Path

import click

from kntc.cli.base import json_option, show, with_database

# Said over the telephone and typed at half past seven: no letters that look alike.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


@click.group()
def accounts() -> None:
    """Tài khoản."""


@accounts.command("list")
@click.option("--agency", "code", help="Chỉ của cơ quan này.")
@json_option
@with_database()
def list_accounts(code: str | None, as_json: bool) -> None:
    """Các tài khoản và vị trí công tác hiện giữ."""
    from kntc.accounts.models import Post

    posts = Post.objects.select_related("account", "agency").order_by("agency__sort_key", "account__login")
    rows = [
        {
            "login": post.account.login,
            "name": post.account.full_name,
            "role": post.role,
            "title": post.title,
            "agency": post.agency.code,
            "active": post.account.is_active and post.valid_to is None,
        }
        for post in (posts.filter(agency__code=code) if code else posts)
    ]
    show(
        rows,
        as_json,
        lambda: "\n".join("{login:<24}{role:<18}{agency:<14}{name}".format(**row) for row in rows),
    )


@accounts.command(help="Thống kê tài khoản của một cơ quan cùng các cơ quan trực thuộc.")
@click.option("--agency", "code", metavar="CODE", required=True, help="Mã cơ quan, ví dụ GLA.")
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help="Ghi bảng thống kê ra tệp Excel.",
)
@json_option
@with_database()
def census(code: str, xlsx: Path | None, as_json: bool) -> None:
    """The numbers of the screen "Thống kê tài khoản"."""
    from kntc.accounts.census import Census
    from kntc.accounts.census_columns import data_of, words_of
    from kntc.cli.reports import agency_of, write_file

    counted = Census(agency_of(code))
    if xlsx:
        from kntc.reports.census.excel import excel_of

        write_file(excel_of(counted), xlsx)
    show(
        data_of(counted),
        as_json,
        lambda: "\n".join([*words_of(counted), *([f"Đã ghi {xlsx}"] if xlsx else [])]),
    )


@accounts.command()
@click.argument("login")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--agency", "code", required=True, help="Mã cơ quan (kntc agencies list).")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["officer", "leader", "business_owner", "unit_admin", "national_analyst"]),
)
@click.option("--title", default="", help="Chức danh; bỏ trống thì lấy tên vai trò.")
@click.option(
    "--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào; không có thì hệ thống đặt và in ra."
)
@json_option
@with_database()
def create(
    login: str, name: str, code: str, role: str, title: str, password_stdin: bool, as_json: bool
) -> None:
    """Tạo tài khoản kèm một vị trí công tác."""
    from kntc.accounts.actions import create_account
    from kntc.accounts.roles import Role
    from kntc.agencies.models import Agency
    from kntc.audit.actors import SystemActor

    agency = Agency.objects.users().filter(code=code).first()
    if agency is None:
        raise click.ClickException(f"Không có cơ quan dùng hệ thống với mã {code}. Xem: kntc agencies list")
    password = sys.stdin.readline().strip() if password_stdin else _new_password()
    _check(password)
    create_account(
        login=login,
        full_name=name,
        password=password,
        agency=agency,
        title=title or Role(role).label,
        role=Role(role),
        by=SystemActor(),
    )
    told = {"login": login.strip().lower(), "agency": agency.code, "role": role}
    if not password_stdin:
        told["password"] = password
    show(told, as_json, lambda: "\n".join(f"{key}: {value}" for key, value in told.items()))


def _new_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _check(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as error:
        raise click.ClickException("Mật khẩu chưa dùng được: " + " ".join(error.messages)) from error
