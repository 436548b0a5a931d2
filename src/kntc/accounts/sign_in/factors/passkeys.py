"""Passkeys (WebAuthn): a key on the person's device or in a USB stick."""

import json
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from kntc.accounts.models import Account


class NotThisKey(Exception):
    """What the browser brought is no answer to what was asked, or of no key of this account."""


def passkeys_of(account: Account) -> QuerySet[Authenticator]:
    keys = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN)
    return cast(QuerySet[Authenticator], keys.order_by("pk"))


def ask_to_make(account: Account) -> dict[str, Any]:
    """What the browser needs to make a key. The question is kept in the session."""
    return dict(auth.begin_registration(account, passwordless=False))


def keep(account: Account, name: str, answer: str) -> None:
    """Raises NotThisKey."""
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError) as error:
        raise NotThisKey from error
    auth.WebAuthn.add(account, name, credential)


def ask_for(account: Account) -> dict[str, Any]:
    return dict(auth.begin_authentication(account))


def is_right(account: Account, answer: str) -> bool:
    """The key signed what was asked of it just now."""
    try:
        credential = _read(answer)
        auth.parse_authentication_response(credential)
        auth.complete_authentication(account, credential).record_usage()
    except (NotThisKey, ValidationError, ValueError, KeyError):
        return False
    return True


def _read(answer: str) -> dict[str, Any]:
    try:
        credential = json.loads(answer)
    except ValueError as error:
        raise NotThisKey from error
    if not isinstance(credential, dict):
        raise NotThisKey
    return credential
