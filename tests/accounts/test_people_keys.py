"""Who gets in: a new code for a lost password, lock and unlock, sign out everywhere; and whose accounts are whose."""

from typing import Any

import pytest
from django.test import Client

from kntc.accounts.actions.editing import edit_person, rename_login
from kntc.accounts.actions.keys import lock_account, reset_password, sign_out_everywhere, unlock_account
from kntc.accounts.models import Account, Post, Seat
from kntc.accounts.sign_in.activation import redeem
from kntc.audit.errors import NotAllowed, OutOfReach, Refused
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from tests.accounts.people import Offices, make_offices
from tests.factories import PASSWORD, SYSTEM, Country

NEW_PASSWORD = "con trâu gặm cỏ ngoài đồng"


@pytest.fixture
def offices(country: Country) -> Offices:
    return make_offices(country)


def test_a_reset_ends_the_old_password_and_every_seat(offices: Offices) -> None:
    account = offices.lan.account
    Seat.objects.create(account=account, key="k" * 32)
    with acting_as(offices.unit):
        code = reset_password(account=account, by=offices.unit)
    account = Account.objects.get(pk=account.pk)
    assert not account.check_password(PASSWORD)
    assert not Seat.objects.exists()
    assert redeem("lan", code, NEW_PASSWORD) == account


def test_lock_and_unlock(offices: Offices) -> None:
    account = offices.lan.account
    Seat.objects.create(account=account, key="k" * 32)
    with acting_as(offices.unit):
        lock_account(account=account, reason="nghỉ thai sản", by=offices.unit)
        assert not Account.objects.get(pk=account.pk).is_active
        assert not Seat.objects.exists()
        with pytest.raises(Refused, match="mở khóa trước"):
            reset_password(account=account, by=offices.unit)
        unlock_account(account=account, by=offices.unit)
    assert Account.objects.get(pk=account.pk).is_active
    assert Entry.objects.get(action="account.lock").reason == "nghỉ thai sản"


def test_sign_out_everywhere(offices: Offices) -> None:
    for key in "ab":
        Seat.objects.create(account=offices.lan.account, key=key * 32)
    Seat.objects.create(account=offices.minh.account, key="c" * 32)
    with acting_as(offices.unit):
        assert sign_out_everywhere(account=offices.lan.account, by=offices.unit) == 2
    assert Seat.objects.get().account == offices.minh.account


def test_nobody_resets_or_locks_the_own_account(offices: Offices) -> None:
    own = offices.unit.account
    for act in (
        lambda: reset_password(account=own, by=offices.unit),
        lambda: lock_account(account=own, reason="", by=offices.unit),
    ):
        with pytest.raises(Refused, match="Không ai tự"):
            act()


def test_who_also_works_above_is_not_the_commune_s_to_open(offices: Offices) -> None:
    """Else a new password for a colleague would open what the colleague sees in the province."""
    Post.objects.create(
        account=offices.lan.account, agency=offices.country.province, role="leader", title="Chánh Thanh tra"
    )
    for act in (
        lambda: reset_password(account=offices.lan.account, by=offices.unit),
        lambda: rename_login(account=offices.lan.account, login="lan9", by=offices.unit),
        lambda: lock_account(account=offices.lan.account, reason="", by=offices.unit),
    ):
        with pytest.raises(NotAllowed, match="Chánh Thanh tra"):
            act()
    assert reset_password(account=offices.lan.account, by=offices.above)


def test_who_sees_more_than_the_administrator_is_not_theirs(offices: Offices) -> None:
    Post.objects.filter(pk=offices.lan.post_id).update(oversees=offices.country.province)
    with pytest.raises(NotAllowed):
        reset_password(account=offices.lan.account, by=offices.unit)


def test_the_last_administrator_is_not_locked(offices: Offices) -> None:
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        lock_account(account=offices.unit.account, reason="", by=offices.above)


def test_a_sister_s_person_is_out_of_reach(offices: Offices) -> None:
    for act in (edit_person, reset_password, rename_login):
        values: dict[str, Any] = {
            edit_person: {"full_name": "Nguyễn Thị Hoa", "email": "", "phone": ""},
            rename_login: {"login": "hoa2"},
        }.get(act, {})
        with pytest.raises(OutOfReach):
            act(account=offices.sister.account, by=offices.unit, **values)


def test_the_system_may_do_it_all(offices: Offices) -> None:
    assert reset_password(account=offices.unit.account, by=SYSTEM)


def test_the_old_name_leads_to_the_new_one_after_the_right_password_alone__R35(offices: Offices) -> None:
    rename_login(account=offices.lan.account, login="lan.moi", by=offices.unit)
    told = []
    for password in (PASSWORD, "sai-mat-khau-roi"):
        answer = Client().post("/dang-nhap/", {"username": "lan", "password": password})
        assert answer.status_code != 302
        told.append("lan.moi" in answer.content.decode())
    assert told == [True, False]
    assert Client().post("/dang-nhap/", {"username": "lan.moi", "password": PASSWORD}).status_code == 302
