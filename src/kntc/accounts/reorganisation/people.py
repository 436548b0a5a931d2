"""Posts and groups move to the heirs: the old post ends on the eve, the new one of that account begins on the day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from kntc.accounts.models import AccessReview, Group, Membership, Post
from kntc.accounts.reorganisation import holdings
from kntc.accounts.reorganisation.fates import Fates
from kntc.accounts.reorganisation.planning import posts_to_move
from kntc.accounts.reorganisation.programme import Programme


def move_people(programme: Programme, fates: Fates, ids: dict[str, int]) -> dict[str, Any]:
    """Returns what undoing needs."""
    posts = posts_to_move(fates.olds, programme.on)
    pairs, made = _move_posts(posts, programme, fates, ids)
    _take_work_along(pairs)
    groups = _move_groups(fates, ids, {old.pk: new for old, new in pairs})
    overseen = _move_oversight(fates, ids)
    _end_reviews(fates.olds)
    return {
        "posts": [
            [old.pk, new.pk, new.pk in made, old.valid_to and old.valid_to.isoformat()] for old, new in pairs
        ],
        "groups": groups,
        "oversees": overseen,
    }


def _move_posts(
    posts: Sequence[Post], programme: Programme, fates: Fates, ids: dict[str, int]
) -> tuple[list[tuple[Post, Post]], set[int]]:
    """(old, new) pairs. Who holds the same role with the heir already keeps that post."""
    held = {
        (p.account_id, p.agency_id, p.role): p
        for p in Post.objects.filter(
            agency__in=list(ids.values()), valid_to=None, account__in=[p.account_id for p in posts]
        )
    }
    fresh: dict[tuple[int, int, str], Post] = {}
    hands: list[tuple[Post, tuple[int, int, str]]] = []
    for post in posts:
        agency = ids[fates.of_person(post.agency_id, post.account.login)]
        key = (post.account_id, agency, post.role)
        hands.append((post, key))
        if key not in held and key not in fresh:
            fresh[key] = _successor(post, agency, programme, fates, ids)
    Post.objects.bulk_create(fresh.values())
    held |= fresh
    # A post that began after the day has been with the heir from its beginning: the old one never stood.
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(valid_to=programme.eve)
    return [(post, held[key]) for post, key in hands], {post.pk for post in fresh.values()}


def _successor(post: Post, agency: int, programme: Programme, fates: Fates, ids: dict[str, int]) -> Post:
    oversees = post.oversees_id
    if oversees == post.agency_id:
        oversees = None
    elif oversees in fates.olds:
        oversees = ids[fates.of(oversees, None)[0]]
    return Post(
        account_id=post.account_id,
        agency_id=agency,
        title=post.title,
        role=post.role,
        oversees_id=oversees,
        valid_from=max(programme.on, post.valid_from),
        valid_to=post.valid_to,
    )


def _take_work_along(pairs: Sequence[tuple[Post, Post]]) -> None:
    """What is in the hand of the old post is in that of the new one; a draft's keeper goes with it."""
    for before in holdings.BEFORE:
        before([(old.pk, new.pk) for old, new in pairs])
    columns = [
        [old.pk for old, _ in pairs], [new.pk for _, new in pairs], [new.agency_id for _, new in pairs],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for table, column, kept_by_post in holdings.in_hand():
            keeper = ", keeper_id = h.agency" if kept_by_post else ""
            cursor.execute(
                f'UPDATE "{table}" AS t SET "{column}" = h.new{keeper}'  # noqa: S608 (names of our own tables)
                " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS h (old, new, agency)"
                f' WHERE t."{column}" = h.old',
                columns,
            )


def _move_oversight(fates: Fates, ids: dict[str, int]) -> list[list[int]]:
    """Posts elsewhere that look after an agency that ends look after its heir."""
    changed: list[list[int]] = []
    still = Post.objects.filter(valid_to=None, oversees__in=fates.olds).exclude(agency__in=fates.olds)
    for post in still:
        old = post.oversees_id or 0
        post.oversees_id = ids[fates.of(old, None)[0]]
        changed.append([post.pk, old, post.oversees_id])
    Post.objects.bulk_update(still, ["oversees"])
    return changed


def _end_reviews(olds: Sequence[int]) -> None:
    """A review of access cannot be finished in an agency that has ended."""
    AccessReview.objects.filter(agency__in=olds, closed_at=None).update(
        closed_at=timezone.now(), finding="Cơ quan kết thúc hoạt động: rà soát tiếp ở cơ quan kế thừa."
    )


def _move_groups(fates: Fates, ids: dict[str, int], new_posts: dict[int, Post]) -> dict[str, Any]:
    """Groups go where their members go; one of the same name there takes them in, with all their rights."""
    undo: dict[str, Any] = {"moved": [], "made": [], "joined": [], "members": [], "removed": []}
    groups = Group.objects.filter(agency__in=fates.olds).prefetch_related("memberships").order_by("pk")
    there = {
        (group.agency_id, group.name_fold): group
        for group in Group.objects.filter(agency__in=[ids[code] for code in fates.heirs()])
    }
    for group in groups:
        members = {m.pk: (m, new_posts[m.post_id]) for m in group.memberships.all() if m.post_id in new_posts}
        homes = list(dict.fromkeys(post.agency_id for _, post in members.values()))
        for home in homes or [ids[fates.of(group.agency_id, None)[0]]]:
            target = there.get((home, group.name_fold)) or _home_for(group, home, fates, undo)
            there[home, group.name_fold] = target
            if target.pk != group.pk:
                _join(group, target, undo)
            for member, post in members.values():
                if post.agency_id == home:
                    _move_member(member, target, post, undo)
        if group.agency_id in fates.olds:
            undo["removed"].append(
                {"agency": group.agency_id, "name": group.name, "rights": group.rights, "template": group.template,
                 "pk": group.pk}
            )  # fmt: skip
            group.delete()
    return undo


def _home_for(group: Group, home: int, fates: Fates, undo: dict[str, Any]) -> Group:
    """The group itself at its first new home, a group like it at every other."""
    if group.agency_id in fates.olds:
        undo["moved"].append([group.pk, group.agency_id])
        group.agency_id = home
        group.save(update_fields=["agency", "name_fold"])
        return group
    made = Group.objects.create(
        agency_id=home, name=group.name, rights=list(group.rights), template=group.template
    )
    undo["made"].append(made.pk)
    return made


def _join(group: Group, target: Group, undo: dict[str, Any]) -> None:
    more = [right for right in group.rights if right not in target.rights]
    if more:
        undo["joined"].append([target.pk, list(target.rights)])
        target.rights = [*target.rights, *more]
        target.save(update_fields=["rights", "name_fold"])


def _move_member(member: Membership, target: Group, post: Post, undo: dict[str, Any]) -> None:
    undo["members"].append([member.group_id, member.post_id, target.pk, post.pk])
    if Membership.objects.filter(group=target, post=post).exclude(pk=member.pk).exists():
        member.delete()
        return
    member.group, member.post = target, post
    member.save(update_fields=["group", "post"])


def give_people_back(moved: dict[str, Any]) -> None:
    """Undo of `move_people`."""
    posts = moved.get("posts", [])
    by_old = {old: new for old, new, *_ in posts}
    _give_groups_back(moved.get("groups", {}))
    old_posts = Post.objects.in_bulk(list(by_old))
    new_posts = Post.objects.in_bulk(list(by_old.values()))
    _take_work_along([(new_posts[new], old_posts[old]) for old, new in by_old.items()])
    _end([new_posts[new] for _, new, made, _ in posts if made])
    for old, _new, _made, valid_to in posts:
        Post.objects.filter(pk=old).update(valid_to=valid_to)
    for post, old, new in moved.get("oversees", []):
        Post.objects.filter(pk=post, oversees=new).update(oversees=old)


def _end(posts: Sequence[Post]) -> None:
    """Posts of the undone order go; those that something points to stay, as ones that never stood."""
    try:
        with transaction.atomic():
            Post.objects.filter(pk__in=[post.pk for post in posts]).delete()
    except models.ProtectedError as problem:
        pointed = {getattr(row, f.attname) for row in problem.protected_objects for f in _to_post(row)}
        for post in posts:
            if post.pk in pointed or len(posts) == 1:
                Post.objects.filter(pk=post.pk).update(valid_to=post.valid_from - timedelta(days=1))
        rest = [post for post in posts if post.pk not in pointed]
        if rest and len(rest) < len(posts):
            _end(rest)


def _to_post(row: models.Model) -> list[models.ForeignKey[Post, Post]]:
    return [f for f in row._meta.local_fields if f.related_model is Post]  # type: ignore[misc]


def _give_groups_back(undo: dict[str, Any]) -> None:
    """Members first, so that no group is emptied over them."""
    again: dict[int, Group] = {}
    for row in undo.get("removed", []):
        again[row["pk"]] = Group.objects.create(
            agency_id=row["agency"], name=row["name"], rights=row["rights"], template=row["template"]
        )
    for pk, agency in undo.get("moved", []):
        group = Group.objects.get(pk=pk)
        group.agency_id = agency
        group.save(update_fields=["agency", "name_fold"])
    for old_group, old_post, new_group, new_post in undo.get("members", []):
        Membership.objects.filter(group=new_group, post=new_post).delete()
        home = again[old_group].pk if old_group in again else old_group
        Membership.objects.get_or_create(group_id=home, post_id=old_post)
    for pk, rights in reversed(undo.get("joined", [])):
        Group.objects.filter(pk=pk).update(rights=rights)
    Group.objects.filter(pk__in=undo.get("made", []), memberships=None).delete()
