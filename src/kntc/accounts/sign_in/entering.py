"""The way in: after the password, and the second factor where there is one, the session begins. And the way out."""

import time
from typing import Any

from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from kntc.accounts.models import Account, Seat
from kntc.accounts.sign_in import places
from kntc.accounts.sign_in.guessing import remember
from kntc.audit.walls import as_account

# In the session: the post in which the person acts.
POST_KEY = "post"
BACKEND = "kntc.accounts.sign_in.backends.AccountBackend"
# In the session: when the person last did something, and when the person last proved who it is (seconds).
SEEN, PROVED = "seen", "proved"
# The account whose password was right and whose second factor is still to come; since when; where to go then.
PENDING = "pending"
PENDING_SECONDS = 600
_DEVICE_WIDTH = 120


def enter(request: HttpRequest, account: Account) -> None:
    """Begin the session under a new key. `seat_taken` notes the seat."""
    with as_account(account.pk):
        login(request, account, backend=BACKEND)
        remember(account, places.with_mark(request))


def seat_taken(sender: object, request: HttpRequest, user: Account, **_: Any) -> None:
    """Signal of a sign-in, however it came about."""
    session = request.session
    if not session.session_key:
        session.save()
    session.pop(PENDING, None)
    session[SEEN] = session[PROVED] = int(time.time())
    Seat.objects.update_or_create(
        key=session.session_key,
        defaults={
            "account": user,
            "device": places.device_of(request)[:_DEVICE_WIDTH],
            "address": places.address_of(request) or None,
            "since": timezone.now(),
            "seen_at": timezone.now(),
        },
    )


def seat_left(sender: object, request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Signal of a sign-out, before the session is gone."""
    if user is not None:
        with as_account(user.pk):
            Seat.objects.filter(key=request.session.session_key).delete()


def rotate(request: HttpRequest) -> None:
    """The session goes on under a new key, and the seat with it: who has seen the old one holds nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    move_seat(before, request.session)


def move_seat(before: str | None, session: SessionBase) -> None:
    """The seat follows a session whose key has changed."""
    if before != session.session_key:
        Seat.objects.filter(key=before).update(key=session.session_key)


def ask_second(request: HttpRequest, account: Account, then: str) -> None:
    """The password was right; the second factor decides."""
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": int(time.time()), "then": then}


def pending(request: HttpRequest) -> tuple[Account, str] | None:
    """Who waits before the second factor, and where to go then. None after ten minutes."""
    waiting = request.session.get(PENDING)
    if not waiting or time.time() - waiting["at"] > PENDING_SECONDS:
        return None
    account = Account.objects.filter(pk=waiting["account"], is_active=True).first()
    return (account, waiting["then"]) if account else None
