"""Codes just made, until they are on paper: encrypted in the administrator's own session, for one hour."""

import base64
import json
from collections.abc import Mapping
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

_KEY = "activation_slips"
KEPT_FOR = 3600  # seconds


def keep(session: SessionBase, codes: Mapping[int, str]) -> None:
    """These are the slips to print next; earlier ones are gone."""
    session[_KEY] = (
        _cipher().encrypt(json.dumps({str(pk): code for pk, code in codes.items()}).encode()).decode()
    )


def kept(session: SessionBase) -> dict[int, str]:
    """Account → code, of the last act that made codes; nothing after an hour."""
    sealed = session.get(_KEY, "")
    try:
        codes = json.loads(_cipher().decrypt(sealed.encode(), ttl=KEPT_FOR)) if sealed else {}
    except InvalidToken:
        return {}
    return {int(pk): str(code) for pk, code in codes.items()}


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"kntc.slips:{settings.SECRET_KEY}".encode()).digest()))
