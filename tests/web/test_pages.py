import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kntc.accounts.officers import Officer
from tests.factories import PASSWORD, Country, make_officer
from tests.web.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_a_stranger_goes_to_the_sign_in_page_and_comes_back() -> None:
    response = Client().get("/quan-tri/?q=a")
    assert response.status_code == 302
    assert response["Location"] == "/dang-nhap/?next=/quan-tri/%3Fq%3Da"


def test_signing_in_returns_to_the_page_that_was_asked_for(admin: Officer) -> None:
    client = Client()
    assert "mở trang bạn vừa chọn" in client.get("/dang-nhap/?next=/quan-tri/").content.decode()
    response = client.post(
        "/dang-nhap/", {"username": admin.account.login, "password": PASSWORD, "next": "/quan-tri/"}
    )
    assert response["Location"] == "/quan-tri/"


def test_a_wrong_password_says_what_to_check_and_keeps_the_name(admin: Officer) -> None:
    response = Client().post("/dang-nhap/", {"username": "quan.tri", "password": "sai"})
    page = response.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="quan.tri"' in page


def test_an_officer_starts_with_the_overview_and_an_administrator_with_the_accounts__R23(
    officer: Officer, admin: Officer
) -> None:
    assert "Tổng quan" in signed_in(officer).get("/").content.decode()
    assert "Tài khoản của đơn vị" in signed_in(admin).get("/", follow=True).content.decode()


def test_the_shell_names_agency_person_and_post(officer: Officer) -> None:
    page = signed_in(officer).get("/").content.decode()
    for text in (
        officer.agency_name,
        officer.name,
        "Công chức tiếp công dân",
        "Đăng xuất",
        'lang="vi"',
        "Đến nội dung chính",
    ):
        assert text in page


def test_pages_of_an_officer_are_not_kept_by_the_browser(officer: Officer) -> None:
    assert "no-store" in signed_in(officer).get("/")["Cache-Control"]


def test_an_administrator_sees_the_accounts_of_the_subtree_with_counts(
    country: Country, admin: Officer
) -> None:
    make_officer(country.commune, login="binh.an", title="Công chức")
    make_officer(country.far_commune, login="noi.khac")
    page = signed_in(admin).get("/quan-tri/").content.decode()
    assert "binh.an" in page
    assert "noi.khac" not in page
    assert "Chưa đăng nhập lần nào" in page


def test_accounts_can_be_searched_and_an_empty_answer_says_what_to_do(
    country: Country, admin: Officer
) -> None:
    make_officer(country.commune, login="binh.an")
    client = signed_in(admin)
    assert "<mark>binh</mark>.an" in client.get("/quan-tri/?q=binh").content.decode()
    assert "Không có tài khoản nào phù hợp" in client.get("/quan-tri/?q=zzz").content.decode()


def test_the_accounts_page_takes_a_fixed_number_of_statements(
    country: Country, admin: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        make_officer(country.commune, login=f"nguoi.so.{number}")
    client = signed_in(admin)
    with django_assert_max_num_queries(12):
        assert client.get("/quan-tri/").status_code == 200


def test_an_officer_may_not_open_the_accounts_page(officer: Officer) -> None:
    response = signed_in(officer).get("/quan-tri/")
    assert response.status_code == 403
    assert "quản trị tài khoản của đơn vị" in response.content.decode()


def test_the_session_is_asked_for_before_a_form_is_sent(officer: Officer) -> None:
    assert Client().get("/phien/").json()["signed_in"] is False
    client = signed_in(officer)
    first = client.get("/phien/").json()
    assert first["signed_in"] is True
    assert first["post"] == officer.post_id
    assert len(first["token"]) > 30


def test_changing_the_password_shows_each_fault_at_its_field(officer: Officer) -> None:
    client = signed_in(officer)
    page = client.post(
        "/doi-mat-khau/", {"old_password": "sai", "new_password1": "abc", "new_password2": "abd"}
    ).content.decode()
    assert "Chưa đổi được mật khẩu" in page
    assert "Mật khẩu đang dùng không đúng" in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_old_password_error"' in page


def test_choosing_a_post_lists_the_posts_and_marks_the_present_one(officer: Officer) -> None:
    page = signed_in(officer).get("/vi-tri-cong-tac/").content.decode()
    assert "Đang dùng" in page
    assert officer.agency_name in page
