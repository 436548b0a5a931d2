"""Many accounts in one act: whole tables at a time, without a password and with a code each (R16)."""

from collections.abc import Sequence

from kntc.accounts.actions.creating import forget_former_of
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Account, Membership, Post
from kntc.accounts.people.persons import NewPerson
from kntc.accounts.sign_in import activation
from kntc.audit import mass
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right


@action("account.import", right=Right.MANAGE_ACCOUNTS)
def import_people(*, people: Sequence[NewPerson], file_name: str, by: Actor) -> dict[int, str]:
    """Tạo tài khoản cho nhiều người từ một tệp Excel; trả về mã kích hoạt của từng người.

    `people` are those that `intake.examine` found good for `by`. A dozen statements for each 2,000.
    """
    if not people:
        raise InvalidInput(
            {"file": "Không có dòng nào tạo được tài khoản. Hãy sửa các dòng lỗi rồi nhập lại."}
        )
    require(by, Act.IMPORT_ACCOUNTS)
    forget_former_of([person.login for person in people])
    accounts = [_account(person) for person in people]
    mass.insert(accounts)
    posts = [_post(account, person) for account, person in zip(accounts, people, strict=True)]
    mass.insert(posts)
    members = [
        Membership(group=group, post=post)
        for post, person in zip(posts, people, strict=True)
        for group in person.groups
    ]
    if members:
        mass.insert(members)
    note(file=file_name, accounts=len(accounts), logins=[account.login for account in accounts])
    return activation.new_codes(accounts)


def _account(person: NewPerson) -> Account:
    account = Account(login=person.login, full_name=person.full_name, email=person.email, phone=person.phone)
    account.clean_keys()
    account.set_unusable_password()
    return account


def _post(account: Account, person: NewPerson) -> Post:
    return Post(
        account=account,
        agency=person.agency,
        title=person.title,
        role=person.role,
        oversees=person.oversees,
    )
