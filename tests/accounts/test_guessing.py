"""A hundred thousand guesses get nowhere, and lock nobody out for long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.accounts.models import Account, FormerLogin, GuessLevel
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import guessing
from kntc.accounts.sign_in.guessing import Door, Place
from tests.accounts.browsing import WebClient
from tests.factories import PASSWORD, Country, make_officer

GUESSES = 100_000
ADDRESS = "/dang-nhap/"


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **step: float) -> None:
        self.at += timedelta(**step)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(guessing, "now", clock)
    return clock


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


def many(turn: int) -> Place:
    return Place(f"10.{turn >> 16 & 255}.{turn >> 8 & 255}.{turn & 255}")


def one(turn: int) -> Place:
    return Place("203.0.113.99")


def looked_at(guesses: int, place: Callable[[int], Place], clock: Clock) -> int:
    """How many of these guesses, ten a second, have their password looked at."""
    admitted = 0
    for turn in range(guesses):
        if turn % 10 == 0:
            clock.on(seconds=1)
        admitted += Door("lan", place(turn)).admits()
    return admitted


def test_a_hundred_thousand_from_one_and_from_many_addresses(
    officer: Officer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Place("192.0.2.7", "a" * 32)
    guessing.remember(officer.account, own)
    with monkeypatch.context() as patch:
        # None of these places is known, and asking a hundred thousand times takes as many statements.
        patch.setattr(Door, "_known", lambda door: "")
        half = GUESSES // 2
        seen = looked_at(half, many, clock) + looked_at(half, one, clock)
    assert seen <= 20 + GUESSES / 10 / 60 + 1, "not one in five hundred"
    assert Door("lan", own).admits(), "the person at the own desk has noticed nothing"
    assert Door("lan", Place("198.51.100.1", own.device)).admits(), "nor with the own browser elsewhere"
    clock.on(minutes=2)
    assert Door("lan", Place("203.0.113.5")).admits(), "a new place waits two minutes once the guesser stops"


def test_the_whole_door_stops_them_too(officer: Officer, clock: Clock) -> None:
    assert looked_at(600, many, clock) == 20


def test_this_measure_of_guesses_can_fail(
    officer: Officer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the two tests above would prove nothing: with measures that hold more, more is looked at."""
    wide = guessing.Measure(1_000_000, timedelta(milliseconds=1))
    monkeypatch.setattr(guessing, "OF_NAME", wide)
    monkeypatch.setattr(guessing, "OF_ADDRESS", wide)
    assert sum(Door("lan", many(turn)).admits() for turn in range(200)) == 200


def test_one_address_that_tries_every_name_is_stopped(country: Country, clock: Clock) -> None:
    admitted = sum(Door(f"nguoi.{turn}", Place("10.0.0.1")).admits() for turn in range(400))
    assert admitted == 300
    guessed = make_officer(country.commune, login="nguoi.1")
    guessing.remember(guessed.account, Place("10.0.0.1", "b" * 32))
    assert Door("nguoi.1", Place("10.0.0.1", "b" * 32)).admits(), "who works there is known there"


def test_a_colleague_at_the_same_address_does_not_lock_out_the_own_browser(
    officer: Officer, clock: Clock
) -> None:
    guessing.remember(officer.account, Place("192.0.2.7", "a" * 32))
    tries = [Door("lan", Place("192.0.2.7", "c" * 32)).admits() for _ in range(30)]
    assert sum(tries) == 10
    assert Door("lan", Place("192.0.2.7", "a" * 32)).admits()


def test_ten_slips_at_the_own_desk_are_forgotten_in_a_quarter_of_an_hour(
    officer: Officer, clock: Clock
) -> None:
    own = Place("192.0.2.7", "a" * 32)
    guessing.remember(officer.account, own)
    assert [Door("lan", own).admits() for _ in range(11)] == [True] * 10 + [False]
    clock.on(seconds=90)
    assert Door("lan", own).admits(), "one more after a minute and a half"
    clock.on(minutes=15)
    assert all(Door("lan", own).admits() for _ in range(10))


def test_a_right_password_costs_nothing(officer: Officer, clock: Clock) -> None:
    for _ in range(50):
        door = Door("lan", Place("10.0.0.1"))
        assert door.admits()
        door.was_right()


def test_an_administrator_forgives(officer: Officer, clock: Clock) -> None:
    while Door("lan", Place("10.0.0.1")).admits():
        pass
    guessing.forgive(officer.account)
    assert Door("lan", Place("10.0.0.1")).admits()


def test_empty_measures_are_swept_out(
    officer: Officer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "SWEEP_EVERY", 1)
    Door("lan", Place("10.0.0.1")).admits()
    clock.on(days=1)
    Door("hoa", Place("10.0.0.2")).admits()
    assert GuessLevel.objects.count() == 2


# ---- Names cannot be found out ----


@pytest.fixture
def everybody(country: Country, officer: Officer) -> dict[str, str]:
    """Kind of name → the name typed."""
    locked = make_officer(country.commune, login="bi-khoa").account
    Account.objects.filter(pk=locked.pk).update(is_active=False)
    retired = make_officer(country.commune, login="da-nghi").account
    Account.objects.filter(pk=retired.pk).update(is_active=False, retired_at=guessing.now())
    fresh = make_officer(country.commune, login="chua-kich-hoat").account
    fresh.set_unusable_password()
    fresh.save()
    FormerLogin.objects.create(account=officer.account, login="lan-cu", free_from=guessing.now())
    return {
        "wrong password": "lan",
        "unknown": "khong-co-ai",
        "locked": "bi-khoa",
        "retired": "da-nghi",
        "not activated": "chua-kich-hoat",
        "former name": "lan-cu",
    }


def test_every_wrong_try_gets_one_answer_for_the_same_work(
    everybody: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    verify = type(hasher).verify
    monkeypatch.setattr(type(hasher), "encode", lambda self, *a: hashed.append("e") or encode(self, *a))
    monkeypatch.setattr(type(hasher), "verify", lambda self, *a: hashed.append("v") or verify(self, *a))
    seen = {}
    WebClient().post(ADDRESS, {"username": "x", "password": "y"})
    for kind, name in everybody.items():
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = WebClient().post(ADDRESS, {"username": name, "password": "mat-khau-khong-dung"})
        page = answer.content.decode().replace(f'value="{name}"', "…")
        page = "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
        seen[kind] = (answer.status_code, len(hashed), len(queries), page)
    assert len(set(seen.values())) == 1, {kind: said[:3] for kind, said in seen.items()}


def test_locked_and_retired_are_told_nothing_with_the_right_password_either(
    everybody: dict[str, str],
) -> None:
    pages = []
    for name in ("bi-khoa", "da-nghi", "khong-co-ai"):
        answer = WebClient().post(ADDRESS, {"username": name, "password": PASSWORD})
        assert answer.status_code == 200
        pages.append("Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode())
    assert all(pages)


def test_a_measure_that_is_full_is_full_for_names_that_do_not_exist_too(everybody: dict[str, str]) -> None:
    for name in ("lan", "khong-co-ai", "da-nghi"):
        doors = [Door(name, many(turn)).admits() for turn in range(25)]
        assert sum(doors) == 20, name


def test_the_right_password_under_a_former_name_is_told_the_new_one__R35(everybody: dict[str, str]) -> None:
    answer = WebClient().post(ADDRESS, {"username": "lan-cu", "password": PASSWORD})
    page = answer.content.decode()
    assert "đã đổi thành" in page
    assert "<strong>lan</strong>" in page
    assert WebClient().post(ADDRESS, {"username": "lan", "password": PASSWORD}).status_code == 302
