"""Reads for the shell's own pages."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kntc.accounts.models import Post
from kntc.accounts.queries import posts_in
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
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
