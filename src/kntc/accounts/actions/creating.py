"""Creating accounts and posts. The administrator's whole set of acts stands here as it grows."""

from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right


@action("account.create", right=Right.MANAGE_ACCOUNTS)
def create_account(
    *,
    login: str,
    full_name: str,
    password: str,
    agency: Agency,
    title: str,
    role: Role,
    by: Actor,
    oversees: Agency | None = None,
    email: str = "",
) -> Account:
    """Tạo tài khoản kèm một vị trí công tác."""
    login = login.strip().lower()
    if Account.objects.filter(login=login).exists():
        raise InvalidInput({"login": f"Tên đăng nhập “{login}” đã có người dùng. Hãy chọn tên khác."})
    account = Account(login=login, full_name=full_name, email=email)
    account.set_password(password)
    account.save()
    Post.objects.create(account=account, agency=agency, title=title, role=role, oversees=oversees)
    note(account, agency_id=agency.pk, login=login, role=role.value)
    return account
