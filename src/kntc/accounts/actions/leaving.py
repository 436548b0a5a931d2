"""Leaving: an account never used is deleted, a used one is retired and its work handed over (R33, R53)."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.models import Account, ActivationCode, Post
from kntc.accounts.people import handing
from kntc.accounts.people.handing import Receivers
from kntc.accounts.people.reach import require_another, require_over
from kntc.accounts.people.references import references
from kntc.accounts.rights.granting import require_not_last_admin_anywhere
from kntc.accounts.sign_in import seats
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right


@action("account.delete", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def delete_account(*, account: Account, by: Actor) -> None:
    """Xóa hẳn một tài khoản chưa dùng; tên đăng nhập dùng lại được ngay."""
    posts = require_over(by, Act.DELETE_ACCOUNT, account)
    require_another(by, account, "xóa tài khoản")
    require_never_used(account)
    require_not_last_admin_anywhere(account)
    note(
        account, agency_id=posts[0].agency_id if posts else None, login=account.login, name=account.full_name
    )
    try:
        # Its posts go one by one with the account; what a room keeps for itself the database tells.
        with transaction.atomic():
            Post.objects.filter(account=account).delete()
            Account.objects.filter(pk=account.pk).delete()
    except IntegrityError as error:
        raise Refused(_used(account, "")) from error


def require_never_used(account: Account) -> None:
    """Refuse an account that has signed in or that records name."""
    if account.last_login is not None:
        when = timezone.localtime(account.last_login)
        raise Refused(_used(account, f"đã đăng nhập ngày {when:%d/%m/%Y}"))
    found = references(account)
    if found:
        raise Refused(_used(account, "đang được ghi trong: " + ", ".join(found)))


def _used(account: Account, why: str) -> str:
    reason = f" ({why})" if why else ""
    return (
        f"Tài khoản “{account.login}” đã được dùng{reason} nên không xóa được, để lịch sử còn tên người làm. "
        "Hãy cho thôi sử dụng: tài khoản ra khỏi mọi danh sách, việc đang làm được bàn giao."
    )


@action("account.retire", right=Right.MANAGE_ACCOUNTS)
def retire_accounts(
    *, accounts: Sequence[Account], by: Actor, receivers: Receivers | None = None, reason: str = ""
) -> dict[str, int]:
    """Cho thôi sử dụng tài khoản: bàn giao việc đang làm, đăng xuất, đưa ra khỏi mọi danh sách lựa chọn.

    Returns how many records of each kind were handed over. All of them leave, or none.
    """
    locked = _locked(accounts)
    posts = [post for account in locked for post in _require_leaving(account, by)]
    held = [post for post in posts if handing.is_held(post)]
    # Before anybody is gone: of two administrators who leave together, one would be the last.
    _lock_out(locked)
    # A post may have ended and left something open: that goes too.
    moved = handing.hand_over(posts, receivers or {}, by)
    handing.end_posts(held)
    note(
        locked[0],
        agency_id=posts[0].agency_id if posts else None,
        logins=[account.login for account in locked],
        handed_over=moved,
    )
    return moved


def _locked(accounts: Sequence[Account]) -> list[Account]:
    keys = [account.pk for account in accounts]
    locked = list(Account.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if not locked:
        raise InvalidInput({"accounts": "Chưa chọn tài khoản nào. Hãy đánh dấu ít nhất một tài khoản."})
    return locked


def _require_leaving(account: Account, by: Actor) -> list[Post]:
    posts = require_over(by, Act.RETIRE_ACCOUNT, account)
    require_another(by, account, "cho thôi sử dụng tài khoản")
    if account.retired_at is not None:
        raise Refused(f"Tài khoản của {account.full_name} đã thôi sử dụng từ trước. Hãy tải lại danh sách.")
    return posts


def _lock_out(accounts: Sequence[Account]) -> None:
    for account in accounts:
        require_not_last_admin_anywhere(account)
        account.is_active, account.retired_at = False, timezone.now()
        account.set_unusable_password()
        account.save(update_fields=["is_active", "retired_at", "password"])
    keys = [account.pk for account in accounts]
    ActivationCode.objects.filter(account__in=keys).delete()
    seats.end_all_of(keys)
