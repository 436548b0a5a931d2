"""Half past seven: what a sign-in costs, and that a wrong name costs what a wrong password costs."""

from collections.abc import Callable, Iterable

from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse

from kntc.accounts.models import GuessLevel
from kntc.ops.bench.measure import Case
from kntc.ops.bench.people import COMMUNE
from kntc.ops.demo.sign_ins import PASSWORD

# 40,000 people in ten minutes are 67 a second: at 48 hashes a second a core, one and a half cores (decision 0012).
HASH_LIMIT = 60.0


def cases() -> Iterable[Case]:
    hasher = get_hasher()
    yield Case(
        "Băm một mật khẩu (argon2)", lambda turn: hasher.encode(f"{PASSWORD}{turn}", "muoi-cua-phep-do"),
        limit=HASH_LIMIT,
    )  # fmt: skip
    yield Case("Đăng nhập đúng", _sign_in(COMMUNE, PASSWORD, 302), rounds=20)
    yield Case("Đăng nhập, sai mật khẩu", _sign_in(COMMUNE, "sai-mat-khau-roi", 200), rounds=20)
    yield Case("Đăng nhập, không có tên này", _sign_in("khong-co-ai", "sai-mat-khau-roi", 200), rounds=20)


def _sign_in(login: str, password: str, expected: int) -> Callable[[int], None]:
    def work(turn: int) -> None:
        GuessLevel.objects.all().delete()
        browser = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=f"10.1.0.{turn}")
        answer = browser.post(reverse("accounts:sign-in"), {"username": login, "password": password})
        if answer.status_code != expected:
            raise RuntimeError(f"{login}: {answer.status_code} instead of {expected}")

    return work
