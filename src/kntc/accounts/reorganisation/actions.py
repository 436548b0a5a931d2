"""The acts: one an operation, and those on a change that waits for its day or has been carried out.

Each is carried out at once where its day has come; otherwise it is kept as a planned change for the job of that day.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.reorganisation import programme as asked
from kntc.accounts.reorganisation.carrying import carry_out, log_mark
from kntc.accounts.reorganisation.checking import check, require_right, setting_of, title_of
from kntc.accounts.reorganisation.plan import Plan
from kntc.accounts.reorganisation.planning import make_plan
from kntc.accounts.reorganisation.programme import Heir, Kind, NewAgency, Programme, from_json
from kntc.accounts.reorganisation.undoing import take_back
from kntc.agencies.models import Agency, AgencyChange
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.audit.rights import Right
from kntc.audit.walls import beyond_scope

Status = AgencyChange.Status


def preview(programme: Programme, by: Actor) -> Plan:
    """What it would move. Changes nothing. Raises NotAllowed, InvalidInput."""
    setting = setting_of(programme)
    require_right(programme, setting, by)
    check(programme, setting)
    with beyond_scope():
        return make_plan(programme, setting)


def _begin(programme: Programme, by: Actor) -> AgencyChange:
    """The change carried out, or kept for its day."""
    setting = setting_of(programme)
    require_right(programme, setting, by)
    check(programme, setting)
    change = AgencyChange(
        kind=programme.kind,
        on=programme.on,
        status=Status.PLANNED,
        title=title_of(programme, setting),
        programme=programme.as_json(),
        agency_ids=sorted(agency.pk for agency in setting.agencies.values()),
        asked_by=f"{by.name}, {by.post_title}",
        account_id=by.account_id,
    )
    if programme.on > timezone.localdate():
        with beyond_scope():
            change.report = make_plan(programme, setting).as_json()
        change.save()
    else:
        _carry(change, programme)
    _note(change)
    return change


def _carry(change: AgencyChange, programme: Programme) -> None:
    plan, undo, agencies = carry_out(programme)
    change.report, change.moved, change.agency_ids = plan.as_json(), undo, agencies
    change.status, change.done_at, change.problem = Status.DONE, timezone.now(), ""
    change.log_mark = log_mark()
    change.save()


def _note(change: AgencyChange) -> None:
    note(
        change,
        agency_id=change.agency_ids[0] if change.agency_ids else None,
        title=change.title,
        on=change.on,
        status=change.status,
        totals=change.report.get("totals", {}),
    )


@action("agency.merge", right=Right.MANAGE_ACCOUNTS)
def merge_agencies(
    *, olds: Iterable[str], into: str, on: date, by: Actor, new: NewAgency | None = None, reason: str = ""
) -> AgencyChange:
    """Sáp nhập các cơ quan vào một cơ quan đang có hoặc thành lập mới."""
    return _begin(asked.merger(olds, into, on, new=new, reason=reason), by)


@action("agency.split", right=Right.MANAGE_ACCOUNTS)
def split_agency(
    *,
    old: str,
    heirs: Iterable[Heir],
    on: date,
    by: Actor,
    new: Iterable[NewAgency] = (),
    reason: str = "",
) -> AgencyChange:
    """Chia một cơ quan thành nhiều cơ quan theo địa bàn."""
    return _begin(asked.division(old, heirs, on, new=new, reason=reason), by)


@action("agency.rename", right=Right.MANAGE_ACCOUNTS)
def rename_agency(
    *, code: str, name: str, on: date, by: Actor, short_name: str = "", reason: str = ""
) -> AgencyChange:
    """Đổi tên cơ quan từ một ngày; giấy tờ, biểu mẫu của ngày trước vẫn ghi tên cũ."""
    return _begin(asked.renaming(code, name, on, short_name=short_name, reason=reason), by)


@action("agency.close", right=Right.MANAGE_ACCOUNTS)
def close_agency(*, code: str, successor: str, on: date, by: Actor, reason: str = "") -> AgencyChange:
    """Giải thể cơ quan, giao việc cho cơ quan kế thừa."""
    return _begin(asked.closing(code, successor, on, reason=reason), by)


@action("agency.move", right=Right.MANAGE_ACCOUNTS)
def move_agency(*, code: str, parent: str, on: date, by: Actor, reason: str = "") -> AgencyChange:
    """Chuyển cơ quan cùng các đơn vị trực thuộc về cơ quan cấp trên khác."""
    return _begin(asked.placing(code, parent, on, reason=reason), by)


@action("agency.found", right=Right.MANAGE_ACCOUNTS)
def found_agency(*, new: NewAgency, on: date, by: Actor, reason: str = "") -> AgencyChange:
    """Thành lập một cơ quan dùng hệ thống."""
    return _begin(asked.founding(new, on, reason=reason), by)


@action("agency.reorganise", right=Right.MANAGE_ACCOUNTS)
def reorganise_agencies(*, programme: Programme, by: Actor) -> AgencyChange:
    """Sắp xếp nhiều cơ quan cùng một lúc, theo một kế hoạch."""
    return _begin(programme, by)


def do(programme: Programme, by: Actor) -> AgencyChange:
    """The act of the programme's kind, by which the log knows it."""
    on, reason = programme.on, programme.reason
    new = programme.founded[0] if len(programme.founded) == 1 else None
    match programme.kind:
        case Kind.MERGE if programme.ended:
            olds, into = [row.code for row in programme.ended], programme.ended[0].default
            return merge_agencies(olds=olds, into=into, on=on, by=by, new=new, reason=reason)
        case Kind.SPLIT if len(programme.ended) == 1:
            (row,) = programme.ended
            return split_agency(
                old=row.code, heirs=row.heirs, on=on, by=by, new=programme.founded, reason=reason
            )
        case Kind.RENAME if len(programme.renamed) == 1:
            (name,) = programme.renamed
            return rename_agency(
                code=name.code, name=name.name, on=on, by=by, short_name=name.short_name, reason=reason
            )
        case Kind.CLOSE if len(programme.ended) == 1:
            (row,) = programme.ended
            return close_agency(code=row.code, successor=row.default, on=on, by=by, reason=reason)
        case Kind.MOVE if len(programme.placed) == 1:
            (place,) = programme.placed
            return move_agency(code=place.code, parent=place.parent, on=on, by=by, reason=reason)
        case Kind.FOUND if new:
            return found_agency(new=new, on=on, by=by, reason=reason)
    return reorganise_agencies(programme=programme, by=by)


