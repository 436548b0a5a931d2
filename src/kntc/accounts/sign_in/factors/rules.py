"""Who must have a second factor, and since when."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.rights import Right

REQUIRED = "required"


def has_factor(account: Account) -> bool:
    """A one-time code or a passkey; recovery codes alone are none. One statement."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=kinds).exists())


def must_have(officer: Officer) -> bool:
    """Administrators, and those who may open the vault."""
    obliged = officer.role == Role.UNIT_ADMIN or any(
        officer.has_right(right) for right in (Right.OPEN_VAULT, Right.MANAGE_ACCOUNTS)
    )
    return settings.MFA_RULE == REQUIRED and obliged


def due_on(officer: Officer) -> date:
    """The first day on which nothing else can be done before the second factor is set up."""
    since = max(timezone.localdate(officer.account.created_at), officer.post.valid_from)
    return since + timedelta(days=settings.MFA_GRACE_DAYS)


def is_overdue(officer: Officer) -> bool:
    return must_have(officer) and timezone.localdate() >= due_on(officer)
