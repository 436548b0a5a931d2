"""Passwords: how they are kept, and what a new one must be. Length counts, symbols do not."""

import gzip
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

from kntc.vietnamese import fold

MINIMUM = 12
# The shortest login that a password may not hold: of two letters every other password would.
_TELLING = 4
_COMMON = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
# What people here take when twelve characters are asked for. Compared without accents, blanks and marks.
_LOCAL = (
    "matkhau", "khieunai", "tocao", "tiepcongdan", "thanhtra", "uybannhandan", "ubnd", "vietnam", "congchuc",
    "anhyeuem", "emyeuanh", "iloveyou", "password", "quantri", "admin", "qwerty", "abc", "abcd", "hanoi",
    "saigon", "hochiminh", "binhdinh", "gialai", "khongbiet", "xinchao", "p@ssw0rd",
)  # fmt: skip


class SignInHasher(Argon2PasswordHasher):
    """argon2id at OWASP's first setting: 19 MiB, two passes, one thread.

    Django's own setting takes 100 MiB and eight threads a hash, which forty thousand people at half past seven cannot
    pay: docs/decisions/0012-sign-in.md has the sum.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class LongEnough:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) < MINIMUM:
            raise ValidationError(
                f"Mật khẩu mới có {len(password)} ký tự, cần ít nhất {MINIMUM}. "
                "Hãy dùng một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan đến nhau."
            )

    def get_help_text(self) -> str:
        return (
            f"Ít nhất {MINIMUM} ký tự; một câu ngắn dễ nhớ là tốt nhất. Không bắt buộc ký hiệu hay chữ hoa."
        )


class NotCommon:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if is_common(password):
            raise ValidationError(
                "Mật khẩu này nằm trong danh sách mật khẩu hay bị dò. Hãy chọn một câu khác mà chỉ mình bạn biết."
            )

    def get_help_text(self) -> str:
        return "Không dùng mật khẩu phổ biến (matkhau123456, thanhtra@2026…)."


class NotTheLogin:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        login = fold(getattr(user, "login", "") or "")
        if len(login) >= _TELLING and _bare(login) in _bare(password):
            raise ValidationError("Mật khẩu chứa tên đăng nhập nên dễ bị đoán. Hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return "Không chứa tên đăng nhập."


def is_common(password: str) -> bool:
    """On the list of breached passwords, or a usual word with a number or a year behind it, or one piece repeated."""
    bare = _bare(password)
    word = bare.strip("0123456789")
    return (
        password.strip().lower() in _breached()
        or bare in _breached()
        or not word
        or word in _LOCAL
        or word in _breached()
        or len(set(bare)) < 4
        or bare in bare[1:] + bare[:-1]
    )


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


@cache
def _breached() -> frozenset[str]:
    """The 20,000 passwords most often found in breaches, as Django ships them. Nothing is asked outside."""
    with gzip.open(_COMMON, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)
