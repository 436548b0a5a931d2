"""Open work when somebody leaves a post: told with its lists, or given to colleagues in turn, never left behind."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from kntc.accounts import workload
from kntc.accounts.models import Membership, Post
from kntc.accounts.officers import Officer, posts_at
from kntc.accounts.workload import Work
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.audit.rights import Right
from kntc.audit.walls import beyond_scope

# Agency → those of its posts that take over.
Receivers = Mapping[int, Sequence[Post]]


def open_work(posts: Sequence[Post]) -> dict[int, list[Work]]:
    """Post → its open work by kind. A keeper of accounts sees how many, never what. One statement a kind."""
    with beyond_scope():
        return workload.of_posts(posts)


def may_receive(agency: Agency, leaving: Sequence[Post] = ()) -> list[Post]:
    """Who in this agency can take over: posts of today that handle petitions. One statement."""
    gone = {post.account_id for post in leaving}
    posts = [
        post
        for post in posts_at(agency)
        if post.account_id not in gone and Officer(post).has_right(Right.HANDLE)
    ]
    return sorted(posts, key=lambda post: (post.account.sort_key, post.pk))


def hand_over(posts: Sequence[Post], receivers: Receivers, by: Actor) -> dict[str, int]:
    """All open work of these posts to colleagues of their agencies; kind → how many. Refused where nobody takes it."""
    moved: dict[str, int] = {}
    for post in _with_work(posts):
        to = _checked(post, receivers.get(post.agency_id, ()), posts)
        with beyond_scope():
            for key, count in workload.hand_over(post=post, receivers=to, by=by).items():
                moved[key] = moved.get(key, 0) + count
    return moved


def end_posts(posts: Sequence[Post]) -> None:
    """These posts act no more from this moment on, and leave their groups. Two statements."""
    keys = [post.pk for post in posts]
    Membership.objects.filter(post__in=keys).delete()
    # The last day of a post is a day on which it could act: today is not.
    Post.objects.filter(pk__in=keys).update(valid_to=timezone.localdate() - timedelta(days=1))


def is_held(post: Post) -> bool:
    """Whether the post stands today."""
    return post.valid_to is None or post.valid_to >= timezone.localdate()


def _with_work(posts: Sequence[Post]) -> list[Post]:
    work = open_work(posts)
    return [post for post in posts if work[post.pk]]


def _checked(post: Post, receivers: Sequence[Post], leaving: Sequence[Post]) -> Sequence[Post]:
    if not receivers:
        said = ", ".join(f"{work.count} {work.label.lower()}" for work in open_work([post])[post.pk])
        raise Refused(
            f"{post.account.full_name} ({post.agency.name}) còn việc chưa bàn giao: {said}. "
            "Hãy chọn ít nhất một người nhận bàn giao của cơ quan đó."
        )
    able = {candidate.pk for candidate in may_receive(post.agency, leaving)}
    wrong = next((receiver for receiver in receivers if receiver.pk not in able), None)
    if wrong is not None:
        raise Refused(
            f"Không bàn giao việc của {post.agency.name} cho {wrong.account.full_name} được: chỉ người đang giữ vị trí "
            "xử lý đơn của chính cơ quan đó, và không cùng thôi việc, mới nhận bàn giao. Hãy chọn người khác."
        )
    return receivers
