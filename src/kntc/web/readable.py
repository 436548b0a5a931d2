"""What no keyboard types and no PostgreSQL text can hold stops at the door, before any room has to think of it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from kntc.web.errors import bad_request

NUL = "\0"


class ReadableInputMiddleware:
    """Answers 400 to a NUL character in the address, the query or a form (files are their room's own business)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Here and not before the view is known: a form too big to be read is told of by then."""
        unreadable = NUL in request.path or _has_nul(request.GET) or _has_nul(request.POST)
        return bad_request(request) if unreadable else None


def _has_nul(values: QueryDict | MultiValueDict[str, str]) -> bool:
    return any(NUL in name or NUL in text for name, texts in values.lists() for text in texts)
