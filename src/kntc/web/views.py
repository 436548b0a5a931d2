"""The shell's own pages: home, the unit's accounts, the state of the session."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.officers import Officer
from kntc.audit.rights import Right
from kntc.reports.dashboard import Dashboard, choice_of
from kntc.web.queries import SHOWN, accounts_of


@require_GET
@signed_in()
def home(request: OfficerRequest) -> HttpResponse:
    """Each role's own first screen (R23)."""
    if not request.officer.has_right(Right.REPORT):
        return redirect("web:unit")
    dashboard = Dashboard(choice_of(request.GET, request.officer), request.officer)
    may = {right.value: request.officer.has_right(right) for right in Right}
    return render(request, "web/home.html", {"dashboard": dashboard, "may": may})


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def unit_accounts(request: OfficerRequest) -> HttpResponse:
    search = request.GET.get("q", "")[:100]
    context = {"accounts": accounts_of(request.officer.oversees, search), "search": search, "shown": SHOWN}
    return render(request, "web/unit_accounts.html", context)


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
        }
    )
