"""Groups: made, renamed, given rights, merged, taken apart again, deleted (R34)."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Group, Membership
from kntc.accounts.rights import group_references
from kntc.accounts.rights.granting import require_group_fits, require_group_rights
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.models import Entry
from kntc.audit.rights import Right
from kntc.vietnamese import fold, squeeze

UNDO_DAYS = 30
_LONGEST = 120


@action("group.create", right=Right.MANAGE_ACCOUNTS)
def create_group(
    *, agency: Agency, name: str, rights: Collection[str], by: Actor, template: str = ""
) -> Group:
    """Tạo nhóm nghiệp vụ."""
    require(by, Act.MANAGE_GROUPS, agency)
    require_group_rights(sorted(rights))
    if not agency.uses_system or agency.is_closed:
        raise InvalidInput({"agency": f"{agency.name} không dùng hệ thống nên không có nhóm."})
    group = Group(agency=agency, name=_free_name(agency.pk, name), rights=sorted(rights), template=template)
    group.save()
    note(group, agency_id=agency.pk, name=group.name, rights=group.rights)
    return group


@action("group.rename", right=Right.MANAGE_ACCOUNTS, locks=("group",))
def rename_group(*, group: Group, name: str, by: Actor) -> Group:
    """Đổi tên nhóm nghiệp vụ."""
    require(by, Act.MANAGE_GROUPS, group.agency)
    before = group.name
    group.name = _free_name(group.agency_id, name, but=group)
    group.save()
    note(group, agency_id=group.agency_id, before=before, name=group.name)
    return group


@action("group.rights", right=Right.MANAGE_ACCOUNTS, locks=("group",))
def change_group_rights(*, group: Group, rights: Collection[str], by: Actor) -> Group:
    """Đổi quyền của nhóm nghiệp vụ."""
    require(by, Act.MANAGE_GROUPS, group.agency)
    before = group.rights
    group.rights = sorted(rights)
    _require_members_fit(group)
    group.save()
    note(group, agency_id=group.agency_id, before=before, rights=group.rights)
    return group


@action("group.delete", right=Right.MANAGE_ACCOUNTS, locks=("group",))
def delete_group(*, group: Group, by: Actor) -> None:
    """Xóa nhóm nghiệp vụ không còn dùng."""
    require(by, Act.MANAGE_GROUPS, group.agency)
    used = group_references.counts(group)
    if used:
        raise Refused(
            f"Nhóm “{group.name}” còn {group_references.said(used)} nên chưa xóa được. "
            "Hãy rút hết ra, hoặc gộp nhóm này vào một nhóm khác."
        )
    note(agency_id=group.agency_id, group=group.pk, name=group.name, rights=group.rights)
    group.delete()


@action("group.merge", right=Right.MANAGE_ACCOUNTS)
def merge_groups(*, source: Group, target: Group, by: Actor) -> Group:
    """Gộp một nhóm nghiệp vụ vào nhóm khác: thành viên, quyền, mọi nơi dùng nhóm."""
    source, target = _both_locked(source, target)
    require(by, Act.MANAGE_GROUPS, target.agency)
    before = target.rights
    moved, others = group_references.move(source, target)
    target.rights = merged_rights(source, target)
    _require_members_fit(target)
    target.save()
    note(
        target,
        agency_id=target.agency_id,
        source=_described(source),
        rights_before=before,
        rights=target.rights,
        moved=[asdict(one) for one in moved],
        others=others,
    )
    source.delete()
    return target


@action("group.unmerge", right=Right.MANAGE_ACCOUNTS, locks=("target",))
def undo_merge(*, target: Group, merge: Entry, by: Actor) -> Group:
    """Tách lại nhóm vừa gộp nhầm, trong 30 ngày."""
    require(by, Act.MANAGE_GROUPS, target.agency)
    _require_undoable(target, merge)
    was: dict[str, Any] = merge.details["source"]
    again = Group(
        agency_id=target.agency_id,
        name=_free_name(target.agency_id, was["name"]),
        rights=was["rights"],
        template=was["template"],
    )
    again.save()
    for moved in merge.details["moved"]:
        _move_back(moved, target, again)
    gained = set(merge.details["rights"]) - set(merge.details["rights_before"])
    target.rights = sorted(set(target.rights) - gained)
    target.save()
    note(again, agency_id=target.agency_id, merge=merge.pk, name=again.name, target=target.pk)
    return again


def merged_rights(source: Group, target: Group) -> list[str]:
    """What the members of either have afterwards."""
    return sorted({*source.rights, *target.rights})


def last_merge(group: Group) -> Entry | None:
    """The newest merger into this group that may still be undone. Two statements at most."""
    log = Entry.objects.filter(chain=group.agency_id)
    since = timezone.now() - timedelta(UNDO_DAYS)
    merges = log.filter(
        subject_type=Group._meta.label_lower, subject_id=str(group.pk), action="group.merge", at__gte=since
    )
    undone = log.filter(action="group.unmerge", at__gte=since).values_list("details__merge", flat=True)
    done = set(undone)
    found = next((merge for merge in merges.order_by("-id") if merge.pk not in done), None)
    return None if found is None or found.details.get("others") else found


def _require_undoable(target: Group, merge: Entry) -> None:
    found = last_merge(target)
    if found is None or found.pk != merge.pk:
        raise Refused(
            f"Lần gộp này không tách lại được nữa: đã quá {UNDO_DAYS} ngày, đã tách, hoặc sau đó có lần gộp khác. "
            "Hãy tạo nhóm mới rồi đưa người vào."
        )


def _move_back(moved: dict[str, Any], target: Group, again: Group) -> None:
    model, name = apps.get_model(moved["label"]), moved["key"]
    rows = model._base_manager.filter(pk__in=moved["moved"], **{name: target})
    rows.update(**{name: again})
    # Who was in both groups is in both again, unless withdrawn since.
    for double in moved["doubled"]:
        if model._base_manager.filter(**{name: target}, **double).exists():
            model._base_manager.create(**{name: again}, **_by_key(model, double))


def _by_key(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {model._meta.get_field(name).attname: value for name, value in values.items()}


def _described(group: Group) -> dict[str, Any]:
    return {"id": group.pk, "name": group.name, "rights": group.rights, "template": group.template}


def _both_locked(source: Group, target: Group) -> tuple[Group, Group]:
    """In the order of their keys: two mergers that cross wait for each other instead of standing still."""
    if source.pk == target.pk:
        raise InvalidInput({"target": "Không gộp được một nhóm vào chính nó. Hãy chọn nhóm khác."})
    held = Group.objects.select_for_update(of=("self",)).select_related("agency").order_by("pk")
    found = {group.pk: group for group in held.filter(pk__in=(source.pk, target.pk))}
    if len(found) < 2:
        raise Refused("Một trong hai nhóm vừa bị xóa hoặc gộp. Hãy mở lại danh sách nhóm.")
    if source.agency_id != target.agency_id:
        raise InvalidInput({"target": "Chỉ gộp được hai nhóm của cùng một cơ quan. Hãy chọn nhóm khác."})
    return found[source.pk], found[target.pk]


def _require_members_fit(group: Group) -> None:
    require_group_rights(group.rights)
    roles = Membership.objects.filter(group=group).values_list("post__role", flat=True).distinct()
    for role in roles:
        require_group_fits(Role(role), group, group.agency)


def _free_name(agency_id: int, name: str, but: Group | None = None) -> str:
    name = squeeze(name)
    if not name:
        raise InvalidInput({"name": "Hãy ghi tên nhóm."})
    if len(name) > _LONGEST:
        raise InvalidInput({"name": f"Tên nhóm dài quá {_LONGEST} chữ. Hãy ghi ngắn lại."})
    others = Group.objects.filter(agency=agency_id, name_fold=fold(name))
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise InvalidInput({"name": f"Cơ quan đã có nhóm “{name}”. Hãy đặt tên khác."})
    return name
