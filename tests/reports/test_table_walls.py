"""Figures respect both walls: the officer's scope in the queryset, and the database's own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.accounts.roles import Role
from kntc.agencies.models import AgencySuccession
from kntc.audit.errors import InvalidInput, OutOfReach, Refused
from kntc.audit.walls import acting_as
from kntc.petitions.models import Petition
from kntc.reports.cells import cell_filter, cell_in
from kntc.reports.overseen import overseen, overseen_agency
from tests.factories import SYSTEM, Country, make_agency, make_officer
from tests.reports.tables import Fact, compiled, numbers, write

ADDRESS = {"bieu": "02/XLD", "cot": "2", "co_quan": "AAA", "tu": "2025-12-15", "den": "14/03/2026"}


def test_an_officer_of_another_province_sees_zeros(country: Country) -> None:
    write([Fact(country.commune), Fact(country.far_commune)])
    stranger = make_officer(country.elsewhere)
    assert numbers(compiled(country.province, by=stranger)) == {}
    with acting_as(stranger):
        assert numbers(compiled(country.province, by=stranger)) == {}


def test_the_database_alone_keeps_the_wall(country: Country) -> None:
    """The rule of the queryset taken away: an actor who sees everything, in the settings of a stranger."""
    write([Fact(country.commune), Fact(country.far_commune)])
    with acting_as(make_officer(country.elsewhere)):
        assert compiled(country.root).total.values[2] == 1


def test_the_queryset_alone_keeps_the_wall(country: Country) -> None:
    write([Fact(country.commune), Fact(country.far_commune)])
    assert compiled(country.root, by=make_officer(country.elsewhere)).total.values[2] == 1


def test_who_sees_only_a_part_is_told_so(country: Country) -> None:
    officer = make_officer(country.commune)
    assert any("Chỉ gồm những đơn" in notice for notice in compiled(country.province, by=officer).notices)
    assert not compiled(country.commune, by=officer).notices


def test_the_national_analyst_sees_the_nation(country: Country) -> None:
    write([Fact(country.commune), Fact(country.far_commune)])
    analyst = make_officer(country.root, Role.NATIONAL_ANALYST)
    with acting_as(analyst):
        assert compiled(country.root, by=analyst).total.values[2] == 2


@pytest.mark.parametrize("level", ["root", "province", "commune"])
def test_a_table_takes_three_statements_whatever_its_size(country: Country, level: str) -> None:
    write([Fact(agency) for agency in (country.commune, country.sister, country.province) for _ in range(5)])
    with CaptureQueriesContext(
        connection,
    ) as seen:
        compiled(getattr(country, level))
    assert len(seen) == 3


def test_agencies_overseen_are_the_own_subtree_and_what_it_succeeded(country: Country) -> None:
    old = make_agency(
        "OLD", country.root, "province", name="Ủy ban nhân dân tỉnh Cũ", valid_to=date(2025, 6, 30)
    )
    AgencySuccession.objects.create(old=old, new=country.province, on=date(2025, 7, 1), is_default=True)
    officer = make_officer(country.province, oversees=country.province)
    assert set(overseen(officer).values_list("code", flat=True)) == {
        "AAA",
        "AAA-1",
        "AAA-2",
        "AAA-SXD",
        "OLD",
    }
    assert overseen_agency("", officer) == country.province
    with pytest.raises(OutOfReach):
        overseen_agency("BBB", officer)
    assert set(overseen(make_officer(country.commune)).values_list("code", flat=True)) == {"AAA-1"}


def test_an_address_names_its_cell(country: Country) -> None:
    petitions = write([Fact(country.commune), Fact(country.province)])
    found = Petition.objects.filter(cell_filter(cell_in(ADDRESS, SYSTEM), SYSTEM))
    assert set(found) == set(petitions)
    own = cell_in(ADDRESS | {"dong": "rieng"}, SYSTEM)
    assert list(Petition.objects.filter(cell_filter(own, SYSTEM))) == petitions[1:]
    assert own.label == (
        "Biểu 02/XLD, cột 2 (Số đơn đã xử lý); Ủy ban nhân dân tỉnh A (trực tiếp); 15/12/2025–14/03/2026"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tu": "31/02/2026"}, "không có trong lịch"),
        ({"tu": ""}, "gày"),
        ({"den": "14/03/2020"}, "ngày đầu sau ngày cuối"),
        ({"bieu": "99/ABC"}, "Các biểu của"),
        ({"bieu": "03/GQKN"}, "chưa lập được tự động"),
        ({"cot": "26"}, "không có cột “26”"),
        ({"cot": "chua-biet"}, "không có cột"),
        ({"cot": "²"}, "không có cột"),
        ({"dong": "tat-ca"}, "không chỉ đúng một dòng"),
        ({"co_quan": "KHONG"}, "không có, hoặc không thuộc phạm vi"),
    ],
)
def test_an_address_that_is_wrong_says_what_is_wrong(
    country: Country, change: dict[str, str], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        cell_filter(cell_in(ADDRESS | change, SYSTEM), SYSTEM)


def test_a_cell_of_an_agency_out_of_reach_does_not_open(country: Country) -> None:
    with pytest.raises(OutOfReach):
        cell_in(ADDRESS, make_officer(country.elsewhere))


def test_missing_parts_of_an_address_are_named(country: Country) -> None:
    with pytest.raises(InvalidInput) as refusal:
        cell_in({"bieu": "02/XLD"}, SYSTEM)
    assert list(refusal.value.errors) == ["tu"]
