"""A person has lost telephone and keys: the administrator takes the second factors away, and new ones are set up."""

from allauth.mfa.models import Authenticator

from kntc.accounts.acts import Act
from kntc.accounts.models import Account
from kntc.accounts.people.reach import require_another, require_in_use, require_over
from kntc.accounts.sign_in import guessing, seats
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.rights import Right


@action("account.drop-factors", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def drop_factors(*, account: Account, by: Actor) -> int:
    """Gỡ mọi bước xác thực thứ hai của một người mất điện thoại, mất khóa.

    The password alone lets in again, and the grace of an obliged post has passed: setting up comes first.
    """
    posts = require_over(by, Act.RESET_PASSWORD, account)
    require_another(by, account, "gỡ bước xác thực của tài khoản")
    require_in_use(account)
    gone, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    guessing.forgive(account)
    seats.end_all(account)
    note(account, agency_id=posts[0].agency_id if posts else None, login=account.login, factors=gone)
    return int(gone)
