"""What the screens of administration open: a group of the commune, its review, the clerk's account and post."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kntc.accounts.actions.groups import create_group
from kntc.accounts.actions.memberships import add_members
from kntc.accounts.actions.reviewing import open_reviews
from kntc.accounts.models import AccessReview, CensusFile, Group
from kntc.accounts.officers import Officer
from tests.factories import SYSTEM, Country

_GROUP = {"group", "group-people", "rename-group", "group-rights", "group-add", "group-remove"}
_GROUP |= {"delete-group", "merge-group", "undo-merge"}
_REVIEW = {"review", "confirm-review", "withdraw-post", "close-review", "review-word", "review-pdf"}


@dataclass
class Administered:
    clerk: Officer
    group: Group
    review: AccessReview
    census: CensusFile

    def argument(self, address: str, name: str) -> Any:
        """What stands in an address of administration; None for any other."""
        room, _, view = address.partition(":")
        if room not in ("accounts", "reports"):
            return None
        named = {
            "act": "create_account",
            "tier": "unit",
            "item_pk": self.review.items.get().pk,
            "post_pk": self.clerk.post_id,
        }
        if name in named:
            return named[name]
        if view == "census-file":
            return self.census.pk
        if view in _REVIEW:
            return self.review.pk
        if view in _GROUP:
            return self.group.pk
        return self.clerk.post_id if view == "rights-of" else self.clerk.account_id


def make_administered(country: Country, clerk: Officer) -> Administered:
    group = create_group(agency=country.commune, name="Tổ tiếp công dân", rights=[], by=SYSTEM)
    add_members(group=group, posts=[clerk.post], by=SYSTEM)
    (review,) = open_reviews(agency=country.commune, by=SYSTEM)
    census = CensusFile.objects.create(
        agency=country.commune, month=date(2026, 11, 1), name="tai-khoan.xlsx", content=b"PK"
    )
    return Administered(clerk, group, review, census)
