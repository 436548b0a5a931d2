import pytest
from django.test import Client

from kntc.accounts.officers import Officer
from tests.factories import PASSWORD
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
    assert "Tài khoản của các cơ quan" in signed_in(admin).get("/", follow=True).content.decode()


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
