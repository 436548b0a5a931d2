"""Delete what was never used, retire what was; nobody's work is left behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kntc.accounts.actions.creating import create_person
from kntc.accounts.actions.leaving import delete_account, retire_accounts
from kntc.accounts.models import Account, Group, Membership, Post, Seat
from kntc.accounts.people.handing import may_receive, open_work
from kntc.accounts.people.references import references
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from kntc.petitions.actions import save_draft
from kntc.petitions.models import Draft, Petition
from tests.accounts.people import Offices, give_petitions, make_offices, person
from tests.factories import Country, make_officer


@pytest.fixture
def offices(country: Country) -> Offices:
    return make_offices(country)


def in_hand(offices: Offices) -> list[int]:
    return [Petition.objects.filter(assignee=who.post_id).count() for who in (offices.lan, offices.minh)]


# ---- Delete ----


def test_never_used_is_deleted_and_the_name_is_free__R33(offices: Offices) -> None:
    made = create_person(person=person(offices.country), by=offices.unit)
    with acting_as(offices.unit):
        delete_account(account=made.account, by=offices.unit)
        assert not Account.objects.filter(login="lan.nguyenthi").exists()
        again = create_person(person=person(offices.country), by=offices.unit)
    assert again.account.login == "lan.nguyenthi"
    assert Entry.objects.get(action="account.delete").details["login"] == "lan.nguyenthi"


def test_who_has_signed_in_is_not_deleted(offices: Offices) -> None:
    Account.objects.filter(pk=offices.lan.account_id).update(last_login=timezone.now())
    with pytest.raises(Refused, match="thôi sử dụng"):
        delete_account(account=offices.lan.account, by=offices.unit)


def test_what_records_name_is_not_deleted(offices: Offices) -> None:
    give_petitions(offices.lan, 1)
    assert references(offices.lan.account)
    with acting_as(offices.unit), pytest.raises(Refused, match="đang được ghi"):
        delete_account(account=offices.lan.account, by=offices.unit)
    assert Account.objects.filter(pk=offices.lan.account_id).exists()


def test_a_record_beyond_the_wall_counts_too(offices: Offices) -> None:
    far = make_officer(offices.country.far_commune)
    give_petitions(far, 1)
    Petition.objects.filter(assignee=far.post).update(assignee=offices.lan.post)
    with acting_as(offices.unit):
        assert references(offices.lan.account)


def test_the_last_administrator_is_not_deleted(offices: Offices) -> None:
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        delete_account(account=offices.unit.account, by=offices.above)


# ---- Retire ----


def test_a_leaver_s_work_goes_to_several_in_turn__R33(offices: Offices) -> None:
    third = make_officer(offices.country.commune, login="nam")
    give_petitions(offices.lan, 5)
    save_draft(values={"summary": "x"}, title="x", by=offices.lan)
    with acting_as(offices.unit):
        moved = retire_accounts(
            accounts=[offices.lan.account],
            by=offices.unit,
            receivers={offices.country.commune.pk: [offices.minh.post, third.post]},
            reason="Nghỉ hưu",
        )
    assert moved == {"petitions": 5, "drafts": 1}
    assert in_hand(offices) == [0, 3]
    assert Petition.objects.filter(assignee=third.post_id).count() == 2
    assert not Draft.objects.filter(post=offices.lan.post_id).exists()


def test_the_retired_is_out_of_every_choice_and_the_history_keeps_the_name__R33(offices: Offices) -> None:
    group = Group.objects.create(agency=offices.country.commune, name="Tổ đất đai")
    Membership.objects.create(group=group, post=offices.lan.post)
    Seat.objects.create(account=offices.lan.account, key="k" * 32)
    with acting_as(offices.unit):
        retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    account = Account.objects.get(pk=offices.lan.account_id)
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert account.retired_at is not None
    assert not Post.objects.current().filter(account=account).exists()
    assert not Membership.objects.exists()
    assert not Seat.objects.exists()
    assert str(Post.objects.get(account=account).account) == account.full_name
    assert offices.lan.post not in may_receive(offices.country.commune)


def test_open_work_without_a_receiver_is_refused_with_its_count(offices: Offices) -> None:
    give_petitions(offices.lan, 2)
    with acting_as(offices.unit), pytest.raises(Refused, match="2 đơn đang xử lý"):
        retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    assert Account.objects.get(pk=offices.lan.account_id).is_active


def test_only_a_colleague_who_handles_petitions_takes_over(offices: Offices) -> None:
    give_petitions(offices.lan, 1)
    for receiver in (offices.sister.post, offices.unit.post, offices.lan.post):
        with pytest.raises(Refused, match="Không bàn giao"):
            retire_accounts(
                accounts=[offices.lan.account],
                by=offices.above,
                receivers={offices.country.commune.pk: [receiver]},
            )


def test_two_who_leave_together_do_not_take_over_from_each_other(offices: Offices) -> None:
    give_petitions(offices.lan, 1)
    with pytest.raises(Refused, match="Không bàn giao"):
        retire_accounts(
            accounts=[offices.lan.account, offices.minh.account],
            by=offices.unit,
            receivers={offices.country.commune.pk: [offices.minh.post]},
        )
    assert Account.objects.filter(retired_at=None, login__in=["lan", "minh"]).count() == 2


def test_an_idle_sweep_over_agencies_is_one_act__R53(offices: Offices) -> None:
    deputy = make_officer(offices.country.sister, login="deputy")
    give_petitions(offices.lan, 2)
    give_petitions(offices.sister, 1)
    with acting_as(offices.above):
        moved = retire_accounts(
            accounts=[offices.lan.account, offices.sister.account],
            by=offices.above,
            receivers={
                offices.country.commune.pk: [offices.minh.post],
                offices.country.sister.pk: [deputy.post],
            },
        )
    assert moved == {"petitions": 3}
    assert Account.objects.filter(retired_at__isnull=False).count() == 2
    assert Entry.objects.filter(action="account.retire").count() == 1


def test_of_two_administrators_only_one_may_leave(offices: Offices) -> None:
    second = make_officer(offices.country.commune, offices.unit.role)
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        retire_accounts(accounts=[offices.unit.account, second.account], by=offices.above)
    retire_accounts(accounts=[second.account], by=offices.unit)


def test_nobody_retires_twice_nor_oneself_nor_nobody(offices: Offices) -> None:
    retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    with pytest.raises(Refused, match="từ trước"):
        retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    with pytest.raises(Refused, match="Không ai tự"):
        retire_accounts(accounts=[offices.unit.account], by=offices.unit)
    with pytest.raises(InvalidInput):
        retire_accounts(accounts=[], by=offices.unit)
    with pytest.raises(NotAllowed):
        retire_accounts(accounts=[offices.minh.account], by=offices.sister)


def test_a_post_that_ended_keeps_what_it_did(offices: Offices) -> None:
    Post.objects.filter(pk=offices.lan.post_id).update(
        valid_from=timezone.localdate() - timedelta(days=400),
        valid_to=timezone.localdate() - timedelta(days=300),
    )
    retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    assert Post.objects.get(pk=offices.lan.post_id).valid_to == timezone.localdate() - timedelta(days=300)


def test_what_an_ended_post_left_open_is_handed_over_too(offices: Offices) -> None:
    give_petitions(offices.lan, 1)
    Post.objects.filter(pk=offices.lan.post_id).update(valid_to=timezone.localdate() - timedelta(days=3))
    with pytest.raises(Refused, match="chưa bàn giao"):
        retire_accounts(accounts=[offices.lan.account], by=offices.unit)
    receivers = {offices.country.commune.pk: [offices.minh.post]}
    assert retire_accounts(accounts=[offices.lan.account], by=offices.unit, receivers=receivers) == {
        "petitions": 1
    }


def test_the_administrator_sees_how_many_and_never_what(offices: Offices) -> None:
    give_petitions(offices.lan, 2)
    with acting_as(offices.unit):
        (work,) = open_work([offices.lan.post])[offices.lan.post_id]
    assert (work.key, work.count) == ("petitions", 2)
