"""Reads about papers that leave with petitions: which fit, the next number, the list and what has no answer yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.audit.errors import OutOfReach
from kntc.petitions.actions.own import require_own
from kntc.petitions.choices import Handling
from kntc.petitions.models import Dispatch, Paper, Petition

PAGE = 50
# Which papers a result of examination asks for, the one that matters first (domain §3.4).
PAPERS: dict[str, tuple[Paper, ...]] = {
    Handling.TRANSFER: (Paper.TRANSFER, Paper.NOTICE),
    Handling.GUIDE: (Paper.GUIDE,),
    Handling.RETURN: (Paper.GUIDE,),
}
# After so long without an answer the list says so. No law sets the term: it is a reminder, not a deadline.
SILENT_AFTER = timedelta(days=30)


def papers_for(petition: Petition) -> tuple[Paper, ...]:
    """The papers that this petition's result asks for."""
    found = PAPERS.get(petition.handling, ())
    return tuple(paper for paper in found if paper != Paper.TRANSFER or petition.destination_id)


def next_number(agency_id: int, year: int, paper: str) -> int:
    """The number after the last of this book. One statement."""
    book = Dispatch.objects.filter(agency=agency_id, year=year, paper=paper, voided_at=None)
    return (book.aggregate(last=Max("number"))["last"] or 0) + 1


@dataclass(frozen=True)
class Slot:
    """One paper of a petition's page: still to be sent (`dispatch` None) or sent."""

    paper: Paper
    dispatch: Dispatch | None


def slots(petition: Petition) -> list[Slot]:
    """The papers of a petition, sent and still to be sent. One statement, none where no paper is asked for."""
    wanted = papers_for(petition)
    if not wanted:
        return []
    sent = list(
        Dispatch.objects.filter(petition=petition, voided_at=None)
        .select_related("body", "recorded_by__account")
        .order_by("sent_on", "pk")
    )
    done = [Slot(Paper(dispatch.paper), dispatch) for dispatch in sent]
    return done + [Slot(paper, None) for paper in wanted if all(d.paper != paper for d in sent)]


def own_dispatch(pk: int, officer: Officer) -> Dispatch:
    """A paper of the officer's agency with its petition. Raises OutOfReach, NotAllowed. One statement."""
    found = (
        Dispatch.objects.visible_to(officer)
        .filter(pk=pk)
        .select_related("petition__keeper", "petition__text", "body", "agency", "keeper")
        .first()
    )
    if found is None:
        raise OutOfReach("Văn bản này")
    dispatch: Dispatch = found
    require_own(dispatch.petition, officer)
    return dispatch


@dataclass(frozen=True)
class Listed:
    """One page of the agency's book."""

    rows: list[Dispatch]
    next: str


def listed(officer: Officer, *, only: str = "", after: str = "") -> Listed:
    """Papers of the officer's agency, the newest first. `only`: "cho" waits for an answer, "lau" has waited long.

    Two statements.
    """
    rows = (
        Dispatch.objects.visible_to(officer)
        .filter(_only(only), keeper=officer.agency_id, voided_at=None, petition__voided_at=None)
        .select_related("petition__text", "body")
        .defer("petition__text__search")
        .order_by("-sent_on", "-pk")
    )
    if edge := _edge(after):
        rows = rows.filter(Q(sent_on__lt=edge[0]) | Q(sent_on=edge[0], pk__lt=edge[1]))
    found = list(rows[: PAGE + 1])
    return Listed(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def counts(officer: Officer) -> dict[str, int]:
    """How many wait for an answer, and how many of them for long. One statement each."""
    own = Dispatch.objects.visible_to(officer).filter(
        keeper=officer.agency_id, voided_at=None, petition__voided_at=None
    )
    return {only: own.filter(_only(only)).count() for only in ("cho", "lau")}


def _only(only: str) -> Q:
    waits = Q(paper=Paper.TRANSFER, reply_on=None)
    if only == "lau":
        return waits & Q(sent_on__lt=timezone.localdate() - SILENT_AFTER)
    return waits if only == "cho" else Q()


def _edge(key: str) -> tuple[date, int] | None:
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    row = Dispatch.objects.filter(pk=int(key)).values_list("sent_on", "pk").first()
    return (row[0], row[1]) if row else None
