""" "Đơn đã hủy" and "Đề nghị hủy": who, when, why, and the way back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.petitions.actions import (
    answer_void_request,
    ask_to_void,
    restore_petition,
    void_petition,
)
from kntc.petitions.models import Petition, VoidRequest
from kntc.petitions.paging import keyed_page
from kntc.petitions.voids import LATEST, explained, voided_petitions
from tests.factories import Country, handle, make_index_reader, make_officer, make_petition
from tests.petitions.browsing import browser, listed, page_of

VOIDED, REQUESTS = "/don/da-huy/", "/don/de-nghi-huy/"


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


def test_who_when_and_why(clerk: Officer) -> None:
    petition = make_petition(clerk.agency)
    assert "Chưa có đơn nào bị hủy" in page_of(clerk, path=VOIDED)
    void_petition(petition=petition, reason="nhập trùng với đơn giấy", by=clerk)
    page = page_of(clerk, path=VOIDED)
    for text in (petition.number, "Trần Văn Bình", f"{clerk.name}, Công chức", "nhập trùng với đơn giấy"):
        assert text in page
    assert "Không có đơn đã hủy nào mang số như vậy" in page_of(clerk, "q=zzz", path=VOIDED)
    assert petition.number in page_of(clerk, f"q={petition.number[-6:]}", path=VOIDED)


def test_the_last_voiding_is_told(clerk: Officer) -> None:
    petition = make_petition(clerk.agency)
    void_petition(petition=petition, reason="lý do thứ nhất", by=clerk)
    restore_petition(petition=petition, by=clerk)
    void_petition(petition=petition, reason="lý do thứ hai", by=clerk)
    page = page_of(clerk, path=VOIDED)
    assert "lý do thứ hai" in page
    assert "lý do thứ nhất" not in page


def test_restoring_from_the_list_brings_it_back(clerk: Officer) -> None:
    petition = make_petition(clerk.agency)
    void_petition(petition=petition, reason="nhập trùng", by=clerk)
    assert f'action="/don/{petition.pk}/khoi-phuc/"' in page_of(clerk, path=VOIDED)
    browser(clerk).post(f"/don/{petition.pk}/khoi-phuc/")
    assert listed(clerk) == [petition.number]
    assert petition.number not in page_of(clerk, path=VOIDED)


def test_only_the_keeper_with_the_right_restores(country: Country, clerk: Officer) -> None:
    void_petition(petition=make_petition(country.commune), reason="nhập trùng", by=clerk)
    for officer in (make_officer(country.province), make_officer(country.root, Role.NATIONAL_ANALYST)):
        page = page_of(officer, path=VOIDED)
        assert "nhập trùng" in page
        assert "khoi-phuc" not in page
    assert "nhập trùng" not in page_of(make_officer(country.sister), path=VOIDED)
    assert "nhập trùng" not in page_of(make_officer(country.elsewhere), path=VOIDED)


def test_who_may_not_read_content_sees_who_voided_but_not_who_wrote__R57(
    country: Country, clerk: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    void_petition(petition=make_petition(country.commune), reason="nhập trùng", by=clerk)
    page = page_of(make_index_reader(country.commune, monkeypatch), path=VOIDED)
    assert "nhập trùng" in page
    assert "Trần Văn Bình" not in page
    assert "(không có quyền xem)" in page


def test_pages_of_the_voided_and_their_questions(clerk: Officer) -> None:
    for _ in range(23):
        void_petition(petition=make_petition(clerk.agency), reason="nhập trùng", by=clerk)
    first = keyed_page(voided_petitions(clerk), LATEST, {}, 20)
    second = keyed_page(voided_petitions(clerk), LATEST, {"after": first.next}, 20)
    assert len({petition.pk for petition in first.rows + second.rows}) == 23
    assert [petition.voided_at for petition in first.rows] == sorted(
        (petition.voided_at for petition in first.rows), reverse=True
    )
    with CaptureQueriesContext(connection) as asked:
        explained(first.rows, clerk)
    assert len(asked) == 2
    client = browser(clerk)
    client.get(VOIDED)
    with CaptureQueriesContext(connection) as asked:
        client.get(VOIDED)
    assert len(asked) - 6 <= 12  # 6: see NESTED in test_list_screens


@pytest.fixture
def transferred(country: Country) -> Petition:
    """A petition of the commune that the department took over."""
    petition = handle(
        make_petition(country.commune), "transfer", date(2026, 3, 12), destination_id=country.department.pk
    )
    make_petition(country.department, origin_id=petition.pk, matter_id=petition.matter_id)
    return petition


def _asked(petition: Petition, clerk: Officer) -> VoidRequest:
    (request,) = ask_to_void(petition=petition, reason="nhập nhầm đơn vị", by=clerk)
    return request


def test_a_request_waits_in_the_list_of_the_agency_asked__R32(
    country: Country, clerk: Officer, transferred: Petition
) -> None:
    request = _asked(transferred, clerk)
    engineer = make_officer(country.department)
    page = page_of(engineer, path=REQUESTS)
    own = Petition.objects.get(agency=country.department)
    for text in (
        transferred.number,
        "nhập nhầm đơn vị",
        "Ủy ban nhân dân xã An Lương",
        own.number,
        "Đồng ý hủy",
    ):
        assert text in page
    assert "1 đề nghị hủy đơn" in page_of(engineer)
    sent = page_of(clerk, path=REQUESTS)
    assert "Chờ trả lời</span>" in sent
    assert "Đồng ý hủy</button>" not in sent
    assert transferred.number not in page_of(make_officer(country.sister), path=REQUESTS)
    browser(engineer).post(f"{REQUESTS}{request.pk}/", {"answer": "agree", "reason": ""})
    assert Petition.objects.get(pk=transferred.pk).is_void
    voided = page_of(clerk, path=VOIDED)
    assert transferred.number in voided
    assert f"{clerk.name}, Công chức" in voided
    assert "nhập nhầm đơn vị" in voided
    assert "Không có đề nghị nào chờ trả lời" in page_of(engineer, path=REQUESTS)
    assert "Đồng ý</span>" in page_of(clerk, path=REQUESTS)


def test_a_no_needs_its_reason__R32(country: Country, clerk: Officer, transferred: Petition) -> None:
    request = _asked(transferred, clerk)
    client = browser(make_officer(country.department))
    answer = client.post(f"{REQUESTS}{request.pk}/", {"answer": "refuse", "reason": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do không đồng ý" in answer.content.decode()
    client.post(f"{REQUESTS}{request.pk}/", {"answer": "refuse", "reason": "đang xác minh"})
    assert not Petition.objects.get(pk=transferred.pk).is_void
    assert "đang xác minh" in page_of(clerk, path=REQUESTS)
    twice = client.post(f"{REQUESTS}{request.pk}/", {"answer": "agree"})
    assert twice.status_code == 409
    assert "đã được trả lời" in twice.content.decode()


def test_nobody_else_answers(country: Country, clerk: Officer, transferred: Petition) -> None:
    request = _asked(transferred, clerk)
    for officer in (clerk, make_officer(country.sister), make_officer(country.province)):
        answer = browser(officer).post(f"{REQUESTS}{request.pk}/", {"answer": "agree"})
        assert answer.status_code in {403, 404}
    assert VoidRequest.objects.get().status == VoidRequest.Status.WAITING


def test_an_empty_list_of_requests_says_what_comes_here(clerk: Officer) -> None:
    page = page_of(clerk, path=REQUESTS)
    assert "Không có đề nghị nào chờ trả lời" in page
    assert "Chưa có đề nghị nào" in page


def test_a_page_of_requests_asks_a_fixed_number_of_questions(
    country: Country, clerk: Officer, transferred: Petition
) -> None:
    request = _asked(transferred, clerk)
    engineer = make_officer(country.department)
    client = browser(engineer)
    client.get(REQUESTS)
    with CaptureQueriesContext(connection) as asked:
        client.get(REQUESTS)
    assert len(asked) - 6 <= 12  # 6: see NESTED in test_list_screens
    answer_void_request(request=request, agree=False, answer="đang xác minh", by=engineer)
