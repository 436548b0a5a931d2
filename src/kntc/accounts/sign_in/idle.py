"""After so long without activity the server locks the session; a password opens it, what is typed is still there."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from kntc.accounts.models import Seat
from kntc.accounts.sign_in.entering import SEEN

LOCKED = "locked"
# Activity is written down at most so often.
_TOUCH_SECONDS = 60
# Requests that the page makes by itself carry this header: they are no sign of a person.
BY_ITSELF = "HTTP_X_KNTC_BY_ITSELF"


def is_locked(session: SessionBase) -> bool:
    return bool(session.get(LOCKED)) or left(session) <= 0


def left(session: SessionBase) -> int:
    """Seconds until the session locks itself."""
    return int(session.get(SEEN, 0)) + settings.IDLE_SECONDS - int(time.time())


def lock(session: SessionBase) -> None:
    if not session.get(LOCKED):
        session[LOCKED] = True


def unlock(session: SessionBase) -> None:
    session.pop(LOCKED, None)
    session[SEEN] = int(time.time())


def touch(session: SessionBase) -> None:
    """The person does something. No statement within the minute, two after it."""
    rest = min(_TOUCH_SECONDS, settings.IDLE_SECONDS // 4)
    if time.time() - int(session.get(SEEN, 0)) >= rest:
        session[SEEN] = int(time.time())
        Seat.objects.filter(key=session.session_key).update(seen_at=timezone.now())
