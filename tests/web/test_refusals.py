import json

import pytest
from django.contrib import messages
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from kntc.audit.errors import ChangedMeanwhile, InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.web.refusals import RefusalMiddleware, refused
from kntc.web.toasts import Storage


def make_request(htmx: bool) -> HttpRequest:
    request = RequestFactory().post("/don/1/", headers={"HX-Request": "true"} if htmx else {})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    request.officer = None  # type: ignore[attr-defined]
    request.session = SessionStore()
    request._messages = Storage(request)  # type: ignore[attr-defined]
    return request


def toasts(response: HttpResponse) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(response["HX-Trigger"])["kntc:toasts"]["toasts"]
    return found


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotAllowed(Right.VOID), 403),
        (ChangedMeanwhile("Lê Văn Ánh"), 409),
        (InvalidInput({"received_on": "Ngày 31/02/2018 không có trong lịch."}), 422),
        (Refused("Đơn này đã hủy rồi: tải lại danh sách."), 409),
    ],
)
def test_a_refusal_is_a_page_with_its_own_words_or_a_toast(refusal: Refused, status: int) -> None:
    page = refused(make_request(htmx=False), refusal)
    assert page.status_code == status
    assert refusal.message in page.content.decode()
    toast = refused(make_request(htmx=True), refusal)
    assert toast.status_code == status
    assert toast.content == b""
    assert toasts(toast) == [{"level": "error", "text": refusal.message}]


def test_html_in_a_refusal_is_escaped() -> None:
    page = refused(make_request(htmx=False), Refused("<script>alert(1)</script>"))
    assert "<script>alert" not in page.content.decode()


def test_a_refusal_in_a_view_reaches_the_screen_and_other_faults_go_on() -> None:
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(make_request(htmx=False), Refused("Không được."))
    assert answer is not None
    assert answer.status_code == 409
    assert middleware.process_exception(make_request(htmx=False), ValueError("x")) is None


def test_htmx_is_told_that_the_session_ended_instead_of_getting_the_sign_in_page() -> None:
    middleware = RefusalMiddleware(lambda request: HttpResponseRedirect("/dang-nhap/?next=/don/1/"))
    assert middleware(make_request(htmx=True)).status_code == 401
    assert middleware(make_request(htmx=False)).status_code == 302


def test_messages_of_an_htmx_answer_come_as_toasts_beside_the_events_of_the_view() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        messages.success(request, "Đã lưu đơn.")
        return HttpResponse(headers={"HX-Trigger": "don:saved, khac"})

    response = RefusalMiddleware(view)(make_request(htmx=True))
    assert toasts(response) == [{"level": "success", "text": "Đã lưu đơn."}]
    assert set(json.loads(response["HX-Trigger"])) == {"don:saved", "khac", "kntc:toasts"}


def test_messages_that_the_template_has_shown_do_not_come_twice() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        messages.success(request, "Đã lưu đơn.")
        return HttpResponse(" ".join(str(message) for message in messages.get_messages(request)))

    response = RefusalMiddleware(view)(make_request(htmx=True))
    assert response.content.decode() == "Đã lưu đơn."
    assert "HX-Trigger" not in response


def test_messages_wait_for_the_next_page_when_htmx_is_sent_elsewhere() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        messages.success(request, "Đã lưu đơn.")
        return HttpResponse(headers={"HX-Redirect": "/don/"})

    assert "HX-Trigger" not in RefusalMiddleware(view)(make_request(htmx=True))


def test_a_fragment_on_the_way_does_not_carry_off_what_the_next_page_is_to_say() -> None:
    """A count that htmx fetches between a saved form and the page that follows it."""
    saving, fragment = make_request(htmx=False), make_request(htmx=True)
    messages.success(saving, "Đã sửa đơn.")
    saving._messages.update(HttpResponse())  # type: ignore[attr-defined]
    fragment.session = saving.session
    fragment._messages = Storage(fragment)  # type: ignore[attr-defined]
    assert "HX-Trigger" not in RefusalMiddleware(lambda request: HttpResponse())(fragment)
    fragment._messages.update(HttpResponse())  # type: ignore[attr-defined]
    following = make_request(htmx=False)
    following.session = saving.session
    assert [str(message) for message in Storage(following)] == ["Đã sửa đơn."]
