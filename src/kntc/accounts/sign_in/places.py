"""From where a request comes: the network address, the browser's mark, what it calls itself."""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kntc.accounts.sign_in.guessing import Place

# A random mark by which a browser is known again; it opens nothing.
COOKIE = "kntc_device"
_A_YEAR = 365 * 24 * 3600
_MARK = re.compile(r"[A-Za-z0-9_-]{20,60}")

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("CocCoc", "Cốc Cốc"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
            ("Mac OS", "máy Mac"), ("Linux", "Linux"))  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """The client's address: the last that is not one of our own proxies (KNTC_PROXIES) wrote down."""
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(told) >= proxies:
        return str(told[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def place_of(request: HttpRequest) -> Place:
    mark = request.COOKIES.get(COOKIE, "")
    return Place(address_of(request), mark if _MARK.fullmatch(mark) else "")


def with_mark(request: HttpRequest) -> Place:
    """The same; a browser without a mark gets one (`keep_mark` sends it)."""
    place = place_of(request)
    if place.device:
        return place
    request.new_mark = secrets.token_urlsafe(24)  # type: ignore[attr-defined]
    return Place(place.address, request.new_mark)  # type: ignore[attr-defined]


def keep_mark(request: HttpRequest, response: HttpResponse) -> None:
    mark = getattr(request, "new_mark", "")
    if mark:
        response.set_cookie(
            COOKIE,
            mark,
            max_age=_A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def device_of(request: HttpRequest) -> str:
    """In words: "Chrome trên Windows"."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Trình duyệt")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} trên {system}" if system else browser
