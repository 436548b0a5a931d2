"""What a post has in hand of petitions, for who takes over when it leaves (R33)."""

from collections.abc import Sequence

from django.db.models import Count, F
from django.urls import reverse

from kntc.accounts import workload
from kntc.accounts.models import Post
from kntc.audit.actors import Actor
from kntc.petitions.actions.assigning import require_handler
from kntc.petitions.choices import OPEN_STATES
from kntc.petitions.models import Draft, Petition, PetitionQuerySet


def in_hand() -> PetitionQuerySet:
    """Petitions with which somebody has still something to do."""
    return Petition.objects.live().filter(state__in=OPEN_STATES, assignee__isnull=False)


class PetitionWork:
    """Petitions in the hand of the post that are not finished."""

    key = "petitions"
    label = "Đơn đang xử lý, giải quyết"

    def open_of(self, posts: Sequence[Post]) -> dict[int, int]:
        rows = in_hand().filter(assignee__in=[post.pk for post in posts])
        return dict(rows.order_by().values_list("assignee").annotate(Count("pk")))

    def url_of(self, post: Post) -> str:
        return f"{reverse('petitions:list')}?assignee={post.pk}&state=open"

    def hand_over(self, post: Post, receivers: Sequence[Post], by: Actor) -> int:
        """Raises InvalidInput where a receiver does not handle petitions of their keeper."""
        open_now = in_hand().filter(assignee=post)
        for keeper_id in set(open_now.order_by().values_list("keeper_id", flat=True)):
            for receiver in receivers:
                require_handler(receiver, keeper_id)
        dealt = workload.in_turn(open_now.order_by(F("due_on").asc(nulls_last=True), "pk"), receivers)
        return sum(Petition.objects.filter(pk__in=keys).update(assignee=to) for to, keys in dealt.items())


class DraftWork:
    """Petitions that the post has begun to type."""

    key = "drafts"
    label = "Đơn đang nhập dở"

    def open_of(self, posts: Sequence[Post]) -> dict[int, int]:
        rows = Draft.objects.filter(post__in=[post.pk for post in posts])
        return dict(rows.order_by().values_list("post").annotate(Count("pk")))

    def url_of(self, post: Post) -> str:
        """A draft is its writer's own: there is no list of it for others."""
        return ""

    def hand_over(self, post: Post, receivers: Sequence[Post], by: Actor) -> int:
        dealt = workload.in_turn(Draft.objects.filter(post=post).order_by("-saved_at"), receivers)
        return sum(Draft.objects.filter(pk__in=keys).update(post=to) for to, keys in dealt.items())
