"""kntc accounts: the first accounts of an installation; from then on administrators make them on the screen."""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kntc.cli.base import json_option, show, with_database

if TYPE_CHECKING:
    from kntc.accounts.models import Account, Post
    from kntc.agencies.models import Agency

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
    type=click.Choice(["officer", "leader", "business_owner", "unit_admin", "national_analyst"]),
    help="Vai trò; không cần khi có --like.",
)
@click.option("--like", metavar="LOGIN", help="Như đồng nghiệp này: cùng chức danh, vai trò, nhóm.")
@click.option("--title", default="", help="Chức danh; bỏ trống thì lấy tên vai trò.")
@click.option(
    "--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào; không có thì hệ thống đặt và in ra."
)
@json_option
@with_database()
def create(
    login: str,
    name: str,
    code: str,
    role: str | None,
    like: str | None,
    title: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Tạo tài khoản kèm một vị trí công tác."""
    from kntc.accounts.actions import create_account
    from kntc.accounts.roles import Role
    from kntc.audit.actors import SystemActor

    agency = _agency(code)
    if not role and not like:
        raise click.ClickException(
            "Thiếu vai trò: hãy ghi --role, hoặc --like kèm tên đăng nhập của một đồng nghiệp."
        )
    copied = _like(like, agency) if like else {}
    given = copied | ({"role": Role(role)} if role else {}) | ({"title": title} if title else {})
    given.setdefault("title", str(given["role"].label))
    password = sys.stdin.readline().strip() if password_stdin else _new_password()
    _check(password)
    create_account(login=login, full_name=name, password=password, agency=agency, by=SystemActor(), **given)
    told = {"login": login.strip().lower(), "agency": agency.code, "role": given["role"].value}
    if not password_stdin:
        told["password"] = password
    _tell(told, as_json)


@accounts.command()
@click.argument("login")
@click.argument("new_login")
@json_option
@with_database()
def rename(login: str, new_login: str, as_json: bool) -> None:
    """Đổi tên đăng nhập LOGIN thành NEW_LOGIN."""
    from kntc.accounts.actions.editing import rename_login
    from kntc.audit.actors import SystemActor

    account = rename_login(account=_account(login), login=new_login, by=SystemActor())
    _tell({"id": account.pk, "old_login": login.strip().lower(), "login": account.login}, as_json)


@accounts.command()
@click.argument("login")
@click.option(
    "--hand-over", multiple=True, metavar="LOGIN", help="Người nhận bàn giao; ghi nhiều lần để chia đều."
)
@click.option("--reason", default="", help="Lý do, ghi vào nhật ký.")
@json_option
@with_database()
def retire(login: str, hand_over: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Cho thôi sử dụng tài khoản và bàn giao việc đang giữ."""
    from kntc.accounts.actions.leaving import retire_accounts
    from kntc.audit.actors import SystemActor

    account = _account(login)
    moved = retire_accounts(
        accounts=[account], receivers=_receivers(hand_over), reason=reason, by=SystemActor()
    )
    _tell({"login": account.login, "retired": True, "handed_over": moved}, as_json)


@accounts.command()
@click.argument("login")
@json_option
@with_database()
def delete(login: str, as_json: bool) -> None:
    """Xóa hẳn một tài khoản chưa dùng; tên đăng nhập dùng lại được ngay."""
    from kntc.accounts.actions.leaving import delete_account
    from kntc.audit.actors import SystemActor

    account = _account(login)
    name = account.login
    delete_account(account=account, by=SystemActor())
    _tell({"login": name, "deleted": True}, as_json)


def _tell(told: dict[str, Any], as_json: bool) -> None:
    show(told, as_json, lambda: "\n".join(f"{key}: {value}" for key, value in told.items()))


def _agency(code: str) -> "Agency":
    from kntc.agencies.models import Agency

    agency = Agency.objects.users().filter(code=code).first()
    if agency is None:
        raise click.ClickException(f"Không có cơ quan dùng hệ thống với mã {code}. Xem: kntc agencies list")
    return agency


def _account(login: str) -> "Account":
    from kntc.accounts.models import Account

    account = Account.objects.filter(login=login.strip().lower()).first()
    if account is None:
        raise click.ClickException(f"Không có tài khoản “{login}”. Xem: kntc accounts list")
    return account


def _like(login: str, agency: "Agency") -> dict[str, Any]:
    """What the new account takes over from this colleague's post in the agency, else from the first elsewhere."""
    from kntc.accounts.models import Post
    from kntc.accounts.people.persons import like

    held = Post.objects.current().filter(account=_account(login)).select_related("agency", "oversees")
    post = held.filter(agency=agency).first() or held.first()
    if post is None:
        raise click.ClickException(
            f"{login} hiện không giữ vị trí nào để làm mẫu. Hãy chọn đồng nghiệp khác."
        )
    return like(post, agency)


def _receivers(logins: tuple[str, ...]) -> dict[int, list["Post"]]:
    """Each post that these colleagues hold, by its agency; in one agency the first that handles petitions."""
    from kntc.accounts.models import Post
    from kntc.accounts.officers import Officer, posts_of
    from kntc.audit.rights import Right

    found: dict[int, list[Post]] = {}
    for login in logins:
        posts = [post for post in posts_of(_account(login)) if Officer(post).has_right(Right.HANDLE)]
        if not posts:
            raise click.ClickException(
                f"{login} không giữ vị trí xử lý đơn nào nên không nhận bàn giao được."
            )
        for post in {post.agency_id: post for post in reversed(posts)}.values():
            found.setdefault(post.agency_id, []).append(post)
    return found


def _new_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _check(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as error:
        raise click.ClickException("Mật khẩu chưa dùng được: " + " ".join(error.messages)) from error
