"""The census counts what its lists show: each agency, each level, each sum, whatever posts people hold."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.census import Census, Figures
from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.accounts.states import Area, Kind, State, people, vacancies
from kntc.agencies.models import Agency
from tests.factories import Country, make_agency, make_officer

pytestmark = pytest.mark.django_db

NAMES = (
    "accounts", "administrators", "users", "active", "idle_30", "idle_60", "idle_90", "never", "locked", "retired",
    "vacant",
)  # fmt: skip
ROLES = [Role.OFFICER, Role.LEADER, Role.UNIT_ADMIN]


def crowd(country: Country, seed: int, size: int = 60) -> None:
    """People in every state, with one to four posts, some ended, some twice in one agency."""
    random, now, today = Random(seed), timezone.now(), timezone.localdate()
    agencies = list(Agency.objects.users())
    for number in range(size):
        account = Account.objects.create(login=f"dam.dong.{number}", full_name="Đinh Thị Đông", password="!")
        account.last_login = random.choice([None, *(now - timedelta(days) for days in (1, 45, 75, 200))])
        account.is_active = random.random() > 0.3
        account.retired_at = now if not account.is_active and random.random() > 0.5 else None
        account.save()
        places = [(agency, role) for agency in agencies for role in ROLES]
        for agency, role in random.sample(places, random.choice([1, 1, 2, 3, 4])):
            began, ended = today - timedelta(300 + random.randrange(50)), random.random() < 0.3
            last = today - timedelta(random.randrange(1, 9)) if ended else None
            Post.objects.create(
                account=account, agency=agency, role=role, title="Công chức", valid_from=began, valid_to=last
            )


def counted(area: Area) -> dict[str, int]:
    """The lengths of the lists behind one line."""
    found = {f"idle_{days}": people(area, State(f"idle{days}")).count() for days in (30, 60, 90)}
    found |= {name: people(area, State(name)).count() for name in ("active", "never", "locked", "retired")}
    return found | {
        "accounts": people(area).count(),
        "administrators": people(area, kind=Kind.ADMIN).count(),
        "users": people(area, kind=Kind.USER).count(),
        "vacant": vacancies(area).count(),
    }


def told(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in NAMES}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_as_long_as_its_list__R36(country: Country, seed: int) -> None:
    crowd(country, seed)
    census = Census(country.root)
    for line in census.lines:
        agency = Agency.objects.get(pk=line.id)
        assert told(line.own) == counted(Area(agency)), line.name
        assert told(census.whole(line)) == counted(Area(agency, subtree=True)), line.name
    for level, figures in census.levels:
        assert told(figures) == counted(Area(country.root, subtree=True, level=level)), level


def test_states_add_up_to_the_accounts(country: Country) -> None:
    crowd(country, 7)
    total = Census(country.root).total
    assert total.accounts == total.active + total.idle_30 + total.never + total.locked
    assert total.accounts == total.administrators + total.users
    assert total.idle_30 >= total.idle_60 >= total.idle_90


def test_lines_exceed_the_total_by_those_who_work_in_several_agencies(country: Country) -> None:
    officer = make_officer(country.commune)
    for agency in (country.sister, country.far_commune):
        Post.objects.create(account=officer.account, agency=agency, role=Role.OFFICER, title="Công chức")
    census = Census(country.root)
    assert (census.total.accounts, census.shared) == (1, 2)
    assert Census(country.commune).shared == 0


def test_who_is_without_an_administrator_is_told(country: Country) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    locked = make_officer(country.sister, Role.UNIT_ADMIN)
    Account.objects.filter(pk=locked.account_id).update(is_active=False)
    census = Census(country.province)
    without = {line.code for line in census.lines if line.own.without_administrator}
    assert without == {"AAA", "AAA-2", "AAA-SXD"}
    assert census.total.without_administrator == 3


def test_a_closed_agency_stays_while_it_has_accounts(country: Country) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    Agency.objects.filter(pk__in=(country.commune.pk, country.sister.pk)).update(valid_to=yesterday)
    make_officer(country.commune)
    census = Census(country.province)
    assert [line.code for line in census.units(census.root)] == ["AAA-SXD", "AAA-1"]


def test_statements_do_not_grow(country: Country) -> None:
    for number in range(5):
        make_officer(make_agency(f"THEM-{number}", country.province))
    crowd(country, 5)
    with CaptureQueriesContext(connection) as statements:
        assert Census(country.province).levels
    assert len(statements) == 4
