"""The administrator's first screen: the tree, its numbers, filters, order; who may see it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.census import Census
from kntc.accounts.census_screen import CensusScreen
from kntc.accounts.models import Account, Delegation
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.models import Level
from tests.factories import Country, make_agency, make_officer
from tests.journeys.addresses import browser

pytestmark = pytest.mark.django_db

PAGE = "/quan-tri/tai-khoan/"


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.province, Role.UNIT_ADMIN, login="quan.tri")


def screen(country: Country, **values: Any) -> CensusScreen:
    country.province.refresh_from_db()
    return CensusScreen(
        Census(country.province), {name.replace("_", "-"): value for name, value in values.items()}
    )


def test_an_administrator_begins_here__R36(country: Country, admin: Officer) -> None:
    make_officer(country.commune)
    response = browser(admin).get("/", follow=True)
    assert response.redirect_chain[-1] == (PAGE, 302)
    page = response.content.decode()
    for text in ("Tài khoản của các cơ quan", "Tổng số", "Sở, ban, ngành", "Ủy ban nhân dân xã An Lương"):
        assert text in page
    assert "xã Cẩm Sơn" not in page


def test_lines_and_sums_stand_in_the_order_of_the_tree(country: Country, admin: Officer) -> None:
    district = make_agency("AAA-H", country.province, Level.DISTRICT, name="Huyện")
    below = make_agency("AAA-H-1", district, name="Xã trong huyện")
    make_officer(below)
    shown = screen(country)
    assert [row.name for row in shown.sums] == [
        "Tổng số", "Tỉnh, thành phố", "Sở, ban, ngành", "Huyện", "Xã, phường, đặc khu",
    ]  # fmt: skip
    names = [row.name for row in shown.rows]
    assert names == [
        "Ủy ban nhân dân tỉnh A", "Sở Xây dựng", "Huyện", "Ủy ban nhân dân xã An Lương", "Ủy ban nhân dân xã Bình Hòa",
    ]  # fmt: skip
    assert [number.value for number in shown.rows[2].numbers][:3] == [0, 1, 1]
    opened = screen(country, mo=str(district.pk))
    assert [row.name for row in opened.rows][2:5] == ["Huyện", "Huyện", "Xã trong huyện"]
    assert f"mo={district.pk}" in shown.rows[2].toggle
    assert "mo=" not in opened.rows[2].toggle


def test_a_filter_shows_only_those_who_need_something(country: Country, admin: Officer) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    found = screen(country, loc="khong-quan-tri").rows
    assert [row.name for row in found] == ["Sở Xây dựng", "Ủy ban nhân dân xã Bình Hòa"]
    chips = {chip.label: chip.count for chip in screen(country).chips}
    assert (chips["Tất cả"], chips["Chưa có quản trị"], chips["Chưa đăng nhập"]) == (4, 2, 2)


def test_the_number_of_agencies_without_an_administrator_opens_them(country: Country, admin: Officer) -> None:
    total = screen(country).sums[0].numbers[-1]
    page = browser(admin).get(total.url).content.decode()
    assert len(re.findall(r'<th scope="row"', page)) == total.value == 3


def test_lines_can_be_put_in_order(country: Country, admin: Officer) -> None:
    make_officer(country.sister)
    names = [row.name for row in screen(country, sap="-never").rows]
    assert names[1] == "Ủy ban nhân dân xã Bình Hòa"
    assert screen(country, sap="<script>").sort == ""


def test_long_away_is_marked(country: Country, admin: Officer) -> None:
    away = make_officer(country.commune)
    Account.objects.filter(pk=away.account_id).update(last_login=timezone.now() - timedelta(70))
    page = browser(admin).get(PAGE).content.decode()
    assert f"co-quan={country.commune.pk}&amp;tinh-trang=idle60" in page


def test_the_page_takes_a_fixed_number_of_statements(country: Country, admin: Officer) -> None:
    client = browser(admin)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(8):
        make_officer(make_agency(f"THEM-{number}", country.province))
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}tep/excel/"])
def test_other_provinces_and_other_roles_are_refused(country: Country, admin: Officer, address: str) -> None:
    assert browser(admin).get(address, {"co-quan": country.commune.pk}).status_code == 200
    assert browser(admin).get(address, {"co-quan": country.far_commune.pk}).status_code == 403
    assert browser(admin).get(address, {"co-quan": 10**12}).status_code == 403
    assert browser(make_officer(country.province)).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_nation_can_take_the_census_away(country: Country) -> None:
    unit = make_officer(country.commune, Role.UNIT_ADMIN)
    Delegation.objects.create(act="view_census", tier="unit", allowed=False)
    assert browser(unit).get(PAGE).status_code == 403
