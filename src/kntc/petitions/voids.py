"""Reads about voided petitions and about requests to void."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import F, Q, QuerySet

from kntc.accounts.officers import Officer
from kntc.audit.models import Entry
from kntc.petitions.models import Petition, PetitionQuerySet, VoidRequest
from kntc.petitions.paging import Sort

LATEST = Sort("-voided", "Mới hủy trước", "voided_at", datetime.fromisoformat, descending=True)
LONG_TEXTS = ("text__content", "text__prior_note", "text__note", "text__search")
ANSWERED_SHOWN = 50


@dataclass(frozen=True)
class Cause:
    """One voiding: when, by whom, why."""

    at: datetime
    who: str
    reason: str


@dataclass(frozen=True)
class Voided:
    """A voided petition; `cause` is None where the log is out of the reader's reach."""

    petition: Petition
    cause: Cause | None


def voided_petitions(officer: Officer, number: str = "") -> PetitionQuerySet:
    """Every voided petition in scope, or those with such a number."""
    petitions = Petition.objects.visible_to(officer).voided().select_related("text", "agency")
    if number:
        petitions = petitions.filter(number__icontains=number)
    return petitions.defer(*LONG_TEXTS)


def explained(petitions: Sequence[Petition], officer: Officer) -> list[Voided]:
    """Who and why, from the log; where another agency's yes was the last word, from the request. Two statements."""
    keys = [petition.pk for petition in petitions]
    causes: dict[int, Cause] = {}
    for key, cause in [*_from_log(keys, officer), *_from_requests(keys)]:
        # The latest counts: a petition may have been voided, restored and voided again.
        causes[key] = max(causes.get(key, cause), cause, key=attrgetter("at"))
    return [Voided(petition, causes.get(petition.pk)) for petition in petitions]


def _from_log(keys: Sequence[int], officer: Officer) -> Iterable[tuple[int, Cause]]:
    entries = Entry.objects.visible_to(officer).filter(
        action="petition.void",
        subject_type=Petition._meta.label_lower,
        subject_id__in=[str(key) for key in keys],
    )
    return [(int(e.subject_id), Cause(e.at, f"{e.actor}, {e.post}", e.reason)) for e in entries]


def _from_requests(keys: Sequence[int]) -> Iterable[tuple[int, Cause]]:
    agreed = VoidRequest.objects.filter(petition_id__in=keys, status=VoidRequest.Status.AGREED)
    return [(r.petition_id, Cause(r.answered_at, r.requested_by, r.reason)) for r in agreed if r.answered_at]


@dataclass(frozen=True)
class Asked:
    """A request waiting for the officer's agency, with the own petitions that go on from the one to be voided."""

    request: VoidRequest
    own: list[Petition]


def asked_of(officer: Officer) -> list[Asked]:
    """Requests that wait for this officer's answer, oldest first. Two statements.

    Not the own ones: a second pair of eyes is somebody else's.
    """
    waiting = list(waiting_for(officer).select_related("keeper").order_by("requested_at", "pk"))
    onward = (
        Petition.objects.visible_to(officer)
        .live()
        .filter(origin_id__in=[request.petition_id for request in waiting])
    )
    own = list(onward.select_related("text").defer(*LONG_TEXTS).order_by("pk")) if waiting else []
    return [Asked(r, [petition for petition in own if petition.origin_id == r.petition_id]) for r in waiting]


def waiting_for(officer: Officer) -> "QuerySet[VoidRequest]":
    """What this officer may answer: questions to the agency that are not his own."""
    asked = VoidRequest.objects.filter(asked_id=officer.agency_id, status=VoidRequest.Status.WAITING)
    return asked.exclude(keeper_id=F("asked_id"), requested_post__account=officer.account_id)


def settled_requests(officer: Officer) -> "QuerySet[VoidRequest]":
    """What this agency has sent, and what it has answered: waiting ones first, then the latest. One statement."""
    sent = Q(keeper_id=officer.agency_id)
    answered = Q(asked_id=officer.agency_id) & ~Q(status=VoidRequest.Status.WAITING)
    requests: QuerySet[VoidRequest] = VoidRequest.objects.filter(sent | answered).select_related(
        "keeper", "asked"
    )
    return requests.order_by("answered_at", "-requested_at")
