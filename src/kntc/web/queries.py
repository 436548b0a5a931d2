"""Reads for the shell's own pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils import timezone

from kntc.accounts.models import Message
from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.audit.rights import Right
from kntc.petitions.choices import OPEN_STATES
from kntc.petitions.models import Petition
from kntc.petitions.voids import waiting_for


@dataclass(frozen=True)
class Waiting:
    """What waits in the officer's own agency, and the own messages not read yet."""

    unread: int = 0
    unhandled: int = 0
    overdue: int = 0
    mine: int = 0
    void_requests: int = 0


def waiting(officer: Officer) -> Waiting:
    """One statement."""
    messages = Message.objects.filter(recipient=officer.account_id, read_at=None)
    if not (officer.has_right(Right.HANDLE) and officer.has_right(Right.READ)):
        return Waiting(unread=messages.count())
    live = Petition.objects.visible_to(officer).live().filter(keeper=officer.agency_id)
    unhandled, mine = live.filter(handling=""), live.filter(assignee=officer.post_id, state__in=OPEN_STATES)
    counts = Agency.objects.filter(pk=officer.agency_id).values(
        unhandled=Counted(unhandled),
        overdue=Counted(unhandled.filter(due_on__lt=timezone.localdate())),
        mine=Counted(mine),
        void_requests=Counted(waiting_for(officer)),
        unread=Counted(messages),
    )
    return Waiting(**counts.get())


class Counted(Subquery):
    """The length of another list, as one value of a statement."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk"))
