"""How a refusal, an ended session and a message reach the screen: as a page, or as a toast for htmx."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from kntc.audit.errors import NotAllowed, Refused
from kntc.web.errors import error_page
from kntc.web.toasts import Storage

TITLES = {
    403: "Việc này ngoài quyền của bạn",
    409: "Chưa làm được việc này",
    422: "Dữ liệu chưa nhận được",
}


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page, or for htmx the toast, that tells why. Nothing on the officer's page is replaced."""
    if is_htmx(request):
        response = HttpResponse(status=refusal.status)
        _add_toasts(response, [{"level": "error", "text": refusal.message}])
        return response
    title = TITLES.get(refusal.status, TITLES[409])
    return error_page(request, refusal.status, title, refusal.message, link=_granters(request, refusal))


def _granters(request: HttpRequest, refusal: Refused) -> str:
    """Where a person whose post lacks a right is told who can grant it (R38)."""
    right = refusal.right if isinstance(refusal, NotAllowed) else None
    if right is None or getattr(request, "officer", None) is None:
        return ""
    return f"{reverse('accounts:why')}?viec=quyen:{right.value}"


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_htmx(request):
            return response
        if _leads_to_sign_in(response):
            return HttpResponse(status=401)
        if (
            200 <= response.status_code < 300
            and "HX-Redirect" not in response
            and "HX-Refresh" not in response
        ):
            _add_toasts(response, _unread(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refused) else None


def _leads_to_sign_in(response: HttpResponse) -> bool:
    location = str(response.headers.get("Location", ""))
    return response.status_code == 302 and location.split("?")[0] == resolve_url(settings.LOGIN_URL)


def _unread(request: HttpRequest) -> list[dict[str, str]]:
    """Messages of this very request that the answer's own template has not shown already."""
    storage = messages.get_messages(request)
    if not isinstance(storage, Storage) or storage.used:
        return []
    return [_toast(message) for message in storage.take_new()]


def _toast(message: Any) -> dict[str, str]:
    return {"level": message.level_tag, "text": str(message)}


def _add_toasts(response: HttpResponse, toasts: list[dict[str, str]]) -> None:
    """Adds to the events that the view may have set itself. The header is ASCII: json escapes the rest."""
    if toasts:
        events = _events(response.headers.get("HX-Trigger", ""))
        response.headers["HX-Trigger"] = json.dumps({**events, "kntc:toasts": {"toasts": toasts}})


def _events(header: str) -> dict[str, Any]:
    """`HX-Trigger` is either a JSON object or a list of names."""
    if header.startswith("{"):
        return dict(json.loads(header))
    return {name.strip(): {} for name in header.split(",") if name.strip()}
