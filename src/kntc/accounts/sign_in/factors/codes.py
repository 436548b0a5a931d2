"""One-time codes of a telephone (TOTP) and recovery codes."""

import base64
from io import BytesIO

import qrcode
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from qrcode.image.svg import SvgPathImage

from kntc.accounts.models import Account

# The half minute whose code was used last: each code opens once, whichever process is asked.
_USED = "used"
# The secret that a person is setting up, until the first code shows that the telephone has it.
_SETTING_UP = "totp_secret"


def secret_to_set_up(session: SessionBase) -> str:
    """The same until it is confirmed: the page may be loaded again."""
    if _SETTING_UP not in session:
        session[_SETTING_UP] = generate_totp_secret()
    return str(session[_SETTING_UP])


def confirm(account: Account, session: SessionBase, code: str) -> bool:
    """The telephone shows the right code: from now on it is a factor of this account."""
    secret = str(session.get(_SETTING_UP, ""))
    if not secret or _counter(secret, code) is None:
        return False
    Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)
    del session[_SETTING_UP]
    return True


def picture(account: Account, secret: str) -> str:
    """The QR code as an address that holds the drawing itself (policy: img-src data:)."""
    target = BytesIO()
    url = get_adapter().build_totp_url(account, secret)
    qrcode.make(url, image_factory=SvgPathImage, border=2).save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode()


def in_groups(secret: str) -> str:
    """For who types it: groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@transaction.atomic
def is_right(account: Account, code: str) -> bool:
    """A code of the telephone not used before, or a recovery code, which is used up by this."""
    rows = Authenticator.objects.select_for_update().filter(user_id=account.pk)
    found = {row.type: row for row in rows.exclude(type=Authenticator.Type.WEBAUTHN)}
    totp = found.get(Authenticator.Type.TOTP)
    if totp is not None and _use(totp, code):
        return True
    recovery = found.get(Authenticator.Type.RECOVERY_CODES)
    return recovery is not None and bool(RecoveryCodes(recovery).validate_code(code))


def _use(totp: Authenticator, code: str) -> bool:
    counter = _counter(get_adapter().decrypt(totp.data["secret"]), code)
    if counter is None or counter <= totp.data.get(_USED, 0):
        return False
    totp.data[_USED] = counter
    totp.save(update_fields=["data"])
    totp.record_usage()
    return True


def _counter(secret: str, code: str) -> int | None:
    """The half minute to which this code belongs, of the present one and its neighbours."""
    counters = yield_hotp_counters_from_time()
    right = (
        counter
        for counter in counters
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
    )
    return next(right, None)


def new_recovery_codes(account: Account) -> list[str]:
    """Ten codes, each good once; earlier ones end."""
    Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).generate_codes()
    return codes


def recovery_codes_left(account: Account) -> int:
    row = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0
