"""The door of every view: who may come in."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kntc.accounts.officers import Officer
from kntc.audit.errors import NotAllowed
from kntc.audit.rights import Right

P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer (for type checkers)."""

    officer: Officer


def signed_in(
    right: Right | None = None,
) -> Callable[
    [Callable[Concatenate[Any, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Only for signed-in officers, with `right` when named. Others go to the sign-in page and come back."""

    def decorate(
        view: Callable[Concatenate[Any, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            officer: Officer | None = getattr(request, "officer", None)
            if officer is None:
                return redirect("accounts:no-post")
            if right is not None and not officer.has_right(right):
                raise NotAllowed(right)
            return view(request, *args, **kwargs)

        guarded.required_right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # wraps() keeps the parameter's name, Concatenate cannot say it

    return decorate
