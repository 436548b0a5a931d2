"""Every signed-in request runs behind the wall: one transaction, the application role, the officer's scope."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from kntc.accounts.officers import officer_for
from kntc.audit.action import record_refusal
from kntc.audit.errors import NotAllowed, Refused
from kntc.audit.walls import as_account

POST_KEY = "post"


class OfficerMiddleware:
    """Sets `request.officer` (None when nobody is signed in) and runs the view as that officer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.officer = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: list[object],
        kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Run the view and render its answer inside the wall's transaction; a refusal rolls it back.

        Django hands what a `process_view` raises to no `process_exception`: the page comes from here.
        """
        if not request.user.is_authenticated:
            return None
        try:
            with as_account(request.user.pk) as narrow:
                officer = officer_for(request.user, request.session.get(POST_KEY))
                request.officer = officer  # type: ignore[attr-defined]
                if officer is None:
                    return None
                narrow(officer)
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return response
        except Refused as refusal:
            by = request.officer  # type: ignore[attr-defined]
            if isinstance(refusal, NotAllowed):
                record_refusal(by=by, what=request.path, message=refusal.message)
            page: HttpResponse = import_string(settings.REFUSAL_VIEW)(request, refusal)
            return page
