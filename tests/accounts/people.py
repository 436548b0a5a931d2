"""What tests about people share: administrators at three levels, colleagues, work in hand."""

from dataclasses import dataclass
from typing import Any

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.people.persons import NewPerson
from kntc.accounts.roles import Role
from kntc.petitions.models import Petition
from tests.factories import Country, make_officer, make_petition


@dataclass(frozen=True)
class Offices:
    """The commune's administrator, the province's, the nation's; two officers of the commune and one of the sister."""

    country: Country
    unit: Officer
    above: Officer
    nation: Officer
    lan: Officer
    minh: Officer
    sister: Officer


def make_offices(country: Country) -> Offices:
    return Offices(
        country,
        make_officer(country.commune, Role.UNIT_ADMIN, login="quan.tri.xa"),
        make_officer(country.province, Role.UNIT_ADMIN, login="quan.tri.tinh"),
        make_officer(country.root, Role.UNIT_ADMIN, login="quan.tri.tu"),
        make_officer(country.commune, login="lan"),
        make_officer(country.commune, login="minh"),
        make_officer(country.sister, login="hoa"),
    )


def person(country: Country, **values: Any) -> NewPerson:
    given = {"full_name": "Nguyễn Thị Lan", "agency": country.commune, "role": Role.OFFICER}
    return NewPerson(**given | values)


def unused(officer: Officer) -> Account:
    """The account as it is before the first sign-in."""
    assert officer.account.last_login is None
    return officer.account


def give_petitions(officer: Officer, count: int) -> None:
    """So many open petitions in the hand of this officer."""
    for _ in range(count):
        petition = make_petition(officer.agency)
        Petition.objects.filter(pk=petition.pk).update(assignee=officer.post)
