"""What a reviewer of the directory has before him: own proposals, own pairs, own merges."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.administration import is_delegated, oversees, tier_of
from kntc.accounts.officers import Officer
from kntc.agencies.duplicates import bodies_of, likely_pairs
from kntc.agencies.merging import UNDO_WITHIN
from kntc.agencies.models import Agency, BodyMerge, Proposal
from kntc.audit.rights import Right

SHOWN_PAIRS = 50


def may_review(officer: Officer) -> bool:
    """Whether this officer keeps any part of the directory. One statement."""
    return officer.has_right(Right.MANAGE_ACCOUNTS) and is_delegated(Act.REVIEW_BODIES, tier_of(officer))


def _under(officer: Officer, path: str) -> Q:
    """Bodies of the directory that hang under what the officer oversees."""
    scope = officer.scope
    if scope.kind == "all":
        return Q()
    return Q(**{f"{path}parent__lft__gte": scope.lft, f"{path}parent__lft__lte": scope.rgt})


def waiting_within(officer: Officer) -> QuerySet[Proposal]:
    """Proposals that wait, the oldest first."""
    return (
        Proposal.objects.filter(
            _under(officer, "body__"), decided_at=None, body__status=Agency.Status.PROPOSED
        )
        .select_related("body__place__parent__parent", "agency")
        .order_by("proposed_at", "pk")
    )


def merges_within(officer: Officer) -> QuerySet[BodyMerge]:
    """Merges of own bodies, the newest first; `can_undo` says whether there is still time."""
    since = timezone.now() - UNDO_WITHIN
    return (
        BodyMerge.objects.filter(_under(officer, "merged__"))
        .select_related("merged", "kept")
        .annotate(can_undo=_still(since))
        .order_by("-merged_at", "-pk")
    )


def _still(since: datetime) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(Q(undone_at=None, merged_at__gte=since), output_field=BooleanField())


@dataclass(frozen=True)
class ShownPair:
    """Two bodies that look like one. `one` is the one that goes: the proposal, else the younger entry."""

    one: Agency
    other: Agency
    score: int
    reasons: tuple[str, ...]


def pairs_within(officer: Officer) -> list[ShownPair]:
    """Pairs of which the officer may merge at least one side, best first. 4 statements."""
    pairs = likely_pairs()
    bodies = bodies_of(pairs)
    shown = (
        _shown(officer, bodies[pair.one], bodies[pair.other], pair.score, pair.reasons)
        for pair in pairs
        if pair.one in bodies and pair.other in bodies
    )
    return [pair for pair in shown if pair]


def _shown(
    officer: Officer, one: Agency, other: Agency, score: int, reasons: tuple[str, ...]
) -> ShownPair | None:
    goes = [body for body in (one, other) if not body.uses_system and oversees(officer, body)]
    if not goes:
        return None
    # The proposal goes; of two of a kind the younger.
    first = max(goes, key=lambda body: (body.status == Agency.Status.PROPOSED, body.pk))
    return ShownPair(first, other if first is one else one, score, reasons)
