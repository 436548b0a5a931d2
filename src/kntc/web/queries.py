"""Reads for the shell's own pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.accounts.queries import posts_in
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.rights import Right
from kntc.petitions.choices import OPEN_STATES
from kntc.petitions.models import Petition, VoidRequest
from kntc.vietnamese import squeeze

SHOWN = 200


@dataclass(frozen=True)
class Accounts:
    """The accounts of an agency and its subtree; `posts` are at most `SHOWN` that fit the search."""

    posts: list[Post]
    accounts: int
    by_role: list[tuple[str, int]]
    never_signed_in: int
    more: bool


def accounts_of(agency: Agency, search: str = "") -> Accounts:
    """Two statements."""
    posts = posts_in(agency)
    totals = posts.order_by().aggregate(
        accounts=Count("account", distinct=True),
        never=Count("account", filter=Q(account__last_login=None), distinct=True),
        **{role.value: Count("account", filter=Q(role=role), distinct=True) for role in Role},
    )
    for word in squeeze(search).split():
        posts = posts.filter(
            Q(account__full_name__icontains=word)
            | Q(account__login__icontains=word)
            | Q(agency__name__icontains=word)
        )
    found = list(posts[: SHOWN + 1])
    return Accounts(
        posts=found[:SHOWN],
        accounts=totals["accounts"],
        by_role=[(role.label, totals[role.value]) for role in Role if totals[role.value]],
        never_signed_in=totals["never"],
        more=len(found) > SHOWN,
    )


@dataclass(frozen=True)
class Waiting:
    """What waits in the officer's own agency."""

    unhandled: int = 0
    overdue: int = 0
    mine: int = 0
    void_requests: int = 0


def waiting(officer: Officer) -> Waiting:
    """One statement; none for a post that handles nothing."""
    if not officer.has_right(Right.HANDLE):
        return Waiting()
    live = Petition.objects.visible_to(officer).live().filter(keeper=officer.agency_id)
    unhandled, mine = live.filter(handling=""), live.filter(assignee=officer.post_id, state__in=OPEN_STATES)
    counts = Agency.objects.filter(pk=officer.agency_id).values(
        unhandled=Counted(unhandled),
        overdue=Counted(unhandled.filter(due_on__lt=timezone.localdate())),
        mine=Counted(mine),
        void_requests=Counted(
            VoidRequest.objects.filter(asked=officer.agency_id, status=VoidRequest.Status.WAITING)
        ),
    )
    return Waiting(**counts.get())


class Counted(Subquery):
    """The length of another list, as one value of a statement."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk"))
