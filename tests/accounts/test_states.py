"""The states of accounts: every account in one of five, whatever posts it holds; posts without a holder."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.accounts.states import Area, Kind, State, idle_since, people, vacancies
from kntc.agencies.models import Agency, Level
from tests.factories import Country, make_officer

pytestmark = pytest.mark.django_db


def somebody(agency: Agency, role: Role = Role.OFFICER, **values: Any) -> Account:
    account = make_officer(agency, role).account
    Account.objects.filter(pk=account.pk).update(**values)
    account.refresh_from_db()
    return account


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days)


def test_every_account_is_in_one_state__R36(country: Country) -> None:
    area = Area(country.commune)
    expected = {
        State.NEVER: somebody(country.commune),
        State.ACTIVE: somebody(country.commune, last_login=days_ago(2)),
        State.IDLE_30: somebody(country.commune, last_login=days_ago(40)),
        State.LOCKED: somebody(country.commune, is_active=False, last_login=days_ago(100)),
        State.RETIRED: somebody(country.commune, is_active=False, retired_at=days_ago(1)),
    }
    for state, account in expected.items():
        assert list(people(area, state)) == [account], state
    assert people(area).count() == 4


def test_idle_means_more_than_so_many_days_and_holds_the_longer__R36(country: Country) -> None:
    on_the_day = idle_since(30)
    fresh = somebody(country.commune, last_login=on_the_day)
    idle = somebody(country.commune, last_login=on_the_day - timedelta(seconds=1))
    long = somebody(country.commune, last_login=days_ago(95))
    area = Area(country.commune)
    assert list(people(area, State.ACTIVE)) == [fresh]
    assert set(people(area, State.IDLE_30)) == {idle, long}
    assert list(people(area, State.IDLE_60)) == list(people(area, State.IDLE_90)) == [long]


def test_an_account_with_two_posts_is_one_account_and_an_administrator(country: Country) -> None:
    account = somebody(country.commune)
    Post.objects.create(account=account, agency=country.sister, role=Role.UNIT_ADMIN, title="Quản trị")
    assert list(people(Area(country.commune), kind=Kind.USER)) == [account]
    assert list(people(Area(country.sister), kind=Kind.ADMIN)) == [account]
    both = Area(country.province, subtree=True)
    assert (people(both, kind=Kind.ADMIN).count(), people(both, kind=Kind.USER).count()) == (1, 0)


def test_who_moved_counts_where_the_work_is_and_who_left_where_it_was(country: Country) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    account = somebody(country.commune)
    account.posts.update(valid_from=yesterday - timedelta(9), valid_to=yesterday)
    assert list(people(Area(country.commune))) == [account]
    Post.objects.create(account=account, agency=country.sister, role=Role.OFFICER, title="Công chức")
    assert not people(Area(country.commune))
    assert list(people(Area(country.sister))) == [account]


def test_a_level_narrows_a_subtree(country: Country) -> None:
    somebody(country.commune)
    there = somebody(country.department)
    area = Area(country.root, subtree=True, level=Level.DEPARTMENT)
    assert list(people(area)) == [there]


def test_a_post_is_vacant_when_nobody_holds_its_role_any_more__R36(country: Country) -> None:
    area = Area(country.province, subtree=True)
    leaver = somebody(country.commune, Role.LEADER)
    colleague = make_officer(country.commune, Role.LEADER)
    leaver.posts.update(valid_from=days_ago(9).date(), valid_to=days_ago(1).date())
    assert not vacancies(area)
    Account.objects.filter(pk=colleague.account_id).update(is_active=False)
    assert [post.pk for post in vacancies(area)] == [colleague.post_id]
    make_officer(country.commune, Role.LEADER)
    assert not vacancies(area)


def test_a_closed_agency_has_no_posts_to_fill(country: Country) -> None:
    somebody(country.commune, is_active=False)
    Agency.objects.filter(pk=country.commune.pk).update(valid_to=days_ago(1).date())
    assert not vacancies(Area(country.province, subtree=True))
