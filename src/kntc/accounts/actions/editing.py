"""Mending what is known of a person: the name, how to reach him or her, the title, the login (R35)."""

from django.utils import timezone

from kntc.accounts.actions.creating import forget_former
from kntc.accounts.acts import Act
from kntc.accounts.models import Account, FormerLogin, Post
from kntc.accounts.people import logins
from kntc.accounts.people.persons import read_email, read_name, read_phone, read_title
from kntc.accounts.people.reach import require_in_use, require_over, require_over_post
from kntc.accounts.roles import Role
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.rights import Right


@action("account.edit", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def edit_person(*, account: Account, full_name: str, email: str, phone: str, by: Actor) -> Account:
    """Sửa họ tên, thư điện tử, điện thoại của một người."""
    posts = require_over(by, Act.EDIT_PERSON, account)
    require_in_use(account)
    account.full_name = read_name(full_name)
    account.email, account.phone = read_email(email), read_phone(phone)
    account.save(update_fields=["full_name", "email", "phone"])
    note(account, agency_id=posts[0].agency_id if posts else None, login=account.login)
    return account


@action("account.retitle", right=Right.MANAGE_ACCOUNTS, locks=("post",))
def edit_title(*, post: Post, title: str, by: Actor) -> Post:
    """Sửa chức danh của một vị trí công tác."""
    require_over_post(by, Act.EDIT_PERSON, post)
    require_in_use(post.account)
    post.title = read_title(title, Role(post.role))
    post.save(update_fields=["title"])
    note(post.account, agency_id=post.agency_id, title=post.title)
    return post


@action("account.rename", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def rename_login(*, account: Account, login: str, by: Actor) -> Account:
    """Đổi tên đăng nhập; tên cũ được nhắc cho chính người đó và 90 ngày sau người khác mới dùng được."""
    posts = require_over(by, Act.RENAME_LOGIN, account)
    require_in_use(account)
    old, new = account.login, logins.check(login, account)
    if old == new:
        return account
    forget_former(new)
    forget_former(old)
    FormerLogin.objects.create(account=account, login=old, free_from=timezone.now() + logins.KEPT_FOR)
    account.login = new
    account.save(update_fields=["login"])
    note(account, agency_id=posts[0].agency_id if posts else None, old=old, new=new)
    return account
