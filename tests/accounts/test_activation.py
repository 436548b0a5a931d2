"""One-time codes: what they open, once, and what everybody else is told."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from kntc.accounts.models import Account, ActivationCode, Seat
from kntc.accounts.sign_in import activation
from kntc.accounts.sign_in.activation import TRIES, new_code, new_codes, redeem
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.models import Entry
from tests.factories import Country, make_officer

PASSWORD = "con trâu gặm cỏ ngoài đồng"


@pytest.fixture
def account(country: Country, monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setattr(activation, "REFUSED_AFTER", 0)
    account = make_officer(country.commune, login="lan").account
    account.set_unusable_password()
    account.save()
    return account


def refusal(login: str, code: str, password: str = PASSWORD) -> str:
    with pytest.raises(Refused) as refused:
        redeem(login, code, password)
    return refused.value.message


def test_a_code_sets_the_password_once__R15(account: Account) -> None:
    code = new_code(account)
    assert redeem(" LAN ", code.lower().replace("-", " "), PASSWORD) == account
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert Entry.objects.filter(action="account.activate", account_id=account.pk).exists()
    refusal("lan", code)


def test_every_failure_sounds_the_same(account: Account) -> None:
    code = new_code(account)
    said = {refusal("lan", "AAAA-AAAA-AAAA"), refusal("khong-co-ai", code), refusal("lan", "")}
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    said.add(refusal("lan", code))
    ActivationCode.objects.update(expires_at=timezone.now() + timedelta(1))
    Account.objects.update(is_active=False)
    said.add(refusal("lan", code))
    ActivationCode.objects.all().delete()
    said.add(refusal("lan", code))
    assert len(said) == 1


def test_every_failure_takes_the_same_time(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activation, "REFUSED_AFTER", 0.1)
    new_code(account)
    for login in ("lan", "khong-co-ai"):
        begun = time.monotonic()
        refusal(login, "AAAA-AAAA-AAAA")
        assert 0.1 <= time.monotonic() - begun < 0.3


def test_tries_run_out(account: Account) -> None:
    code = new_code(account)
    ActivationCode.objects.update(tries=TRIES - 1)
    refusal("lan", "AAAA-AAAA-AAAA")
    refusal("lan", code)
    assert redeem("lan", new_code(account), PASSWORD)


def test_a_new_code_ends_the_old_one(account: Account) -> None:
    old = new_code(account)
    new_code(account)
    refusal("lan", old)


def test_a_short_password_is_told_before_the_code_is_looked_at(account: Account) -> None:
    code = new_code(account)
    for given in (code, "AAAA-AAAA-AAAA"):
        with pytest.raises(InvalidInput) as refused:
            redeem("lan", given, "ngan")
        assert "password" in refused.value.errors
    assert ActivationCode.objects.get().tries == 0


def test_only_a_keyed_hash_is_kept(account: Account) -> None:
    code = new_code(account)
    kept = ActivationCode.objects.get()
    assert code.replace("-", "") not in kept.code_hash
    assert kept.expires_at - kept.made_at == timedelta(days=10)


def test_many_codes_cost_two_statements(country: Country, django_assert_num_queries: object) -> None:
    accounts = [make_officer(country.commune).account for _ in range(3)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        codes = new_codes(accounts)
    assert len(set(codes.values())) == 3


def test_seats_from_before_end_with_the_new_password(account: Account) -> None:
    Seat.objects.create(account=account, key="x" * 32)
    redeem("lan", new_code(account), PASSWORD)
    assert not Seat.objects.filter(account=account).exists()
