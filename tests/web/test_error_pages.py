import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory

from kntc.accounts.officers import Officer
from kntc.web import errors
from tests.web.conftest import signed_in

FAULTS = [
    (errors.bad_request, SuspiciousOperation("x"), 400, "Yêu cầu không đọc được"),
    (errors.bad_request, RequestDataTooBig("x"), 413, "Dữ liệu gửi lên quá lớn"),
    (errors.forbidden, None, 403, "Bạn không có quyền mở trang này"),
    (errors.not_found, None, 404, "Không tìm thấy trang"),
]


@pytest.fixture
def stranger(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/khong-co/")
    request.officer = None  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(("view", "exception", "status", "title"), FAULTS)
def test_each_error_says_what_happened_and_what_to_do(
    stranger: HttpRequest, view: errors.ErrorView, exception: Exception | None, status: int, title: str
) -> None:
    response = view(stranger, exception)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "Việc cần làm:" in page


def test_a_server_error_needs_neither_database_nor_session(stranger: HttpRequest) -> None:
    response = errors.server_error(stranger)
    assert response.status_code == 500
    assert "Việc vừa làm chưa được ghi" in response.content.decode()


def test_a_stale_form_is_told_to_load_again(stranger: HttpRequest) -> None:
    response = errors.csrf_failure(stranger, "CSRF token missing")
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()
    assert "CSRF token" not in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_tells_an_officer_what_to_do(officer: Officer) -> None:
    response = signed_in(officer).get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "về trang đầu rồi tìm đơn" in response.content.decode()
    assert "Mục chính" in response.content.decode(), "inside the shell: the way on is in sight"


@pytest.mark.django_db
def test_an_unknown_address_for_a_stranger_shows_no_navigation() -> None:
    page = Client().get("/khong-co-trang-nay/").content.decode()
    assert "Không tìm thấy trang" in page
    assert "Mục chính" not in page
