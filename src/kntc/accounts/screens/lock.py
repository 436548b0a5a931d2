"""The locked screen, and proving once more who one is."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.sign_in import idle, proving
from kntc.accounts.views import safe_next


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in()
def unlock(request: OfficerRequest) -> HttpResponse:
    """Opens the locked session again: for the cover over a page (JSON), or as a page of its own."""
    error = _attempt(request)
    if request.method == "POST" and not error:
        idle.unlock(request.session)
    return _told(request, error) or _page(request, "accounts/unlock.html", error)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in()
def prove(request: OfficerRequest) -> HttpResponse:
    """The same for a proof: a dialog over a page, or a page before another."""
    error = _attempt(request)
    return _told(request, error) or _page(request, "accounts/prove.html", error)


def _attempt(request: OfficerRequest) -> str:
    """A form that carries a proof was looked at on the way in (accounts/middleware.py)."""
    error: str = getattr(request, "proof_error", proving.WRONG)
    return error if request.method == "POST" else ""


def _told(request: OfficerRequest, error: str) -> HttpResponse | None:
    if request.method != "POST":
        return None
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": error}, status=422 if error else 200)
    return None if error else redirect(safe_next(request))


def _page(request: OfficerRequest, template: str, error: str) -> HttpResponse:
    context = {
        "error": error,
        "next": safe_next(request),
        "options": proving.question(request.officer.account),
    }
    return render(request, template, context, status=422 if error else 200)


@never_cache
@require_POST
@signed_in()
def lock(request: OfficerRequest) -> HttpResponse:
    """The person goes, or the page has seen nobody for long enough."""
    idle.lock(request.session)
    return HttpResponse(status=204)


@never_cache
@require_POST
@signed_in()
def stay(request: OfficerRequest) -> HttpResponse:
    """The person types, though no request comes of it: noted at the door (gates.locked)."""
    return JsonResponse({"left": idle.left(request.session)})
