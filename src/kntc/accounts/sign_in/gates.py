"""What a signed-in person must do first: open the locked screen, choose a password, set up the second factor."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import idle, proving
from kntc.accounts.sign_in.factors.rules import has_factor, is_overdue

# The ways out, and what tells the page how things stand: open whatever else is closed.
ALWAYS = {
    "accounts:sign-out",
    "accounts:unlock",
    "accounts:passkey-options",
    "accounts:lock",
    "web:session",
    "ops:health",
}
OWN_PASSWORD = {"accounts:change-password"}
OWN_FACTORS = {
    "accounts:security",
    "accounts:set-up-codes",
    "accounts:add-passkey",
    "accounts:prove",
    "accounts:recovery-codes",
    "accounts:choose-post",
}
# In the session: this person has a second factor (asked of the database once a session).
_HAS_FACTOR = "has_factor"
LOCKED = 423


def locked(request: HttpRequest) -> HttpResponse | None:
    """The locked screen's answer; None, and the activity noted, while it is open."""
    if _name(request) in ALWAYS:
        return None
    if idle.is_locked(request.session):
        if getattr(request, "proof_error", None) != "":
            idle.lock(request.session)
            return _to_unlock(request)
        idle.unlock(request.session)
    if idle.BY_ITSELF not in request.META:
        idle.touch(request.session)
    return None


def first_things_first(request: HttpRequest, officer: Officer) -> HttpResponse | None:
    """Own password first, then the second factor."""
    name = _name(request)
    if officer.account.must_change_password and name not in ALWAYS | OWN_PASSWORD:
        return redirect("accounts:change-password")
    if (
        name in ALWAYS | OWN_PASSWORD | OWN_FACTORS
        or not is_overdue(officer)
        or _has_factor(request, officer)
    ):
        return None
    messages.warning(
        request,
        "Vị trí công tác của bạn phải có bước xác thực thứ hai. Hãy thiết lập một lần ở đây, rồi làm việc tiếp.",
    )
    return redirect("accounts:security")


def _has_factor(request: HttpRequest, officer: Officer) -> bool:
    if not request.session.get(_HAS_FACTOR) and has_factor(officer.account):
        request.session[_HAS_FACTOR] = True
    return bool(request.session.get(_HAS_FACTOR))


def forget_factor(request: HttpRequest) -> None:
    """A factor was removed: look again."""
    request.session.pop(_HAS_FACTOR, None)


def _to_unlock(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False) or "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(status=LOCKED)
    if request.method != "GET":
        return proving.ask(request, cast(Account, request.user), status=LOCKED)
    return redirect_to_login(request.get_full_path(), resolve_url("accounts:unlock"))


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
