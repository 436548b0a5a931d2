"""The delegation page: seen by everybody, changed by the nation, in force at once (R58)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.accounts.actions.delegating import change_delegation
from kntc.accounts.actions.groups import create_group
from kntc.accounts.acts import DEFAULTS, Act, Tier
from kntc.accounts.administration import delegated_tiers, is_delegated
from kntc.accounts.models import Delegation
from kntc.accounts.officers import Officer
from kntc.accounts.rights import delegating
from kntc.accounts.roles import Role
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from tests.factories import SYSTEM, Country, make_officer
from tests.journeys.addresses import browser

PAGE = "/quan-tri/phan-cap/"


@pytest.fixture
def nation(country: Country) -> Officer:
    return make_officer(country.root, Role.UNIT_ADMIN, title="Quản trị trung ương")


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN)


def test_every_act_stands_on_the_page_with_its_three_tiers__R58(country: Country) -> None:
    rows = delegating.table()
    assert [row.act for row in rows] == list(Act)
    assert len(rows) == 21
    assert {(cell.act, cell.tier): cell.allowed for row in rows for cell in row.cells} == DEFAULTS


@pytest.mark.parametrize("role", list(Role))
def test_every_officer_reads_it__R58(country: Country, role: Role) -> None:
    page = browser(make_officer(country.commune, role)).get(PAGE)
    assert page.status_code == 200
    for act in Act:
        assert act.label in page.content.decode()
    assert "cell-change" not in page.content.decode()


def test_a_flip_takes_effect_at_once__R58(country: Country, nation: Officer, admin: Officer) -> None:
    create_group(agency=country.commune, name="Trước", rights=[], by=admin)
    client = browser(nation)
    shown = client.get(f"{PAGE}manage_groups/unit/").content.decode()
    assert 'name="allowed" value="0"' in shown
    answer = client.post(f"{PAGE}manage_groups/unit/", {"allowed": "0", "reason": "thử tập trung về tỉnh"})
    assert answer.status_code == 302
    with pytest.raises(NotAllowed, match="không phân cấp"):
        create_group(agency=country.commune, name="Sau", rights=[], by=admin)
    create_group(
        agency=country.commune, name="Sau", rights=[], by=make_officer(country.province, Role.UNIT_ADMIN)
    )
    assert Entry.objects.get(action="account.delegation").details["allowed"] is False
    page = browser(make_officer(country.far_commune)).get(PAGE).content.decode()
    assert "thử tập trung về tỉnh" in page
    assert nation.name in page


def test_flipped_back_and_the_past_says_both(nation: Officer) -> None:
    for allowed, reason in ((False, "một"), (True, "hai")):
        with acting_as(nation):
            change_delegation(act=Act.VIEW_CENSUS, tier=Tier.UNIT, allowed=allowed, reason=reason, by=nation)
    assert is_delegated(Act.VIEW_CENSUS, Tier.UNIT)
    assert [(one.reason, one.allowed) for one in delegating.past()] == [("hai", True), ("một", False)]
    assert not delegating.cell(Act.VIEW_CENSUS, Tier.UNIT).changed


def test_others_change_nothing__R58(country: Country, admin: Officer) -> None:
    province = make_officer(country.province, Role.UNIT_ADMIN)
    for by in (admin, province, make_officer(country.root, Role.NATIONAL_ANALYST)):
        with pytest.raises(NotAllowed):
            change_delegation(act=Act.VIEW_CENSUS, tier=Tier.UNIT, allowed=False, reason="x", by=by)
        answer = browser(by).post(f"{PAGE}view_census/unit/", {"allowed": "0", "reason": "x"})
        assert answer.status_code == 403
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("tier", list(Tier))
def test_the_table_itself_stays_with_the_nation__R58(nation: Officer, tier: Tier) -> None:
    for by in (nation, SYSTEM):
        with pytest.raises(Refused, match="luôn thuộc trung ương"):
            change_delegation(
                act=Act.CHANGE_DELEGATION, tier=tier, allowed=tier != Tier.NATION, reason="x", by=by
            )
    assert delegated_tiers(Act.CHANGE_DELEGATION) == {Tier.NATION}
    assert "luôn thuộc trung ương" in browser(nation).get(f"{PAGE}change_delegation/{tier}/").content.decode()


def test_the_nation_always_appoints(nation: Officer) -> None:
    with pytest.raises(Refused, match="mất quản trị"):
        change_delegation(act=Act.APPOINT_ADMIN, tier=Tier.NATION, allowed=False, reason="x", by=nation)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 256])
def test_without_a_reason_nothing_changes(nation: Officer, reason: str) -> None:
    with pytest.raises(InvalidInput):
        change_delegation(act=Act.VIEW_CENSUS, tier=Tier.UNIT, allowed=False, reason=reason, by=nation)
    answer = browser(nation).post(f"{PAGE}view_census/unit/", {"allowed": "0", "reason": reason})
    assert answer.status_code == 422
    assert is_delegated(Act.VIEW_CENSUS, Tier.UNIT)


def test_a_cell_that_is_none(nation: Officer) -> None:
    for path in ("bay/unit/", "view_census/xa/"):
        assert browser(nation).get(PAGE + path).status_code == 409


def test_the_page_asks_as_much_after_many_changes(country: Country, nation: Officer) -> None:
    asked = []
    for acts in ([Act.VIEW_CENSUS], list(Act)[:12]):
        for act in acts:
            change_delegation(act=act, tier=Tier.UNIT, allowed=False, reason="thử", by=nation)
        with CaptureQueriesContext(connection) as seen:
            delegating.table()
            delegating.past()
        asked.append(len(seen))
    assert asked == [4, 4]
