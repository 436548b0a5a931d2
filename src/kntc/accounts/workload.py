"""What a post still has in hand: each room above says so of its own records and hands them over (R33).

A room registers its kind of work in `ready()`:

    workload.PROVIDERS.append(PetitionWork())
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import models

from kntc.accounts.models import Post
from kntc.audit.actors import Actor


@dataclass(frozen=True)
class Work:
    """One kind of open work of one post. `url` opens the list, which is as long as `count`."""

    key: str
    label: str
    count: int
    url: str


class Provider(Protocol):
    """One kind of open work. Both calls reach only what the caller may see; hand-over happens inside an action."""

    key: str
    label: str

    def open_of(self, posts: Sequence[Post]) -> dict[int, int]:
        """Post → number of records it has in hand; a post with none may be left out. One statement."""
        ...

    def url_of(self, post: Post) -> str:
        """The list of those records."""
        ...

    def hand_over(self, post: Post, receivers: Sequence[Post], by: Actor) -> int:
        """Give all to the receivers in turn, the longest overdue first; returns how many."""
        ...


PROVIDERS: list[Provider] = []


def of_posts(posts: Sequence[Post]) -> dict[int, list[Work]]:
    """Post → its open work by kind, kinds without any left out. One statement a provider."""
    found: dict[int, list[Work]] = {post.pk: [] for post in posts}
    by_key = {post.pk: post for post in posts}
    for provider in PROVIDERS:
        for post_id, count in provider.open_of(posts).items():
            if count:
                found[post_id].append(
                    Work(provider.key, provider.label, count, provider.url_of(by_key[post_id]))
                )
    return found


def hand_over(*, post: Post, receivers: Sequence[Post], by: Actor) -> dict[str, int]:
    """All open work of a post to others; kind → how many. Call it inside an action."""
    return {
        provider.key: moved for provider in PROVIDERS if (moved := provider.hand_over(post, receivers, by))
    }


def in_turn(records: models.QuerySet[models.Model], receivers: Sequence[Post]) -> dict[int, list[int]]:
    """Receiver → keys of records, dealt like cards so that each gets as many as the others. One statement."""
    dealt: dict[int, list[int]] = {receiver.pk: [] for receiver in receivers}
    for turn, key in enumerate(records.values_list("pk", flat=True)):
        dealt[receivers[turn % len(receivers)].pk].append(key)
    return dealt
