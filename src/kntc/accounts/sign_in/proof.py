"""Proof, once more, that it is the person: before the vault opens and before rights are given (R57).

A password, a one-time code or a passkey counts for ten minutes. Who asks for proof stands deep in an action; who has
given it is known at the door. Between them a context variable: set for a request, not for the command line and jobs.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from kntc.accounts.sign_in.entering import PROVED

SAFE = {"GET", "HEAD", "OPTIONS"}
_fresh: ContextVar[bool | None] = ContextVar("kntc_proof", default=None)


class ProofNeeded(Exception):
    """Nothing was done yet: the person proves who it is, then the same request goes on.

    No `Refused`: a form that shows refusals beside its fields must not show this one.
    """

    message = "Việc này cần xác nhận lại đúng là bạn. Chưa ghi gì: hãy nhập mật khẩu rồi làm tiếp."


def require_proof() -> None:
    """Inside an action: refuse while the person behind this request has not proved itself lately."""
    if _fresh.get() is False:
        raise ProofNeeded


@contextmanager
def known_of(request: HttpRequest) -> Iterator[None]:
    """For one request: what its session says. Looking needs no proof."""
    token = _fresh.set(None if request.method in SAFE else is_fresh(request.session))
    try:
        yield
    finally:
        _fresh.reset(token)


def is_fresh(session: SessionBase) -> bool:
    return time.time() - int(session.get(PROVED, 0)) < settings.PROOF_SECONDS


def given(session: SessionBase) -> None:
    session[PROVED] = int(time.time())
