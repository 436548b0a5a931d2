"""One-time codes with which a person sets the own password: on paper or by e-mail, ten days, once.

A code has 59 random bits. Whoever guesses gets the same answer at the same moment for a name that does not exist, for a
wrong code, for one that has run out or was used.
"""

import hmac
import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from kntc.accounts.models import Account, ActivationCode, Post
from kntc.accounts.sign_in import seats
from kntc.audit import mass
from kntc.audit.action import action, note
from kntc.audit.actors import SystemActor
from kntc.audit.errors import InvalidInput, Refused

LASTS = timedelta(days=10)
# Each wrong code counts, from whatever address. So many are a thousand million millionths of the possible ones, and
# enough that nobody spoils a colleague's code by a few guesses.
TRIES = 50
# Seconds after which a refusal is given, whatever its reason: all of them take less.
REFUSED_AFTER = 0.25
# Read from paper, said over the telephone: no letters that look alike.
_LETTERS = "ABCDEFGHKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 3, 4

_REFUSAL = (
    "Tên đăng nhập và mã kích hoạt không khớp, hoặc mã đã dùng, đã hết hạn. Hãy đọc kỹ lại phiếu rồi nhập lại; "
    "nếu vẫn không được, hãy đề nghị quản trị đơn vị cấp mã mới."
)


def new_code(account: Account) -> str:
    """A new code, which ends the old one. Call it inside an action. One statement."""
    return new_codes([account])[account.pk]


def new_codes(accounts: Sequence[Account]) -> dict[int, str]:
    """Account → its new code, which ends the old one. Two statements for each 2,000."""
    codes = {account.pk: _random_code() for account in accounts}
    now = timezone.now()
    ActivationCode.objects.filter(account__in=list(codes)).delete()
    mass.insert(
        [
            ActivationCode(account_id=key, code_hash=_hash(key, code), made_at=now, expires_at=now + LASTS)
            for key, code in codes.items()
        ]
    )
    return codes


def redeem(login: str, code: str, password: str) -> Account:
    """The person's own password in exchange for the code. Raises Refused, or InvalidInput for the password."""
    _check(password)
    started = time.monotonic()
    account = _account_of(login, code)
    if account is None:
        time.sleep(max(0.0, REFUSED_AFTER - (time.monotonic() - started)))
        raise Refused(_REFUSAL)
    _check(password, account)
    return activate_account(account=account, password=password, by=_the_person(account))


@action("account.activate", locks=("account",))
def activate_account(*, account: Account, password: str, by: SystemActor) -> Account:
    """Người dùng kích hoạt tài khoản bằng mã dùng một lần và tự đặt mật khẩu."""
    # Of two who come with the same code at once, the second finds it gone.
    if not ActivationCode.objects.filter(account=account).delete()[0]:
        raise Refused(_REFUSAL)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    seats.end_all(account)
    note(account, agency_id=by.agency_id)
    return account


def _account_of(login: str, code: str) -> Account | None:
    """The account whose code this is. The try counts before the code is looked at: two at once count two."""
    usable = ActivationCode.objects.filter(
        account__login=login.strip().lower(),
        account__is_active=True,
        expires_at__gt=timezone.now(),
        tries__lt=TRIES,
    )
    found = usable.select_related("account").first()
    counted = usable.filter(pk=found.pk if found else 0)
    tried = ActivationCode.objects.filter(pk__in=counted.values("pk")).update(tries=F("tries") + 1)
    expected = found.code_hash if found else "0" * 64
    right = hmac.compare_digest(expected, _hash(found.account_id if found else 0, code))
    return found.account if found and tried and right else None


def _check(password: str, account: Account | None = None) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvalidInput({"password": " ".join(error.messages)}) from error


def _the_person(account: Account) -> SystemActor:
    """Who is not signed in yet acts for the own account only."""
    post = Post.objects.current().filter(account=account).select_related("agency").first()
    return SystemActor(
        name=account.full_name,
        post_title=post.title if post else "tự kích hoạt",
        account_id=account.pk,
        post_id=post.pk if post else None,
        agency_id=post.agency_id if post else None,
        agency_name=post.agency.name if post else "",
    )


def _random_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _hash(account_id: int, code: str) -> str:
    """Keyed: who reads the table cannot try codes against it."""
    letters = "".join(letter for letter in code.upper() if letter in _LETTERS)
    key = sha256(f"kntc.activation:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, f"{account_id}:{letters}".encode(), sha256).hexdigest()
