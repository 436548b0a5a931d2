"""Takes a reorganisation back where nothing has been built on it since. Call inside an action."""

from typing import Any

from django.db import models
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.accounts.reorganisation import locks
from kntc.accounts.reorganisation.handing import give_back
from kntc.accounts.reorganisation.holdings import KINDS, Holding, holdings
from kntc.accounts.reorganisation.people import give_people_back
from kntc.accounts.reorganisation.planning import path_to_root
from kntc.accounts.reorganisation.programme import from_json
from kntc.agencies.models import (
    Agency,
    AgencyAlias,
    AgencyChange,
    AgencyName,
    AgencyPlacement,
    AgencySuccession,
)
from kntc.agencies.tree import renumber
from kntc.audit.errors import Refused
from kntc.audit.models import Entry
from kntc.audit.walls import beyond_scope

_INSTEAD = "Nếu cần, hãy lập một lần sắp xếp mới theo chiều ngược lại."


def take_back(change: AgencyChange) -> None:
    """Raises Refused where something has been built on it."""
    with beyond_scope():
        locks.take_turn()
        change.refresh_from_db()
        _require_standing(change)
        _require_last(change)
        _require_untouched(change)
        _undo(change)
        renumber()


def _require_standing(change: AgencyChange) -> None:
    if change.status != AgencyChange.Status.DONE:
        raise Refused(
            f"Việc sắp xếp này đang ở tình trạng “{change.get_status_display()}”: không có gì để hoàn tác."
        )


def _require_last(change: AgencyChange) -> None:
    later = (
        AgencyChange.objects.filter(
            status=AgencyChange.Status.DONE, done_at__gt=change.done_at, agency_ids__overlap=change.agency_ids
        )
        .exclude(pk=change.pk)
        .first()
    )
    if later:
        raise Refused(f"Sau việc này đã có “{later.title}” trên cùng cơ quan: hoàn tác việc đó trước.")


def _require_untouched(change: AgencyChange) -> None:
    """Nothing done since to a record that moved, nothing registered with an agency that was founded."""
    if touched := sum(_touched(change, holding) for holding in holdings() if holding.label in KINDS):
        raise Refused(
            f"Từ khi sắp xếp đã có {touched} hồ sơ được cơ quan kế thừa xử lý, sửa: không hoàn tác được nữa. {_INSTEAD}"
        )
    founded = change.moved.get("founded", [])
    made = [new for _, new, *_ in change.moved.get("people", {}).get("posts", [])]
    if Post.objects.filter(agency__in=founded).exclude(pk__in=made).exists():
        raise Refused(f"Cơ quan mới lập đã có người được cử đến: không hoàn tác được nữa. {_INSTEAD}")
    for holding in holdings():
        model = holding.model
        if _has_agency(model) and model._base_manager.filter(agency__in=founded).exists():
            raise Refused(
                f"Cơ quan mới lập đã có {_said(holding)} của mình: không hoàn tác được nữa. {_INSTEAD}"
            )


def _said(holding: Holding) -> str:
    kind = KINDS.get(holding.label)
    return kind.label.lower() if kind else "hồ sơ"


def _touched(change: AgencyChange, holding: Holding) -> int:
    """How many records of one kind that moved the log names since. At most two statements."""
    path, root = path_to_root(holding)
    keys = [key for _, _, moved in change.moved.get("rows", {}).get(root.label, []) for key in moved]
    if not keys:
        return 0
    if path:
        rows = holding.model._base_manager.filter(**{f"{path}__in": keys})
        keys = list(rows.values_list("pk", flat=True))
    entries = Entry.objects.filter(
        pk__gt=change.log_mark, subject_type=holding.label, subject_id__in=[str(key) for key in keys]
    )
    return entries.exclude(action="vault.open").values("subject_id").distinct().count()


def _has_agency(model: type[models.Model]) -> bool:
    return any(f.name == "agency" for f in model._meta.local_fields)


def _undo(change: AgencyChange) -> None:
    programme, moved = from_json(change.programme), change.moved
    ids = locks.ids_of(programme.codes)
    olds = [ids[row.code] for row in programme.ended]
    locks.hold([*olds, *moved.get("founded", [])])
    AgencySuccession.objects.filter(old__in=olds, on=programme.on).delete()
    Agency.objects.filter(pk__in=olds).update(valid_to=None)
    for agency in Agency.objects.filter(pk__in=olds):
        agency.save(update_fields=["changed_at"])
    give_back(moved.get("rows", {}))
    give_people_back(moved.get("people", {}))
    _names_back(moved)
    _placements_back(moved)
    _unfound(moved)


def _names_back(moved: dict[str, Any]) -> None:
    for former, alias in moved.get("names", []):
        row = AgencyName.objects.select_related("agency").get(pk=former)
        row.agency.name, row.agency.short_name = row.name, row.short_name
        row.agency.save()
        row.delete()
        AgencyAlias.objects.filter(pk=alias).delete()


def _placements_back(moved: dict[str, Any]) -> None:
    for row in AgencyPlacement.objects.filter(pk__in=moved.get("placements", [])).select_related("agency"):
        row.agency.parent_id = row.parent_id
        row.agency.save(update_fields=["parent", "changed_at"])
        row.delete()
    for old, keys in moved.get("listed", []):
        Agency.objects.filter(pk__in=keys).update(parent=old, changed_at=timezone.now())


def _unfound(moved: dict[str, Any]) -> None:
    """Agencies that never were go, with their names; those below before those above."""
    left = Agency.objects.filter(pk__in=moved.get("founded", []))
    try:
        while leaves := [a.pk for a in left.exclude(pk__in=left.exclude(parent=None).values("parent"))]:
            Agency.objects.filter(pk__in=leaves).delete()
    except models.ProtectedError as problem:
        raise Refused(
            f"Cơ quan mới lập đã được ghi trong hồ sơ khác: không hoàn tác được nữa. {_INSTEAD}"
        ) from problem
