"""Creating accounts with their first post: one colleague, with a password or with a one-time code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Account, FormerLogin, Group, Membership, Post
from kntc.accounts.people import logins
from kntc.accounts.people.persons import NewPerson, read_email, read_name, read_phone, read_title
from kntc.accounts.rights.granting import require_grantable
from kntc.accounts.roles import Role
from kntc.accounts.sign_in import activation
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.audit.rights import Right
from kntc.audit.walls import beyond_scope


@dataclass(frozen=True)
class Created:
    """A new account, its first post, and the code that is shown once."""

    account: Account
    post: Post
    code: str


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
    groups: Sequence[Group] = (),
) -> Account:
    """Tạo tài khoản kèm một vị trí công tác."""
    person = NewPerson(full_name, agency, role, title, groups, oversees, login, email)
    require_may_create(person, by)
    account = Account(login=logins.check(login), full_name=full_name.strip(), email=read_email(email))
    account.set_password(password)
    _write(account, person)
    return account


@action("account.invite", right=Right.MANAGE_ACCOUNTS)
def create_person(*, person: NewPerson, by: Actor) -> Created:
    """Tạo tài khoản cho một đồng nghiệp, kèm mã kích hoạt dùng một lần."""
    require_may_create(person, by)
    require_open(person.agency)
    person = replace(person, full_name=read_name(person.full_name))
    account = Account(
        login=logins.check(person.login or logins.propose(person.full_name)),
        full_name=person.full_name,
        email=read_email(person.email),
        phone=read_phone(person.phone),
    )
    account.set_unusable_password()
    post = _write(account, person)
    return Created(account, post, activation.new_code(account))


def require_may_create(person: NewPerson, by: Actor) -> None:
    """Refuse unless `by` may give this person this post."""
    require(by, Act.CREATE_ACCOUNT, person.agency)
    require_grantable(by, person.role, person.groups, person.agency, oversees=person.oversees)


def require_open(agency: Agency) -> None:
    """Refuse a post in an agency in which nobody works with this system (any more)."""
    if not agency.uses_system or agency.is_closed:
        why = "đã kết thúc hoạt động" if agency.is_closed else "không dùng hệ thống"
        raise Refused(f"{agency.name} {why} nên không nhận thêm người. Hãy chọn cơ quan đang dùng hệ thống.")


def forget_former(login: str) -> None:
    """The name is somebody's again: nobody is led from it to its former holder. Call it before it is given."""
    forget_former_of([login])


def forget_former_of(names: Sequence[str]) -> None:
    # Whose it was may work in another province.
    with beyond_scope():
        FormerLogin.objects.filter(login__in=list(names)).delete()


def _write(account: Account, person: NewPerson) -> Post:
    forget_former(account.login)
    account.save()
    post = Post.objects.create(
        account=account,
        agency=person.agency,
        title=read_title(person.title, person.role),
        role=person.role,
        oversees=person.oversees,
    )
    Membership.objects.bulk_create([Membership(group=group, post=post) for group in person.groups])
    note(account, agency_id=person.agency.pk, login=account.login, role=person.role.value)
    return post
