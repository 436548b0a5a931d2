"""The figures of the usage report: who uses the system, what was entered, how well (R20, R21, R22)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, AgencySuccession
from kntc.audit.errors import OutOfReach
from kntc.petitions.actions import correct_petition, restore_petition, void_petition
from kntc.petitions.actions.correcting import entry_of
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.models import Petition
from kntc.reports.usage.figures import Basis, Kinds, Lag, Usage, compile_usage
from kntc.reports.usage.queries import chosen, default_period, reportable
from tests.factories import SYSTEM, Country, make_agency, make_officer, make_petition

START, END = date(2026, 1, 1), date(2026, 6, 30)


def figures(agency: Agency, by: Any = SYSTEM, **changes: Any) -> Usage:
    values = {"start": START, "end": END, "basis": Basis.RECEIVED} | changes
    return compile_usage(agency=agency, officer=by, **values)


def covered(usage: Usage) -> dict[str, str]:
    return {group.label: f"{group.using}/{len(group.units)}" for group in usage.groups}


def test_a_unit_uses_the_system_when_it_has_a_petition_in_the_period__R21(country: Country) -> None:
    make_petition(country.commune)
    make_petition(country.department)
    usage = figures(country.province)
    assert covered(usage) == {"xã, phường, đặc khu": "1/2", "sở, ban, ngành": "1/1"}
    assert [unit.agency for group in usage.groups for unit in group.missing] == [country.sister]


def test_a_petition_outside_the_period_does_not_count(country: Country) -> None:
    make_petition(country.commune, received_on=date(2025, 12, 31))
    assert covered(figures(country.province))["xã, phường, đặc khu"] == "0/2"
    assert covered(figures(country.province, start=date(2025, 12, 31)))["xã, phường, đặc khu"] == "1/2"


def test_an_account_in_use_counts_and_a_disabled_one_does_not__R21(country: Country) -> None:
    officer = make_officer(country.commune)
    whole = {"start": timezone.localdate(), "end": timezone.localdate()}
    assert covered(figures(country.province, **whole))["xã, phường, đặc khu"] == "1/2"
    officer.account.is_active = False
    officer.account.save()
    usage = figures(country.province, **whole)
    assert covered(usage)["xã, phường, đặc khu"] == "0/2"
    assert usage.accounts == {}


def test_what_stands_below_a_unit_counts_for_the_unit(country: Country) -> None:
    make_petition(country.far_commune)
    usage = figures(country.root)
    assert covered(usage) == {"tỉnh, thành phố trực thuộc trung ương": "1/2"}
    assert {unit.agency.code: unit.kinds.total for unit in usage.units} == {"AAA": 0, "BBB": 1}


def test_petitions_by_kind_apart_and_together__R20(country: Country) -> None:
    make_petition(country.commune)
    make_petition(country.commune, kind=Kind.DENUNCIATION)
    for reflection in (ReflectionKind.PROPOSAL, ReflectionKind.PROPOSAL, ReflectionKind.FEEDBACK, ""):
        make_petition(country.sister, kind=Kind.REFLECTION, reflection_kind=reflection)
    make_petition(country.province)
    usage = figures(country.province)
    assert usage.kinds == Kinds(complaint=2, denunciation=1, proposal=2, feedback=1, both=1)
    assert (usage.kinds.reflection, usage.kinds.total) == (4, 7)
    assert usage.own == Kinds(complaint=1)
    assert sum((unit.kinds for unit in usage.units), usage.own) == usage.kinds


def test_the_date_basis_changes_the_numbers__R19(country: Country) -> None:
    petition = make_petition(country.commune, received_on=date(2026, 1, 5), backfilled=True)
    Petition.objects.filter(pk=petition.pk).update(entered_on=date(2026, 7, 15))
    assert figures(country.province).kinds.total == 1
    assert figures(country.province, basis=Basis.ENTERED).kinds.total == 0
    assert figures(country.province, basis=Basis.ENTERED, end=date(2026, 7, 31)).kinds.total == 1


def test_back_entries_are_told_apart_and_leave_the_lag_alone__R18(country: Country) -> None:
    for days in (0, 1, 1, 9):
        petition = make_petition(country.commune, received_on=date(2026, 3, 1))
        Petition.objects.filter(pk=petition.pk).update(entered_on=date(2026, 3, 1) + timedelta(days))
    make_petition(country.commune, received_on=date(2026, 3, 1), backfilled=True)
    usage = figures(country.province)
    assert (usage.backfilled, usage.kinds.total) == (1, 5)
    assert usage.lag == Lag(entered=4, median=1, ninety=9)


def test_without_petitions_entered_as_they_came_there_is_no_lag(country: Country) -> None:
    make_petition(country.commune, backfilled=True)
    assert figures(country.province).lag == Lag(0)


def test_accounts_by_kind_and_those_never_used__R36(country: Country) -> None:
    officer = make_officer(country.commune)
    make_officer(country.sister)
    make_officer(country.province, Role.UNIT_ADMIN)
    make_officer(country.elsewhere, Role.LEADER)
    officer.account.last_login = timezone.now()
    officer.account.save()
    usage = figures(country.province, start=timezone.localdate(), end=timezone.localdate())
    assert usage.accounts == {Role.OFFICER.label: 2, Role.UNIT_ADMIN.label: 1}
    assert (usage.all_accounts, usage.never_signed_in) == (3, 2)
    assert {unit.agency.code: unit.accounts for unit in usage.units} == {"AAA-1": 1, "AAA-2": 1, "AAA-SXD": 0}


def test_voided_entries_leave_the_figures_and_are_counted_as_voided__R31(country: Country) -> None:
    wrong, right = make_petition(country.commune), make_petition(country.commune)
    void_petition(petition=wrong, reason="nhập trùng", by=SYSTEM)
    usage = figures(country.province, start=START, end=max(END, timezone.localdate()))
    assert (usage.kinds.total, usage.voided) == (1, 1)
    restore_petition(petition=Petition.objects.get(pk=wrong.pk), by=SYSTEM)
    correct_petition(
        petition=Petition.objects.get(pk=right.pk),
        entry=entry_of(right),
        version=right.version,
        reason="x",
        by=SYSTEM,
    )
    usage = figures(country.province, start=START, end=max(END, timezone.localdate()))
    assert (usage.kinds.total, usage.voided, usage.restored, usage.corrected) == (2, 0, 1, 1)
    other = figures(country.elsewhere, start=START, end=max(END, timezone.localdate()))
    assert (other.corrected, other.restored) == (0, 0)


def test_an_officer_counts_only_what_the_officer_may_see__R25(country: Country) -> None:
    make_petition(country.commune)
    make_petition(country.sister)
    assert figures(country.province, by=make_officer(country.commune)).kinds.total == 1


@pytest.fixture
def merged(country: Country) -> Agency:
    """Province C, closed on 30/6/2025, with two districts; A answers for it today."""
    old = make_agency(
        "CCC", country.root, "province", name="Ủy ban nhân dân tỉnh C", valid_to=date(2025, 6, 30)
    )
    for code in ("CCC-D1", "CCC-D2"):
        make_agency(code, old, "district", name=f"Ủy ban nhân dân huyện {code}", valid_to=date(2025, 6, 30))
    AgencySuccession.objects.create(old=old, new=country.province, on=date(2025, 7, 1), is_default=True)
    country.province.refresh_from_db()
    old.refresh_from_db()
    return old


def test_a_closed_province_is_counted_with_the_districts_of_its_day(country: Country, merged: Agency) -> None:
    district = Agency.objects.get(code="CCC-D1")
    make_petition(district, keeper_id=country.province.pk, received_on=date(2019, 3, 1), backfilled=True)
    period = {"start": date(2018, 1, 1), "end": date(2019, 4, 15)}
    assert covered(figures(merged, **period)) == {"huyện, thị xã, thành phố": "1/2"}
    # A period that goes on past the closing day looks at the last day of the agency.
    assert covered(figures(merged, start=date(2019, 1, 1), end=END)) == {"huyện, thị xã, thành phố": "1/2"}


def test_the_successor_reports_on_the_years_of_the_closed_agency(country: Country, merged: Agency) -> None:
    officer = make_officer(country.province)
    agencies = reportable(officer)
    assert [agency.code for agency in agencies] == ["AAA", "CCC"]
    assert chosen(agencies, "CCC", officer) == merged
    assert default_period(merged, date(2026, 2, 5)) == (date(2025, 1, 1), date(2025, 6, 30))


def test_nobody_reports_on_an_agency_out_of_reach__R25(country: Country, merged: Agency) -> None:
    officer = make_officer(country.elsewhere)
    with pytest.raises(OutOfReach):
        chosen(reportable(officer), "CCC", officer)
    assert [a.code for a in reportable(make_officer(country.commune))] == ["AAA-1"]
    national = make_officer(country.root, Role.NATIONAL_ANALYST)
    assert {a.code for a in reportable(national)} == {"TTCP", "AAA", "BBB", "CCC"}


def test_a_report_takes_seven_statements_however_many_units(country: Country) -> None:
    for number in range(6):
        make_petition(make_agency(f"AAA-X{number}", country.province))
    country.province.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        usage = figures(country.province)
    assert len(usage.units) == 9
    assert len(queries) == 7  # one of them for the faults of registers
