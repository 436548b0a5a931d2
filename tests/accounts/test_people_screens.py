"""Người dùng on the screen: the list behind every number, one person's page, a colleague in four fields, leavers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kntc.accounts.models import Account, ActivationCode, Post
from kntc.accounts.roles import Role
from kntc.accounts.states import Area, Kind, State, list_query, people, vacancies
from kntc.petitions.models import Petition
from tests.accounts.people import Offices, give_petitions, make_offices
from tests.factories import Country, make_officer
from tests.journeys.addresses import browser

LIST = "/quan-tri/nguoi-dung/"


@pytest.fixture
def offices(country: Country) -> Offices:
    return make_offices(country)


@pytest.fixture
def unit(offices: Offices) -> Client:
    return browser(offices.unit)


@pytest.fixture
def above(offices: Offices) -> Client:
    return browser(offices.above)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def shown(answer: Any) -> set[str]:
    """Logins in the list."""
    assert answer.status_code == 200
    return {account.login for account in answer.context["rows"]}


# ---- The list ----


def test_the_list_is_the_administrator_s_subtree(unit: Client, above: Client) -> None:
    assert shown(unit.get(LIST)) == {"quan.tri.xa", "lan", "minh"}
    assert shown(above.get(LIST)) == {"quan.tri.xa", "lan", "minh", "hoa", "quan.tri.tinh"}


@pytest.mark.parametrize("q", ["lan", "LAN", "nguyen thi lan", "Nguyễn Lan", "lan an luong", "An Lương lan"])
def test_search_by_name_login_agency_with_and_without_accents(above: Client, q: str) -> None:
    assert shown(above.get(LIST, {"q": q})) == {"lan"}


def test_nothing_found_says_what_to_do(unit: Client) -> None:
    assert "xem tất cả" in text(unit.get(LIST, {"q": "không có ai tên này"}))


def _in_every_state(offices: Offices) -> None:
    now = timezone.now()
    for login, days in (("a5", 5), ("a40", 40), ("a70", 70), ("a100", 100)):
        officer = make_officer(offices.country.commune, login=login)
        Account.objects.filter(pk=officer.account_id).update(last_login=now - timedelta(days=days))
    locked = make_officer(offices.country.sister, login="khoa").account_id
    Account.objects.filter(pk=locked).update(is_active=False)
    gone = make_officer(offices.country.sister, Role.LEADER, login="thoi")
    Account.objects.filter(pk=gone.account_id).update(is_active=False, retired_at=now)
    Post.objects.filter(pk=gone.post_id).update(valid_to=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("state", [None, *(state for state in State if state != State.NO_HOLDER)])
@pytest.mark.parametrize("kind", [None, *Kind])
def test_each_number_of_the_census_opens_a_list_as_long__R36(
    offices: Offices, above: Client, state: State | None, kind: Kind | None
) -> None:
    _in_every_state(offices)
    for agency in (offices.country.province, offices.country.commune):
        query = list_query(agency.pk, subtree=True, state=state, kind=kind)
        answer = above.get(f"{LIST}?{query}")
        expected = people(Area(agency, subtree=True), state, kind)
        assert shown(answer) == {account.login for account in expected}
        assert answer.context["count"] == expected.count()


def test_only_one_level_of_a_subtree(above: Client, offices: Offices) -> None:
    query = list_query(offices.country.province.pk, subtree=True, level="commune")
    assert shown(above.get(f"{LIST}?{query}")) == {"quan.tri.xa", "lan", "minh", "hoa"}


def test_posts_without_a_holder_open_too__R36(offices: Offices, above: Client) -> None:
    _in_every_state(offices)
    query = list_query(offices.country.province.pk, subtree=True, state=State.NO_HOLDER)
    answer = above.get(f"{LIST}?{query}")
    expected = vacancies(Area(offices.country.province, subtree=True))
    assert {post.pk for post in answer.context["vacancies"]} == set(expected.values_list("pk", flat=True))
    assert expected.exists()


def test_a_filter_by_role(above: Client) -> None:
    assert shown(above.get(LIST, {"vai-tro": "unit_admin"})) == {"quan.tri.xa", "quan.tri.tinh"}


def test_pages_by_key_lose_nobody(offices: Offices, unit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kntc.accounts.people.roster.PAGE", 2)
    for number in range(5):
        make_officer(offices.country.commune, login=f"them{number}")
    seen: list[str] = []
    url = LIST
    while url:
        answer = unit.get(url)
        seen += [account.login for account in answer.context["rows"]]
        url = LIST + answer.context["next"] if answer.context["next"] else ""
    assert len(seen) == len(set(seen)) == 8


def test_the_list_costs_the_same_for_few_and_many(
    offices: Offices, unit: Client, django_assert_max_num_queries: Any
) -> None:
    unit.get(LIST)
    costs = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as context:
            unit.get(LIST)
        costs.append(len(context))
        for _ in range(20):
            make_officer(offices.country.commune)
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "query",
    [
        {"co-quan": "999999999"},
        {"co-quan": "x"},
        {"co-quan": "9" * 30},
    ],
)
def test_an_agency_elsewhere_is_out_of_reach(unit: Client, query: dict[str, str]) -> None:
    assert unit.get(LIST, query).status_code == 403


def test_another_province_s_list_stays_closed(unit: Client, offices: Offices) -> None:
    for agency in (offices.country.far_commune, offices.country.province):
        assert unit.get(LIST, {"co-quan": agency.pk}).status_code == 403


def test_nonsense_in_the_address_is_passed_over(unit: Client) -> None:
    query = {"tinh-trang": "x", "vai-tro": "x", "loai": "x", "bac": "x", "sau": "x~y", "truoc": "~"}
    assert unit.get(LIST, query).status_code == 200


# ---- A new colleague ----


def test_four_fields_make_a_colleague__R15(offices: Offices, unit: Client) -> None:
    values = {
        "full_name": "Phạm Thu Hà",
        "agency": offices.country.commune.pk,
        "like": f"post:{offices.lan.post_id}",
        "contact": "0905 123 456",
    }
    answer = unit.post(LIST + "them/", values, follow=True)
    account = Account.objects.get(login="ha.phamthu")
    assert (account.phone, account.posts.get().role) == ("0905 123 456", "officer")
    page = text(answer)
    code = re.search(r'data-slip="code">([A-Z0-9-]+)<', page)
    assert code is not None
    assert "ha.phamthu" in page
    assert "/kich-hoat/" in page


def test_a_job_title_instead_of_a_colleague__R15(offices: Offices, unit: Client) -> None:
    values = {
        "full_name": "Phạm Thu Hà",
        "agency": offices.country.commune.pk,
        "like": "job:pho-chu-tich",
        "contact": "ha@gialai.gov.vn",
        "login": "ha",
    }
    assert unit.post(LIST + "them/", values).status_code == 302
    post = Post.objects.get(account__login="ha")
    assert (post.title, post.role, post.account.email) == (
        "Phó Chủ tịch Ủy ban nhân dân",
        "leader",
        "ha@gialai.gov.vn",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": ""},
        {"full_name": "Hà"},
        {"like": ""},
        {"like": "post:0"},
        {"like": "job:khong-co"},
        {"contact": "không phải số"},
        {"contact": "a@b"},
        {"login": "tên có dấu"},
        {"login": "lan"},
    ],
)
def test_bad_input_comes_back_with_its_reason(offices: Offices, unit: Client, wrong: dict[str, str]) -> None:
    values = {
        "full_name": "Phạm Thu Hà",
        "agency": offices.country.commune.pk,
        "like": f"post:{offices.lan.post_id}",
        "contact": "",
    }
    answer = unit.post(LIST + "them/", values | wrong)
    assert answer.status_code == 422
    assert not Account.objects.filter(name_fold="pham thu ha").exists()
    assert text(answer).count("invalid-feedback") >= 1 or "form-errors" in text(answer)


def test_the_login_is_proposed_until_one_is_typed(unit: Client) -> None:
    proposed = text(unit.get(LIST + "them/ten-dang-nhap/", {"full_name": "Đặng Văn Ô"}))
    assert 'value="o.dangvan"' in proposed
    kept = text(
        unit.get(
            LIST + "them/ten-dang-nhap/",
            {"full_name": "Đặng Văn Ô", "login": "toi.tu.dat", "proposed": "x"},
        )
    )
    assert 'value="toi.tu.dat"' in kept


def test_the_choice_of_like_follows_the_agency(offices: Offices, above: Client) -> None:
    options = text(above.get(LIST + "them/nhu-ai/", {"agency": offices.country.sister.pk}))
    assert "Hoa" in options
    assert "Minh" not in options


def test_a_code_is_mailed_to_who_has_an_address(offices: Offices, unit: Client) -> None:
    values = {
        "full_name": "Phạm Thu Hà",
        "agency": offices.country.commune.pk,
        "like": "job:tiep-dan",
        "contact": "ha@gialai.gov.vn",
    }
    unit.post(LIST + "them/", values)
    unit.post(LIST + "phieu-kich-hoat/gui/")
    (letter,) = mail.outbox
    assert letter.to == ["ha@gialai.gov.vn"]
    assert "ha.phamthu" in letter.body


def test_a_mail_server_that_is_away_is_told_of(
    offices: Offices, unit: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("kntc.accounts.sign_in.activation_mail.send_mail", away)
    Account.objects.filter(pk=offices.lan.account_id).update(email="lan@gialai.gov.vn")
    unit.post(f"{LIST}{offices.lan.account_id}/cap-lai-mat-khau/")
    page = text(unit.post(LIST + "phieu-kich-hoat/gui/", follow=True))
    assert "Đã gửi 0/1 thư" in page
    assert 'data-slip="code"' in page


def test_a_slip_that_was_used_is_gone(offices: Offices, unit: Client) -> None:
    unit.post(f"{LIST}{offices.lan.account_id}/cap-lai-mat-khau/")
    assert 'data-slip="code"' in text(unit.get(LIST + "phieu-kich-hoat/"))
    ActivationCode.objects.all().delete()
    assert "Không có phiếu nào" in text(unit.get(LIST + "phieu-kich-hoat/"))


def test_the_session_holds_no_code_in_the_open(offices: Offices, unit: Client) -> None:
    page = text(unit.post(f"{LIST}{offices.lan.account_id}/cap-lai-mat-khau/", follow=True))
    found = re.search(r'data-slip="code">([A-Z0-9-]+)<', page)
    assert found is not None
    assert found.group(1) not in str(dict(unit.session))


# ---- One person ----


def test_a_person_s_page_tells_all(offices: Offices, unit: Client) -> None:
    give_petitions(offices.lan, 4)
    unit.post(f"{LIST}{offices.lan.account_id}/doi-ten/", {"login": "lan.moi"})
    page = text(unit.get(f"{LIST}{offices.lan.account_id}/"))
    for words in ("lan.moi", "Công chức", "Đơn đang xử lý", "<strong>4</strong>", "lan → lan.moi"):
        assert words in page


def test_a_page_costs_the_same_for_few_and_many(
    offices: Offices, unit: Client, django_assert_max_num_queries: Any
) -> None:
    url = f"{LIST}{offices.lan.account_id}/"
    unit.get(url)
    costs = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as context:
            unit.get(url)
        costs.append(len(context))
        for role in ("leader", "business_owner"):
            Post.objects.get_or_create(
                account=offices.lan.account, agency=offices.country.commune, role=role, title="x"
            )
    assert costs[0] == costs[1]


def test_people_elsewhere_have_no_page_here(offices: Offices, unit: Client) -> None:
    for pk in (offices.sister.account_id, 999999999):
        assert unit.get(f"{LIST}{pk}/").status_code == 403


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("sua/", {"full_name": "Nguyễn Thị Lan Anh", "email": "", "phone": ""}),
    ("doi-ten/", {"login": "lan9"}),
    ("khoa/", {"reason": "nghỉ"}),
    ("mo-khoa/", {}),
    ("dang-xuat/", {}),
    ("cap-lai-mat-khau/", {}),
    ("xoa/", {}),
]


@pytest.mark.parametrize(("path", "values"), ACTS)
def test_every_act_from_the_page(offices: Offices, unit: Client, path: str, values: dict[str, Any]) -> None:
    assert unit.post(f"{LIST}{offices.lan.account_id}/{path}", values).status_code == 302


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        ("sua/", {"full_name": ""}, "Hãy điền ô này"),
        ("sua/", {"full_name": "Lan"}, "đầy đủ họ"),
        ("sua/", {"full_name": "Nguyễn Thị Lan", "email": "x"}, "không phải là địa chỉ"),
        ("sua/", {"full_name": "Nguyễn Thị Lan", "phone": "x"}, "không phải là số điện thoại"),
        ("doi-ten/", {"login": ""}, "Hãy điền ô này"),
        ("doi-ten/", {"login": "minh"}, "đã có người dùng"),
        ("doi-ten/", {"login": "x" * 61}, "60"),
        ("khoa/", {"reason": "x" * 300}, "255"),
        ("vi-tri/them/", {}, "bắt buộc"),
        ("vi-tri/them/", {"agency": "0", "role": "leader"}, "Hãy chọn một cơ quan"),
        ("vi-tri/them/", {"agency": "x", "role": "x"}, "Hãy chọn một vai trò"),
    ],
)
def test_bad_input_of_an_act(
    offices: Offices, unit: Client, path: str, values: dict[str, Any], said: str
) -> None:
    answer = unit.post(f"{LIST}{offices.lan.account_id}/{path}", values)
    assert answer.status_code == 422
    assert said in text(answer)


def test_posts_are_moved_ended_and_changed_from_the_page(offices: Offices, above: Client) -> None:
    base = f"{LIST}{offices.lan.account_id}/vi-tri/"
    give_petitions(offices.lan, 2)
    url = f"{base}{offices.lan.post_id}/chuyen/"
    values: dict[str, Any] = {"agency": offices.country.sister.pk, "role": "officer", "title": ""}
    answer = above.post(url, values)
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một người nhận bàn giao" in text(answer)
    values[f"nhan-{offices.country.commune.pk}"] = [offices.minh.post_id]
    assert above.post(url, values).status_code == 302
    assert Petition.objects.filter(assignee=offices.minh.post_id).count() == 2
    new = Post.objects.current().get(account=offices.lan.account)
    assert new.agency == offices.country.sister
    above.post(f"{base}{new.pk}/vai-tro/", {"role": "leader", "title": "Phó Chủ tịch"})
    above.post(f"{base}{new.pk}/chuc-danh/", {"title": "Chủ tịch"})
    assert Post.objects.get(pk=new.pk).title == "Chủ tịch"
    assert above.post(f"{base}{new.pk}/ket-thuc/", {"reason": "xong"}).status_code == 302
    assert not Post.objects.current().filter(account=offices.lan.account).exists()


def test_a_post_of_somebody_else_is_not_reached_through_the_address(offices: Offices, unit: Client) -> None:
    url = f"{LIST}{offices.lan.account_id}/vi-tri/{offices.minh.post_id}/ket-thuc/"
    assert unit.post(url, {"reason": ""}).status_code == 403


# ---- Leavers ----


def test_a_leaver_is_previewed_and_handed_over__R33(offices: Offices, unit: Client) -> None:
    give_petitions(offices.lan, 3)
    url = f"{LIST}thoi-su-dung/?nguoi={offices.lan.account_id}"
    page = text(unit.get(url))
    assert "<strong>3</strong>" in page
    assert "Minh" in page
    refused = unit.post(url, {"nguoi": offices.lan.account_id})
    assert refused.status_code == 422
    values = {
        "nguoi": offices.lan.account_id,
        f"nhan-{offices.country.commune.pk}": [offices.minh.post_id],
        "reason": "Nghỉ hưu",
    }
    assert unit.post(url, values).status_code == 302
    assert Petition.objects.filter(assignee=offices.minh.post_id).count() == 3
    assert "lan" not in shown(unit.get(LIST))
    assert "lan" in shown(unit.get(LIST, {"tinh-trang": "retired"}))


def test_who_may_read_petitions_gets_the_list_behind_the_count(offices: Offices, unit: Client) -> None:
    give_petitions(offices.lan, 3)
    leader = browser(make_officer(offices.country.commune, Role.LEADER))
    page = text(unit.get(f"{LIST}thoi-su-dung/?nguoi={offices.lan.account_id}"))
    assert f"assignee={offices.lan.post_id}" not in page
    answer = leader.get(reverse("petitions:list"), {"assignee": offices.lan.post_id, "state": "open"})
    assert answer.status_code == 200


def test_idle_accounts_are_swept_in_one_act__R53(offices: Offices, above: Client) -> None:
    long_ago = timezone.now() - timedelta(days=120)
    gone = [offices.lan.account_id, offices.sister.account_id]
    Account.objects.filter(pk__in=gone).update(last_login=long_ago)
    give_petitions(offices.lan, 2)
    page = above.get(f"{LIST}bo-khong/")
    assert [account.pk for account in page.context["rows"]] == sorted(gone)
    url = f"{LIST}thoi-su-dung/"
    preview = above.get(url, {"nguoi": gone})
    assert preview.context["total"] == 2
    values = {"nguoi": gone, f"nhan-{offices.country.commune.pk}": [offices.minh.post_id]}
    assert above.post(url, values).status_code == 302
    assert Account.objects.filter(pk__in=gone, retired_at__isnull=False).count() == 2
    assert "Không có tài khoản nào" in text(above.get(f"{LIST}bo-khong/"))


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("?nguoi=x", 422), ("?nguoi=999999999", 403), ("?nguoi=" + "9" * 30, 422)],
)
def test_bad_choice_of_leavers(unit: Client, query: str, status: int) -> None:
    assert unit.get(f"{LIST}thoi-su-dung/{query}").status_code == status


def test_leavers_elsewhere_are_out_of_reach(offices: Offices, unit: Client) -> None:
    assert unit.get(f"{LIST}thoi-su-dung/?nguoi={offices.sister.account_id}").status_code == 403
