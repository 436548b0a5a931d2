"""Name and password. Whatever is wrong, the same work is done and the same answer given."""

from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kntc.accounts.models import Account, FormerLogin
from kntc.accounts.officers import with_posts
from kntc.audit.walls import as_account

# Where a right password under a former name is told of: an attribute of the request.
RENAMED = "renamed_to"


class AccountBackend(ModelBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The account in use with this name and password. Two statements and one hash, whoever asks for whom.

        Raises PermissionDenied for everything else, so that no other backend is asked.
        """
        if username is None or password is None:
            return None
        name = username.strip().lower()
        account = Account.objects.filter(login=name).first()
        former = FormerLogin.objects.filter(login=name).select_related("account").first()
        known = account or (former.account if former else None)
        if not _is_right(password, known) or known is None or not self.user_can_authenticate(known):
            raise PermissionDenied
        if account is None:
            if request is not None:
                setattr(request, RENAMED, known.login)
            raise PermissionDenied
        return account

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with its posts where it holds any: what nearly every page asks next."""
        # A web process is nobody until the account is named: the groups' rights stand behind their wall.
        with as_account(user_id):
            found: Account | None = with_posts(user_id) or super().get_user(user_id)
            return found


def _is_right(password: str, account: Account | None) -> bool:
    """One hash in every case: for nobody, and for who has no password yet."""
    if account is None:
        check_password(password, _nobody_s())
        return False
    right = check_password(password, account.password)
    if right:
        _strengthen(account, password)
    return right


def _strengthen(account: Account, password: str) -> None:
    """A hash made at an older cost is made anew, now that the password is at hand."""
    if get_hasher().must_update(account.password):
        account.set_password(password)
        with as_account(account.pk):
            account.save(update_fields=["password"])


@cache
def _nobody_s() -> str:
    return make_password("không của ai")
