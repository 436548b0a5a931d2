"""The walls of the account tables: everybody reads who works where, and writes only within reach."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from kntc.accounts.models import Account, ActivationCode, Delegation, FormerLogin, Message, Post, Seat
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.action import action
from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach
from kntc.audit.walls import acting_as, as_account, beyond_scope
from tests.factories import SYSTEM, Country, make_officer


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN)


@pytest.fixture
def colleague(country: Country) -> Officer:
    return make_officer(country.commune)


@pytest.fixture
def stranger(country: Country) -> Officer:
    return make_officer(country.far_commune)


@action("test.rename")
def rename(*, account: Account, by: Actor) -> Account:
    """Đổi tên (chỉ để kiểm thử)."""
    account.save()
    return account


rename_locked = action("test.rename_locked", locks=("account",))(rename.__wrapped__)  # type: ignore[attr-defined]


def renamed(account: Account) -> int:
    return Account.objects.filter(pk=account.pk).update(full_name="Tên mới")


def test_names_and_posts_are_read_everywhere(colleague: Officer, stranger: Officer) -> None:
    with acting_as(colleague):
        assert {stranger.account, colleague.account} <= set(Account.objects.all())
        assert stranger.post in Post.objects.all()


def test_oneself_and_the_administrator_write__R57(
    admin: Officer, colleague: Officer, stranger: Officer
) -> None:
    for by, account, changed in [
        (colleague, colleague.account, 1),
        (colleague, admin.account, 0),
        (colleague, stranger.account, 0),
        (admin, colleague.account, 1),
        (admin, stranger.account, 0),
        (SYSTEM, stranger.account, 1),
    ]:
        with acting_as(by):
            assert renamed(account) == changed, (by.name, account.full_name)


def test_beyond_scope_gives_no_right_to_keep_accounts(colleague: Officer, stranger: Officer) -> None:
    with acting_as(colleague), beyond_scope():
        assert renamed(stranger.account) == 0


def test_who_left_is_no_longer_the_former_administrator_s(
    country: Country, admin: Officer, colleague: Officer
) -> None:
    post = Post.objects.get(pk=colleague.post_id)
    post.valid_from, post.valid_to = (timezone.localdate() - timedelta(days=days) for days in (9, 1))
    post.save()
    with acting_as(admin):
        assert renamed(colleague.account) == 1, "nobody else's yet"
    Post.objects.create(
        account=colleague.account, agency=country.far_commune, title="Công chức", role="officer"
    )
    with acting_as(admin):
        assert renamed(colleague.account) == 0


def test_posts_are_given_within_reach_only(
    country: Country, admin: Officer, colleague: Officer, stranger: Officer
) -> None:
    def give(by: Actor, agency_id: int) -> None:
        with acting_as(by), transaction.atomic():
            Post.objects.create(account=colleague.account, agency_id=agency_id, title="x", role="leader")

    give(admin, country.commune.pk)
    for by, agency in [(admin, country.far_commune), (colleague, country.commune)]:
        with pytest.raises(ProgrammingError):
            give(by, agency.pk)
    with acting_as(admin):
        assert Post.objects.filter(pk=stranger.post_id).update(title="x") == 0


def test_an_account_is_made_and_removed_by_who_keeps_accounts(admin: Officer, colleague: Officer) -> None:
    with acting_as(admin):
        made = Account.objects.create(login="moi", full_name="Người mới")
        FormerLogin.objects.create(account=made, login="cu", free_from=timezone.now())
        made.delete()
    with pytest.raises(ProgrammingError), acting_as(colleague), transaction.atomic():
        Account.objects.create(login="moi", full_name="Người mới")


@pytest.mark.parametrize("model", [Seat, ActivationCode])
def test_seats_and_codes_are_one_s_own_and_the_administrator_s(
    model: type[Seat] | type[ActivationCode], admin: Officer, colleague: Officer, stranger: Officer
) -> None:
    for account in (colleague.account, stranger.account):
        if model is Seat:
            Seat.objects.create(account=account, key=f"k{account.pk}")
        else:
            ActivationCode.objects.create(
                account=account, code_hash=f"h{account.pk}", expires_at=timezone.now()
            )
    for by, seen in [(colleague, {colleague}), (admin, {colleague}), (stranger, {stranger})]:
        with acting_as(by):
            found = set(model._default_manager.values_list("account_id", flat=True))
            assert found == {one.account_id for one in seen}
    with as_account(stranger.account_id):
        assert model._default_manager.count() == 1


def test_messages_are_their_sender_s_and_their_reader_s(
    admin: Officer, colleague: Officer, stranger: Officer
) -> None:
    with acting_as(admin):
        Message.objects.create(recipient=colleague.account, sender=admin.post, subject="Nhắc", body="…")
    with acting_as(SYSTEM):
        Message.objects.create(recipient=stranger.account, subject="Báo", body="…")
        assert Message.objects.count() == 2
    for by, subjects in [(admin, ["Nhắc"]), (colleague, ["Nhắc"]), (stranger, ["Báo"])]:
        with acting_as(by), beyond_scope():
            assert list(Message.objects.values_list("subject", flat=True)) == subjects
    with acting_as(admin):
        assert Message.objects.update(read_at=timezone.now()) == 0, "only who received it has read it"
    with pytest.raises(ProgrammingError), acting_as(stranger), transaction.atomic():
        Message.objects.create(recipient=colleague.account, sender=admin.post, subject="Giả", body="…")


def test_the_nation_alone_delegates__R58(country: Country, admin: Officer) -> None:
    province = make_officer(country.province, Role.UNIT_ADMIN)
    nation = make_officer(country.root, Role.UNIT_ADMIN)
    analyst = make_officer(country.root, Role.NATIONAL_ANALYST)
    for by in (admin, province, analyst):
        with pytest.raises(ProgrammingError), acting_as(by), transaction.atomic():
            Delegation.objects.create(act="rename_login", tier="unit", allowed=False)
    with acting_as(nation):
        Delegation.objects.create(act="rename_login", tier="unit", allowed=False)
    with acting_as(admin):
        assert Delegation.objects.count() == 1


def test_without_an_account_nothing_is_written(colleague: Officer) -> None:
    Seat.objects.create(account=colleague.account, key="k")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kntc_app")
        assert renamed(colleague.account) == 0
        assert not Seat.objects.exists()
        cursor.execute("RESET ROLE")


def test_locking_a_row_behind_the_wall_is_refused_and_not_a_fault__R25(
    colleague: Officer, stranger: Officer
) -> None:
    with acting_as(colleague):
        rename_locked(account=colleague.account, by=colleague)
        with pytest.raises(OutOfReach):
            rename_locked(account=stranger.account, by=colleague)
