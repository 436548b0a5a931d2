"""Names to sign in with: proposed from the person's name, checked, free or taken.

"Nguyễn Thị Lan" → lan.nguyenthi; the next of the same name is lan.nguyenthi2.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import CharField, F, Func, Value
from django.utils import timezone

from kntc.accounts.models import Account, FormerLogin
from kntc.audit.errors import InvalidInput
from kntc.vietnamese import fold

# A name that was given up shows its former holder the way for so long, and only then goes to somebody else (R35).
KEPT_FOR = timedelta(days=90)
LONGEST = 60
_SHAPE = re.compile(r"[a-z0-9][a-z0-9._@-]*[a-z0-9]", re.ASCII)
_DIGITS = "0123456789"


def propose(full_name: str) -> str:
    """A free name for this person; "" where the name has no letters. Two statements."""
    return propose_all([full_name])[0]


def propose_all(full_names: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Names for people who come in together, none twice, none of `taken`. Two statements."""
    stems = [_stem(name) for name in full_names]
    used = _used(set(stems)) | set(taken)
    proposed = []
    for stem in stems:
        login = _first_free(stem, used) if stem else ""
        used.add(login)
        proposed.append(login)
    return proposed


def check(login: str, account: Account | None = None) -> str:
    """The name as it is kept. Raises InvalidInput where it cannot be given to `account` (or to somebody new)."""
    login = clean(login)
    problem = shape_problem(login) or _taken(login, account)
    if problem:
        raise InvalidInput({"login": problem})
    return login


def clean(login: str) -> str:
    return login.strip().lower()


def shape_problem(login: str) -> str:
    """What is wrong with the writing of a name, "" when nothing is."""
    if not 2 <= len(login) <= LONGEST:
        return f"Tên đăng nhập phải có từ 2 đến {LONGEST} ký tự."
    if not _SHAPE.fullmatch(login):
        return (
            "Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số và các dấu . _ - @ ở giữa; không có khoảng trắng. "
            "Ví dụ: lan.nguyenthi."
        )
    return ""


def taken_of(logins: Iterable[str]) -> set[str]:
    """Those of these names that somebody has, or gave up lately. Two statements."""
    names = list(logins)
    return set(Account.objects.filter(login__in=names).values_list("login", flat=True)) | set(
        FormerLogin.objects.filter(login__in=names, free_from__gt=timezone.now()).values_list(
            "login", flat=True
        )
    )


def _taken(login: str, account: Account | None) -> str:
    own = account.pk if account else 0
    if Account.objects.filter(login=login).exclude(pk=own).exists():
        return f"Tên đăng nhập “{login}” đã có người dùng. Hãy chọn tên khác."
    former = (
        FormerLogin.objects.filter(login=login, free_from__gt=timezone.now()).exclude(account_id=own).first()
    )
    if former:
        day = timezone.localtime(former.free_from)
        return (
            f"Tên đăng nhập “{login}” vừa được đổi; đến ngày {day:%d/%m/%Y} mới dùng lại được cho người khác. "
            "Hãy chọn tên khác."
        )
    return ""


def _stem(full_name: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(full_name))
    rest = "".join(words[:-1])
    return ".".join(filter(None, (*words[-1:], rest)))[: LONGEST - 6]


def _used(stems: set[str]) -> set[str]:
    """Names that begin like one of these and end in a number or nothing."""
    bare = Func(F("login"), Value(_DIGITS), function="RTRIM", output_field=CharField())
    accounts = Account.objects.alias(bare=bare).filter(bare__in=stems).values_list("login", flat=True)
    former = FormerLogin.objects.alias(bare=bare).filter(bare__in=stems, free_from__gt=timezone.now())
    return {*accounts, *former.values_list("login", flat=True)}


def _first_free(stem: str, used: set[str]) -> str:
    number, login = 1, stem if len(stem) > 1 else f"{stem}1"
    while login in used:
        number += 1
        login = f"{stem}{number}"
    return login
