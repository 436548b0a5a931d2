"""Who gets in: a new code for a lost password, lock and unlock, sign out everywhere."""

from kntc.accounts.acts import Act
from kntc.accounts.models import Account, Post
from kntc.accounts.people.reach import require_another, require_in_use, require_over
from kntc.accounts.rights.granting import require_not_last_admin_anywhere
from kntc.accounts.sign_in import activation, guessing, seats
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.audit.rights import Right


@action("account.reset", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def reset_password(*, account: Account, by: Actor) -> str:
    """Cấp lại mật khẩu: mật khẩu cũ hết dùng ngay, người dùng đặt mật khẩu mới bằng mã kích hoạt."""
    posts = require_over(by, Act.RESET_PASSWORD, account)
    require_another(by, account, "cấp lại mật khẩu bằng mã kích hoạt cho tài khoản")
    require_in_use(account)
    if not account.is_active:
        raise Refused(
            f"Tài khoản của {account.full_name} đang khóa. Hãy mở khóa trước, rồi cấp lại mật khẩu."
        )
    account.set_unusable_password()
    account.save(update_fields=["password"])
    guessing.forgive(account)
    _end_seats(account, posts)
    return activation.new_code(account)


@action("account.lock", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def lock_account(*, account: Account, reason: str, by: Actor) -> Account:
    """Khóa tài khoản: người dùng bị đăng xuất ngay và không vào được cho đến khi mở khóa."""
    posts = require_over(by, Act.LOCK_ACCOUNT, account)
    require_another(by, account, "khóa tài khoản")
    require_in_use(account)
    require_not_last_admin_anywhere(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _end_seats(account, posts)
    return account


@action("account.unlock", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def unlock_account(*, account: Account, by: Actor) -> Account:
    """Mở khóa tài khoản, kể cả khóa tạm do nhập sai mật khẩu nhiều lần."""
    posts = require_over(by, Act.LOCK_ACCOUNT, account)
    require_in_use(account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    guessing.forgive(account)
    note(account, agency_id=posts[0].agency_id if posts else None, login=account.login)
    return account


@action("account.sign-out", right=Right.MANAGE_ACCOUNTS)
def sign_out_everywhere(*, account: Account, by: Actor) -> int:
    """Đăng xuất một người khỏi mọi thiết bị; trả về số nơi đã đăng xuất."""
    return _end_seats(account, require_over(by, Act.LOCK_ACCOUNT, account))


def _end_seats(account: Account, posts: list[Post]) -> int:
    ended = seats.end_all(account)
    note(account, agency_id=posts[0].agency_id if posts else None, login=account.login, seats=ended)
    return ended
