"""Tables of a past period: the tree and the names of that day, whatever has happened to agencies since."""

from datetime import date

from django.utils import timezone

from kntc.accounts.reorganisation.actions import merge_agencies, move_agency, rename_agency, undo_change
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.petitions.models import Petition
from kntc.reports.cells import Cell, cell_filter
from kntc.reports.compile import Compiled, compile_form, form_for
from kntc.reports.conditions import Period
from kntc.reports.paper import paper_of
from kntc.reports.usage.words import default_head
from tests.factories import SYSTEM, Country, make_agency, make_officer, make_petition

PAST, SINCE = (date(2025, 12, 15), date(2026, 3, 14)), (date(2026, 4, 1), date(2026, 6, 30))
DAY = date(2026, 4, 1)


def table(agency: Agency, period: tuple[date, date] = PAST) -> Compiled:
    return compile_form("02/XLD", Agency.objects.get(pk=agency.pk), *period, SYSTEM)


def numbers(agency: Agency, period: tuple[date, date] = PAST) -> dict[str, int]:
    found = table(agency, period)
    return {row.label: row.values[1] for row in found.rows} | {"Tổng": found.total.values[1]}


def test_a_moved_agency_counts_where_it_stood_then(country: Country) -> None:
    make_petition(country.commune)
    make_petition(country.far_commune, received_on=date(2026, 3, 9))
    before = {
        a.code: numbers(a) for a in (country.root, country.province, country.elsewhere, country.commune)
    }
    change = move_agency(code="AAA-1", parent="BBB", on=DAY, by=SYSTEM)
    after = {a.code: numbers(a) for a in (country.root, country.province, country.elsewhere, country.commune)}
    assert after == before
    make_petition(country.commune, received_on=date(2026, 5, 5))
    assert "Ủy ban nhân dân xã An Lương" not in numbers(country.province, SINCE)
    assert numbers(country.elsewhere, SINCE)["Ủy ban nhân dân xã An Lương"] == 2
    Petition.objects.filter(received_on=date(2026, 5, 5)).delete()
    undo_change(change=change, by=SYSTEM)
    assert {a.code: numbers(a) for a in (country.province, country.elsewhere)} == {
        code: before[code] for code in ("AAA", "BBB")
    }


def test_the_list_behind_a_number_is_as_long_as_the_number(country: Country) -> None:
    make_petition(country.commune)
    move_agency(code="AAA-1", parent="BBB", on=DAY, by=SYSTEM)
    form, on = form_for("02/XLD", PAST[1])
    for agency in (country.province, country.elsewhere, country.root):
        agency.refresh_from_db()
        for period in (PAST, SINCE):
            cell = Cell(form, "1", agency, Period(*period), on=on)
            listed = Petition.objects.live().filter(cell_filter(cell, SYSTEM)).count()
            assert listed == numbers(agency, period)["Tổng"], (agency, period)


def test_what_stood_below_an_agency_that_merged_counts_there_as_before(country: Country) -> None:
    below = make_agency("AAA-1-A", country.commune, name="Trạm An Lương")
    make_petition(below)
    before = {a.code: numbers(a) for a in (country.province, country.commune, country.sister)}
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=DAY, by=SYSTEM)
    below.refresh_from_db()
    assert below.parent == country.sister
    assert {a.code: numbers(a) for a in (country.province, country.commune, country.sister)} == before


def test_the_name_of_the_day_stands_on_its_papers(country: Country) -> None:
    make_petition(country.commune)
    rename_agency(code="AAA-1", name="Ủy ban nhân dân phường An Lương", on=DAY, by=SYSTEM)
    rename_agency(code="AAA", name="Ủy ban nhân dân thành phố A", on=DAY, by=SYSTEM)
    assert "Ủy ban nhân dân xã An Lương" in numbers(country.province)
    assert "Ủy ban nhân dân phường An Lương" in numbers(country.province, SINCE)
    then, now = paper_of(table(country.province)), paper_of(table(country.province, SINCE))
    assert (then.report_agency, now.report_agency) == (
        "Ủy ban nhân dân tỉnh A",
        "Ủy ban nhân dân thành phố A",
    )
    commune = Agency.objects.get(code="AAA-1")
    assert default_head(commune, PAST[1]).recipients == ("Ủy ban nhân dân tỉnh A",)
    assert default_head(commune, timezone.localdate()).issuer == "Ủy ban nhân dân phường An Lương"
    assert commune.name == "Ủy ban nhân dân phường An Lương"


def test_renamed_twice(country: Country) -> None:
    for day, name in ((date(2026, 2, 1), "Ủy ban nhân dân xã Hai"), (DAY, "Ủy ban nhân dân xã Ba")):
        rename_agency(code="AAA-1", name=name, on=day, by=SYSTEM)
    names = [
        default_head(Agency.objects.get(code="AAA-1"), day).issuer
        for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), DAY)
    ]
    old, two, three = "Ủy ban nhân dân xã An Lương", "Ủy ban nhân dân xã Hai", "Ủy ban nhân dân xã Ba"
    assert names == [old, two, two, three]


def test_an_officer_of_the_province_sees_the_table_of_before(country: Country) -> None:
    make_petition(country.commune)
    officer = make_officer(country.province, Role.LEADER)
    before = compile_form("02/XLD", country.province, *PAST, officer).total.values
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=DAY, by=SYSTEM)
    province = Agency.objects.get(code="AAA")
    assert compile_form("02/XLD", province, *PAST, make_officer(province, Role.LEADER)).total.values == before
