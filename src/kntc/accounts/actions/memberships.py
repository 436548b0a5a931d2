"""Who is in which group."""

from collections.abc import Sequence

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Group, Membership, Post
from kntc.accounts.rights.granting import require_group_fits, require_not_oneself
from kntc.accounts.roles import Role
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.rights import Right


@action("group.add-members", right=Right.MANAGE_ACCOUNTS, locks=("group",))
def add_members(*, group: Group, posts: Sequence[Post], by: Actor) -> int:
    """Đưa người vào nhóm nghiệp vụ. Trả về số người mới vào."""
    require(by, Act.ASSIGN_GROUPS, group.agency)
    for post in posts:
        require_not_oneself(by, post.account)
        require_group_fits(Role(post.role), group, post.agency)
    there = set(Membership.objects.filter(group=group).values_list("post_id", flat=True))
    fresh = [post for post in posts if post.pk not in there]
    Membership.objects.bulk_create([Membership(group=group, post=post) for post in fresh])
    note(group, agency_id=group.agency_id, group=group.name, added=_named(fresh))
    return len(fresh)


@action("group.remove-members", right=Right.MANAGE_ACCOUNTS, locks=("group",))
def remove_members(*, group: Group, posts: Sequence[Post], by: Actor) -> int:
    """Rút người khỏi nhóm nghiệp vụ. Trả về số người đã rút."""
    require(by, Act.ASSIGN_GROUPS, group.agency)
    note(group, agency_id=group.agency_id, group=group.name, removed=_named(posts))
    removed, _ = Membership.objects.filter(group=group, post__in=posts).delete()
    return removed


def _named(posts: Sequence[Post]) -> list[dict[str, object]]:
    return [{"post": post.pk, "name": post.account.full_name} for post in posts]
