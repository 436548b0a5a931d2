"""The bodies that an account has lately chosen: what its pickers open on.

No action and no entry in the log: nothing that anybody answers for changes, and each saved form would write twice.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import connection

from kntc.agencies.models import Agency, BodyUse
from kntc.audit.actors import Actor

SHOWN = 8
# Keys are sent in one order, so that two forms of one person saved at once wait for each other.
_REMEMBER = """
INSERT INTO agencies_bodyuse AS known (account_id, body_id, used_at, uses)
SELECT %s, body, clock_timestamp(), 1 FROM unnest(%s::bigint[]) AS body ORDER BY body
ON CONFLICT (account_id, body_id) DO UPDATE SET used_at = clock_timestamp(), uses = known.uses + 1
"""


def remember(by: Actor, *saved: forms.Form) -> None:
    """The bodies that stand in forms just saved were used by this account. At most one statement."""
    bodies = sorted({value.pk for form in saved for value in form.cleaned_data.values() if _is_body(value)})
    if by.account_id is None or not bodies:
        return
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [by.account_id, bodies])


def _is_body(value: Any) -> bool:
    return isinstance(value, Agency)


def recent(by: Actor, limit: int = SHOWN) -> list[Agency]:
    """Last used first, those only that may still be chosen. One statement."""
    if by.account_id is None:
        return []
    uses = (
        BodyUse.objects.filter(account_id=by.account_id, body__in=Agency.objects.listed())
        .select_related("body__place__parent__parent")
        .order_by("-used_at", "-pk")
    )
    return [use.body for use in uses[:limit]]


def recently_first(found: Iterable[Any], by: Actor) -> list[Any]:
    """Of matches that fit about as well as the best, those that this account uses come first. One statement."""
    matches = list(found)
    if not matches or by.account_id is None:
        return matches
    keys = [match.agency.pk for match in matches]
    used = set(BodyUse.objects.filter(account_id=by.account_id, body__in=keys).values_list("body", flat=True))
    return sorted(matches, key=lambda match: -(match.score + (_LEAD if match.agency.pk in used else 0)))


_LEAD = 0.08  # about what a name in another province loses: habit beats that, never a better name
