"""Reads about groups."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from kntc.accounts.actions.groups import merged_rights
from kntc.accounts.models import Group, Membership, Post
from kntc.accounts.rights import group_references
from kntc.audit.action import ACTIONS
from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach
from kntc.audit.models import Entry
from kntc.audit.rights import Right
from kntc.vietnamese import fold

ORDER = ("agency__lft", "name_fold", "pk")
CANDIDATES = 30
_PAST = 20


def groups_of(by: Actor, search: str = "", agency: int | None = None) -> "QuerySet[Group]":
    """Groups in reach with `members` counted, of one agency when named."""
    rows = Group.objects.visible_to(by).select_related("agency").annotate(members=Count("memberships"))
    if agency is not None:
        rows = rows.filter(agency=agency)
    for word in fold(search).split():
        rows = rows.filter(Q(name_fold__contains=word) | Q(agency__name_fold__contains=word))
    return rows


def visible_group(pk: int, by: Actor) -> Group:
    """The group, or one answer for "not there" and "not yours". One statement."""
    found = Group.objects.visible_to(by).select_related("agency__parent").filter(pk=pk).first()
    if found is None:
        raise OutOfReach("Nhóm này")
    return found


def members_of(group: Group) -> list[Post]:
    """Posts of the group, by name. One statement."""
    posts = Post.objects.filter(memberships__group=group).select_related("account", "agency")
    return list(posts.order_by("account__sort_key", "pk"))


def candidates(group: Group, search: str, chosen: Collection[int] = ()) -> list[Post]:
    """Colleagues who are not in the group: those chosen already, then those whose name fits. One statement."""
    outside = (
        Post.objects.current()
        .filter(agency=group.agency_id)
        .exclude(pk__in=Membership.objects.filter(group=group).values("post"))
        .select_related("account", "agency")
    )
    fits = Q()
    for word in fold(search).split():
        fits &= Q(account__name_fold__contains=word) | Q(account__login__contains=word)
    chosen_first = Case(When(pk__in=list(chosen), then=0), default=1)
    found = outside.filter(Q(pk__in=list(chosen)) | fits)
    return list(found.order_by(chosen_first, "account__sort_key", "pk")[: max(CANDIDATES, len(chosen))])


def others_of(group: Group) -> list[Group]:
    """Groups of the same agency, into which this one may be merged. One statement."""
    others = Group.objects.filter(agency=group.agency_id).exclude(pk=group.pk)
    return list(others.select_related("agency").annotate(members=Count("memberships")).order_by("name_fold"))


@dataclass(frozen=True)
class MergePreview:
    """What a merger would do, before it is done."""

    source: Group
    target: Group
    moves: dict[str, int]
    comers: list[Post]
    both: list[Post]
    gained_by_target: list[Right]
    gained_by_source: list[Right]


def preview(source: Group, target: Group) -> MergePreview:
    """Two statements and one for each kind of reference."""
    members, there = members_of(source), {post.pk for post in members_of(target)}
    return MergePreview(
        source,
        target,
        group_references.counts(source),
        [post for post in members if post.pk not in there],
        [post for post in members if post.pk in there],
        _rights(set(merged_rights(source, target)) - set(target.rights)),
        _rights(set(merged_rights(source, target)) - set(source.rights)),
    )


def past_of(group: Group) -> list[tuple[Entry, str]]:
    """The group's latest entries in the log, each with its sentence. One statement."""
    log = Entry.objects.filter(
        subject_type=Group._meta.label_lower, subject_id=str(group.pk), chain=group.agency_id
    )
    return [(entry, _told(entry)) for entry in log.order_by("-id")[:_PAST]]


def _told(entry: Entry) -> str:
    sentence = ACTIONS[entry.action].sentence.split(".")[0] if entry.action in ACTIONS else entry.action
    details = entry.details
    people = details.get("added") or details.get("removed")
    if people:
        return f"{sentence}: {', '.join(person['name'] for person in people)}"
    if entry.action == "group.rename":
        return f"{sentence}: “{details['before']}” → “{details['name']}”"
    if entry.action == "group.merge":
        return f"{sentence}: nhận nhóm “{details['source']['name']}”"
    return sentence


def _rights(values: set[str]) -> list[Right]:
    return sorted((Right(value) for value in values), key=lambda right: list(Right).index(right))