@action("agency.cancel-change", right=Right.MANAGE_ACCOUNTS, locks=("change",))
def cancel_change(*, change: AgencyChange, by: Actor, reason: str = "") -> AgencyChange:
    """Hủy việc sắp xếp chưa đến ngày."""
    _require_right(change, by)
    if change.status not in (Status.PLANNED, Status.FAILED):
        raise Refused(
            f"Việc sắp xếp này đang ở tình trạng “{change.get_status_display()}”: chỉ hủy được việc chưa thực hiện."
        )
    change.status = Status.CANCELLED
    change.save(update_fields=["status"])
    _note(change)
    return change


@action("agency.undo-change", right=Right.MANAGE_ACCOUNTS)
def undo_change(*, change: AgencyChange, by: Actor, reason: str = "") -> AgencyChange:
    """Hoàn tác việc sắp xếp khi chưa có việc gì dựa trên đó."""
    _require_right(change, by)
    take_back(change)
    change.status = Status.UNDONE
    change.save(update_fields=["status"])
    _note(change)
    return change


@action("agency.carry-out-change", right=Right.MANAGE_ACCOUNTS, locks=("change",))
def carry_out_change(*, change: AgencyChange, by: Actor) -> AgencyChange:
    """Thực hiện việc sắp xếp đã lập, vào ngày của nó."""
    if change.status not in (Status.PLANNED, Status.FAILED):
        return change
    if change.on > timezone.localdate():
        raise Refused("Chưa đến ngày thực hiện việc sắp xếp này.")
    _carry(change, replace(from_json(change.programme), title=change.title))
    _note(change)
    return change


def _require_right(change: AgencyChange, by: Actor) -> None:
    require(by, Act.REORGANISE)
    for agency in Agency.objects.filter(pk__in=change.agency_ids).select_related("parent"):
        require(by, Act.REORGANISE, agency)
