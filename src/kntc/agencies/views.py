"""The server end of the pickers. The catalogue is open to every signed-in officer; it holds no petition's data."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from kntc.agencies.actions import propose_body
from kntc.agencies.forms import ProposeBodyForm
from kntc.agencies.kinds import likely_kind
from kntc.agencies.models import Agency
from kntc.agencies.queries import place_options, proposed_place, resolve
from kntc.agencies.recent import recent, recently_first
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.rights import Right

View = Callable[[HttpRequest, Actor], HttpResponse]
Guarded = Callable[[HttpRequest], HttpResponse]
_LEAST_LETTERS = 2


def for_officers(right: Right | None = None) -> Callable[[View], Guarded]:
    """Accounts stand above this room: it knows an officer only as an actor whom the middleware put there."""

    def decorate(view: View) -> Guarded:
        @functools.wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            officer: Actor | None = getattr(request, "officer", None)
            if officer is None:
                raise NotAllowed(
                    message="Tài khoản của bạn chưa giữ vị trí công tác nào. Hãy báo quản trị đơn vị."
                )
            if right is not None and not officer.has_right(right):
                raise NotAllowed(right)
            return view(request, officer)

        guarded.required_right = right  # type: ignore[attr-defined]
        return guarded

    return decorate


def _typed(request: HttpRequest) -> str:
    text = request.GET.get("q", "").strip()
    return text if len(text) >= _LEAST_LETTERS else ""


def _home(officer: Actor) -> Agency | None:
    """The officer's agency, which accounts have loaded already."""
    return getattr(officer, "agency", None)


@require_GET
@for_officers()
def find_bodies(request: HttpRequest, officer: Actor) -> HttpResponse:
    """Options for a body picker: what this account used last, or what fits the words typed. 3 SQL statements."""
    text = _typed(request)
    matches = resolve(text, near=_home(officer), typing=True) if text else []
    context: dict[str, Any] = {
        "text": text,
        "matches": recently_first(matches, officer),
        "recent": recent(officer) if not request.GET.get("q", "").strip() else [],
        "may_propose": bool(text) and officer.has_right(Right.PROPOSE_BODY),
    }
    return render(request, "agencies/body_options.html", context)


@require_GET
@for_officers()
def find_places(request: HttpRequest, officer: Actor) -> HttpResponse:
    """Options for a place picker. 2 SQL statements."""
    text = _typed(request)
    options = place_options(text, near=_home(officer)) if text else []
    return render(request, "agencies/place_options.html", {"text": text, "options": options})


@require_http_methods(["GET", "POST"])
@for_officers(Right.PROPOSE_BODY)
def propose(request: HttpRequest, officer: Actor) -> HttpResponse:
    """The dialog in which a missing body is added: asked for by GET, sent by POST."""
    if request.method != "POST":
        name = request.GET.get("ten", "")[:255]
        _, place = proposed_place(name, _home(officer))
        form = ProposeBodyForm(initial={"name": name, "place": place, "kind": likely_kind(name)})
        return render(request, "agencies/propose.html", {"form": form})
    form = ProposeBodyForm(request.POST)
    if form.is_valid():
        try:
            body = propose_body(by=officer, **form.cleaned_data)
        except InvalidInput as problem:
            for field, message in problem.errors.items():
                form.add_error(field, message)
        else:
            return JsonResponse({"value": body.pk, "label": body.short_name, "note": "Chờ duyệt"}, status=201)
    return render(request, "agencies/propose.html", {"form": form}, status=422)
