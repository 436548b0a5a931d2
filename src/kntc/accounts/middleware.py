"""Every signed-in request runs behind the wall: one transaction, the application role, the officer's scope."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from kntc.accounts.officers import officer_for
from kntc.accounts.sign_in import gates, idle, proof, proving
from kntc.accounts.sign_in.entering import POST_KEY
from kntc.accounts.sign_in.places import keep_mark
from kntc.audit.action import record_refusal
from kntc.audit.errors import NotAllowed, Refused
from kntc.audit.walls import acting_as, as_account

View = Callable[..., HttpResponse]


@contextmanager
def behind_the_wall(request: HttpRequest) -> Iterator[None]:
    """One transaction as the officer of the session, or as the account alone where it holds no post."""
    officer = officer_for(request.user, request.session.get(POST_KEY))  # type: ignore[arg-type]
    request.officer = officer  # type: ignore[attr-defined]
    if officer is not None:
        with acting_as(officer):
            yield
    else:
        with as_account(request.user.pk) as narrow:
            narrow(None)
            yield


@contextmanager
def as_whoever_asks(request: HttpRequest) -> Iterator[None]:
    """For an answer that no view gives: the officer of the session, behind the wall; nobody while it is locked."""
    user: Any = getattr(request, "user", None)
    known = getattr(request, "officer", None) is not None or user is None or not user.is_authenticated
    if known or idle.is_locked(request.session):
        yield
        return
    with behind_the_wall(request):
        yield


class OfficerMiddleware:
    """Sets `request.officer` (None when nobody is signed in) and runs the view as that officer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.officer = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        keep_mark(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: list[object], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Run the view and render its answer inside the wall's transaction; a refusal rolls it back.

        Django hands what a `process_view` raises to no `process_exception`: the page comes from here.
        """
        if not request.user.is_authenticated:
            return None
        try:
            with behind_the_wall(request):
                return _answer(request, lambda: view(request, *args, **kwargs))
        except proof.ProofNeeded:
            with as_account(request.user.pk):
                return proving.ask(request, request.user)
        except Refused as refusal:
            by = request.officer  # type: ignore[attr-defined]
            if isinstance(refusal, NotAllowed) and by is not None:
                record_refusal(by=by, what=request.path, message=refusal.message)
            page: HttpResponse = import_string(settings.REFUSAL_VIEW)(request, refusal)
            return page


def _answer(request: HttpRequest, view: Callable[[], Any]) -> HttpResponse:
    officer = request.officer  # type: ignore[attr-defined]
    proving.take_carried(request, request.user)  # type: ignore[arg-type]
    closed = gates.locked(request) or (officer and gates.first_things_first(request, officer))
    if closed:
        return closed
    with proof.known_of(request):
        response = view()
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
    return response  # type: ignore[no-any-return]
