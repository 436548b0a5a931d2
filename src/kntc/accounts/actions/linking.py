"""Linking a subject of the single sign-on to one's account."""

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from kntc.accounts.actions.own import own_only
from kntc.accounts.models import Account
from kntc.accounts.sign_in.proof import require_proof
from kntc.accounts.sign_in.sso import subject_hash
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.config.sso import PROVIDER


@action("account.link_sso")
def link(*, account: Account, subject: str, by: Actor) -> None:
    """Liên kết định danh đăng nhập một lần với tài khoản của mình."""
    own_only(account, by)
    require_proof()
    SocialAccount.objects.filter(user_id=account.pk, provider=PROVIDER).delete()
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user_id=account.pk, provider=PROVIDER, uid=subject, extra_data={})
    except IntegrityError as error:
        raise Refused(
            "Định danh này đã liên kết với một tài khoản khác. Hãy kiểm tra bạn có hai tài khoản không; "
            "nếu có, gỡ liên kết ở tài khoản kia trước."
        ) from error
    note(account, agency_id=by.agency_id, identity=subject_hash(subject))


@action("account.unlink_sso")
def unlink(*, account: Account, by: Actor) -> None:
    """Gỡ liên kết định danh đăng nhập một lần khỏi tài khoản của mình."""
    own_only(account, by)
    SocialAccount.objects.filter(user_id=account.pk, provider=PROVIDER).delete()
    note(account, agency_id=by.agency_id)
