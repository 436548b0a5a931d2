"""The shell's own pages: home, the way to administration, the state of the session."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import idle
from kntc.audit.rights import Right
from kntc.reports.dashboard import Dashboard, choice_of


@require_GET
@signed_in()
def home(request: OfficerRequest) -> HttpResponse:
    """Each role's own first screen (R23)."""
    if not request.officer.has_right(Right.REPORT):
        return redirect("accounts:census")
    dashboard = Dashboard(choice_of(request.GET, request.officer), request.officer)
    may = {right.value: request.officer.has_right(right) for right in Right}
    return render(request, "web/home.html", {"dashboard": dashboard, "may": may})


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def unit(request: OfficerRequest) -> HttpResponse:
    """The first screen of administration."""
    return redirect("accounts:census")


@require_GET
@never_cache
def session_state(request: HttpRequest) -> JsonResponse:
    """Asked by the browser before it sends a form, so that an ended session never eats what was typed.

    The token comes along: signing in again in another tab has changed it.
    """
    officer: Officer | None = getattr(request, "officer", None)
    return JsonResponse(
        {
            "signed_in": request.user.is_authenticated,
            "post": officer.post_id if officer else None,
            "token": get_token(request),
            "locked": request.user.is_authenticated and idle.is_locked(request.session),
            "left": idle.left(request.session),
        }
    )
