"""kntc accounts: the first accounts of an installation; from then on administrators make them on the screen."""

import secrets
import sys

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
