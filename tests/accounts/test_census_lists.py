"""From each number of the census to the list of people: as long as the number (R36)."""

import re

import pytest

from kntc.accounts.census import Census
from kntc.accounts.census_screen import CensusScreen, Number, Row
from kntc.accounts.roles import Role
from tests.accounts.test_census import crowd
from tests.factories import Country, make_officer
from tests.journeys.addresses import browser

pytestmark = pytest.mark.django_db


def said(page: str) -> int:
    """How many the list says that it holds."""
    found = re.search(r"([\d.]+)\+? (?:người|tài khoản|vị trí)", page[page.index("<main") :])
    assert found, "the list says no number"
    return int(found.group(1).replace(".", ""))


def test_each_number_opens_a_list_of_that_length__R36(country: Country) -> None:
    crowd(country, 4, size=40)
    admin = make_officer(country.province, Role.UNIT_ADMIN)
    country.province.refresh_from_db()
    client = browser(admin)  # who counts has signed in
    screen = CensusScreen(Census(country.province), {})
    numbers: list[tuple[Row, Number]] = [
        (row, number) for row in [*screen.sums, screen.rows[0], screen.rows[2]] for number in row.numbers
    ]
    for row, number in numbers:
        if "/nguoi-dung/" in number.url:
            page = client.get(number.url).content.decode()
            assert said(page) == number.value, (row.name, number)
