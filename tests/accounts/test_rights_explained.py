"""Rights in plain words: what a person can do, why not, and who can grant it (R38)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.accounts.acts import Act, Tier
from kntc.accounts.models import Delegation, Group, Membership, Post
from kntc.accounts.officers import Officer
from kntc.accounts.rights.explaining import MEANINGS, Question, answer, granters, held, question, questions
from kntc.accounts.roles import RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.action import ACTIONS
from kntc.audit.rights import Right
from tests.factories import Country, make_officer, make_petition, officer_of
from tests.journeys.addresses import browser

PAGE = "/quan-tri/quyen/"


def asked(key: str) -> Question:
    found = question(key)
    assert found is not None
    return found


def in_group(officer: Officer, name: str, *rights: Right) -> Officer:
    group = Group.objects.create(agency=officer.agency, name=name, rights=[right.value for right in rights])
    Membership.objects.create(group=group, post=officer.post)
    return officer_of(officer.post)


def admin_of(agency: Agency) -> Post:
    return make_officer(agency, Role.UNIT_ADMIN).post


def test_every_right_and_every_action_has_its_words__R38() -> None:
    assert set(MEANINGS) == set(Right)
    work = questions()["Công việc"]
    named = {info.name for info in ACTIONS.values() if info.right not in (None, Right.MANAGE_ACCOUNTS)}
    assert {one.key.removeprefix("viec:") for one in work} == named
    assert [one for one in work if not one.label or "(R" in one.label] == []


def test_what_a_person_can_do_through_role_and_groups__R38(country: Country) -> None:
    officer = in_group(make_officer(country.commune), "Tổ điều phối", Right.ASSIGN, Right.READ)
    found = {one.right: one for one in held(officer)}
    assert set(found) == RIGHTS[Role.OFFICER] | {Right.ASSIGN}
    assert (found[Right.ASSIGN].by_role, [group.name for group in found[Right.ASSIGN].groups]) == (
        False,
        ["Tổ điều phối"],
    )
    assert found[Right.READ].by_role
    assert found[Right.HANDLE].where == f"hồ sơ do {country.commune.name} quản lý"
    assert found[Right.READ].where == country.commune.name


def test_the_scope_in_words(country: Country) -> None:
    (reads,) = [one for one in held(make_officer(country.province)) if one.right == Right.READ]
    assert reads.where == f"{country.province.name} và các cơ quan trực thuộc"
    analyst = held(make_officer(country.root, Role.NATIONAL_ANALYST))
    assert {one.where for one in analyst if one.right == Right.READ} == {"mọi cơ quan trong cả nước"}


def test_why_not_names_right_role_group_and_granter__R38(country: Country) -> None:
    leaderless = make_officer(country.commune)
    group = Group.objects.create(agency=country.commune, name="Tổ điều phối", rights=[Right.ASSIGN])
    Group.objects.create(agency=country.sister, name="Tổ khác", rights=[Right.ASSIGN])
    admin = admin_of(country.commune)
    admin_of(country.province)
    found = answer(leaderless, asked("quyen:assign"))
    assert not found.may
    assert "giao việc cho người khác" in found.missing[0]
    assert found.roles == [Role.LEADER, Role.BUSINESS_OWNER]
    assert found.groups == [group]
    assert found.granters == [admin]


def test_granters_are_those_of_the_next_above_where_the_own_agency_has_none__R38(country: Country) -> None:
    above = [admin_of(country.province), admin_of(country.province)]
    admin_of(country.root)
    admin_of(country.sister)
    admin_of(country.elsewhere)
    assert {post.pk for post in granters(country.commune, Act.CHANGE_ROLE)} == {post.pk for post in above}
    assert granters(country.far_commune, Act.CHANGE_ROLE)[0].agency == country.elsewhere


def test_granters_are_of_a_tier_that_may__R38_R58(country: Country) -> None:
    admin_of(country.commune)
    province = admin_of(country.province)
    Delegation.objects.create(act=Act.APPOINT_ADMIN, tier=Tier.UNIT, allowed=False)
    found = answer(make_officer(country.commune), asked("quan-tri:create_account"))
    assert found.granters == [province]
    assert found.roles == [Role.UNIT_ADMIN]


def test_an_administrator_is_told_that_files_are_kept_apart__R38_R57(country: Country) -> None:
    admin = officer_of(admin_of(country.commune))
    Group.objects.create(agency=country.commune, name="Tổ", rights=[Right.READ_CONTENT])
    found = answer(admin, asked("quyen:read_content"))
    assert "hai việc tách nhau" in found.missing[1]
    assert found.groups == []
    assert admin.post not in found.granters


def test_an_act_that_is_not_delegated_says_which_tier_may__R38_R58(country: Country) -> None:
    admin = officer_of(admin_of(country.commune))
    province = admin_of(country.province)
    found = answer(admin, asked("quan-tri:add_agency"))
    assert "Tỉnh, bộ, ngành, Trung ương" in found.missing[0]
    assert found.granters == [province]
    assert answer(admin, asked("quan-tri:create_account")).may


def test_what_one_may_is_told_with_its_source(country: Country) -> None:
    found = answer(make_officer(country.commune), asked("viec:petition.void"))
    assert (found.may, found.through) == (True, ["vai trò “Công chức tiếp công dân, xử lý đơn”"])


@pytest.mark.parametrize("role", list(Role))
def test_the_pages_open_for_every_officer__R38(country: Country, role: Role) -> None:
    officer = make_officer(country.commune, role)
    client = browser(officer)
    page = client.get(PAGE).content.decode()
    for right in Right:
        assert MEANINGS[right] in page
    assert client.get(f"{PAGE}nguoi/{officer.post_id}/").status_code == 200
    for group in questions().values():
        for one in group:
            assert client.get(f"{PAGE}vi-sao/", {"viec": one.key}).status_code == 200, one


def test_others_are_told_of_within_reach_only(country: Country) -> None:
    client = browser(make_officer(country.commune, login="minh"))
    lan, far = make_officer(country.commune, login="lan"), make_officer(country.sister, login="lan.xa.khac")
    page = client.get(PAGE, {"q": "lân"}).content.decode()
    assert f"/nguoi/{lan.post_id}/" in page
    assert f"/nguoi/{far.post_id}/" not in page
    assert client.get(f"{PAGE}nguoi/{lan.post_id}/").status_code == 200
    assert client.get(f"{PAGE}nguoi/{far.post_id}/").status_code == 403
    assert client.get(f"{PAGE}vi-sao/", {"nguoi": far.post_id}).status_code == 403
    assert client.get(f"{PAGE}nguoi/999999/").status_code == 403


@pytest.mark.parametrize(
    "query",
    [{"viec": "quyen:bay"}, {"nguoi": "x"}, {"nguoi": "1" * 40}, {"viec": "a" * 5000}],
)
def test_a_question_that_is_none_leaves_the_form(country: Country, query: dict[str, str]) -> None:
    assert browser(make_officer(country.commune)).get(f"{PAGE}vi-sao/", query).status_code == 200


def test_a_refusal_leads_to_who_can_grant__R38(country: Country) -> None:
    admin = make_officer(country.commune, Role.UNIT_ADMIN)
    second = make_officer(country.commune, Role.UNIT_ADMIN, login="hoa")
    petition = make_petition(country.commune)
    client = browser(admin)
    refused = client.get(f"/don/{petition.pk}/").content.decode()
    assert "Ai cấp được quyền này?" in refused
    told = client.get(f"{PAGE}vi-sao/", {"viec": "quyen:read"}).content.decode()
    assert "chưa làm được" in told
    assert second.name in told


def test_the_answer_asks_a_fixed_number_of_statements(country: Country) -> None:
    officer = make_officer(country.commune)
    counts = []
    for _ in range(2):
        admin_of(country.commune)
        in_group(officer, f"Nhóm {len(counts)}", Right.READ_AUDIT)
        with CaptureQueriesContext(connection) as seen:
            answer(officer, asked("quyen:assign"))
            held(officer)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
