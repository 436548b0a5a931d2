"""The one way to change state: an action checks the right, runs in one transaction, writes history and log."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import models, transaction

from kntc.audit import chain
from kntc.audit.actors import Actor
from kntc.audit.errors import NotAllowed, OutOfReach
from kntc.audit.rights import Right

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class ActionInfo:
    """What the register of actions knows of one: its key, the right it needs, its sentence."""

    name: str
    right: Right | None
    sentence: str


@dataclass
class _Open:
    """The action now running: what it will say in the log."""

    subject: models.Model | None = None
    agency_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    # What the history says of who does this, and why.
    context: dict[str, Any] = field(default_factory=dict)


ACTIONS: dict[str, ActionInfo] = {}
_current: ContextVar[_Open] = ContextVar("kntc_action")


def note(subject: models.Model | None = None, *, agency_id: int | None = None, **details: Any) -> None:
    """Inside an action: what it is about, whose chain it belongs to, and what the log should keep."""
    entry = _current.get()
    entry.subject = subject or entry.subject
    entry.agency_id = agency_id or entry.agency_id
    entry.details.update(details)


def action(
    name: str, *, right: Right | None = None, locks: tuple[str, ...] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with `by: Actor` an action. `locks` names arguments re-read under lock."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        sentence = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        ACTIONS[name] = ActionInfo(name, right, sentence)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Actor = kwargs["by"]  # type: ignore[assignment]
            if right is not None and not by.has_right(right):
                raise NotAllowed(right)
            reason = str(kwargs.get("reason") or "")
            context = _context_of(name, by, reason)
            with transaction.atomic(), pghistory.context(**context), _opened(context) as entry:
                for key in locks:
                    kwargs[key] = _locked(kwargs[key])  # type: ignore[arg-type]
                result = function(*args, **kwargs)
                _write(name, by, reason, entry, kwargs)
            return result

        return run

    return decorate


def _context_of(name: str, by: Actor, reason: str) -> dict[str, Any]:
    return {
        "action": name,
        "actor": by.name,
        "post": by.post_title,
        "agency": by.agency_name,
        "account": by.account_id,
        "reason": reason,
    }


@contextmanager
def _opened(context: dict[str, Any]) -> Iterator[_Open]:
    outer = _current.get(None)
    token = _current.set(_Open(context=context))
    try:
        yield _current.get()
    finally:
        _current.reset(token)
        if outer is not None:
            # pghistory mixes the words of an inner context into the outer one: what follows is the outer act again.
            pghistory.context(**outer.context)


def _locked(instance: models.Model) -> models.Model:
    """The row as it stands now. Behind the wall it is not there: one answer for that and for a row that is gone."""
    rows = type(instance)._base_manager.select_for_update(of=("self",)).filter(pk=instance.pk)
    found: models.Model | None = rows.first()
    if found is None:
        raise OutOfReach("Hồ sơ này")
    return found


def _write(name: str, by: Actor, reason: str, entry: _Open, kwargs: dict[str, Any]) -> None:
    subject = entry.subject or next((v for v in kwargs.values() if isinstance(v, models.Model)), None)
    agency_id = entry.agency_id or getattr(subject, "keeper_id", None) or by.agency_id
    chain.append(
        by=by,
        action=name,
        agency_id=agency_id,
        subject=(subject._meta.label_lower, str(subject.pk)) if subject else ("", ""),
        reason=reason,
        details=entry.details,
    )


def record_refusal(*, by: Actor, what: str, message: str) -> None:
    """Log an act or a look that was refused (R25, R57), in a transaction of its own."""
    with transaction.atomic():
        chain.append(
            by=by,
            action="access.refused",
            agency_id=by.agency_id,
            subject=("", what[:40]),
            reason=message,
            details={},
        )
