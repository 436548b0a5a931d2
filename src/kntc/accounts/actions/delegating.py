"""The delegation page: which tier of administrators does which act (R58)."""

from django.utils import timezone

from kntc.accounts.acts import DEFAULTS, Act, Tier
from kntc.accounts.administration import require, tier_of
from kntc.accounts.models import Delegation
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.vietnamese import squeeze

_LONGEST = 255


@action("account.delegation", right=Right.MANAGE_ACCOUNTS)
def change_delegation(*, act: Act, tier: Tier, allowed: bool, reason: str, by: Actor) -> Delegation:
    """Thay đổi bảng phân cấp quản trị."""
    require(by, Act.CHANGE_DELEGATION)
    if tier_of(by) != Tier.NATION:
        raise NotAllowed(message="Bảng phân cấp quản trị do quản trị trung ương thay đổi.")
    _require_changeable(act, tier)
    reason = squeeze(reason)
    if not reason:
        raise InvalidInput({"reason": "Hãy ghi lý do thay đổi: mọi cơ quan đều xem được."})
    if len(reason) > _LONGEST:
        raise InvalidInput({"reason": f"Lý do dài quá {_LONGEST} chữ. Hãy ghi ngắn lại."})
    cell = _held(act, tier)
    before, cell.allowed, cell.reason = cell.allowed, allowed, reason
    cell.changed_at, cell.changed_by_id = timezone.now(), by.post_id
    cell.save()
    note(cell, act=act.value, tier=tier.value, before=before, allowed=allowed)
    return cell


def fixed(act: Act, tier: Tier) -> str:
    """Why this cell cannot be changed; empty where it can."""
    if act == Act.CHANGE_DELEGATION:
        return "Việc thay đổi bảng phân cấp luôn thuộc trung ương: nếu giao đi thì không ai lấy lại được."
    if tier == Tier.NATION and act in _KEEPS_ADMINISTRATORS:
        return "Trung ương luôn cử được quản trị: nếu không, cơ quan mất quản trị thì không ai cử lại được."
    return ""


_KEEPS_ADMINISTRATORS = {Act.APPOINT_ADMIN}


def _require_changeable(act: Act, tier: Tier) -> None:
    why = fixed(act, tier)
    if why:
        raise Refused(why)


def _held(act: Act, tier: Tier) -> Delegation:
    """The cell under lock; made with its default where it has never been changed."""
    Delegation.objects.bulk_create(
        [Delegation(act=act, tier=tier, allowed=DEFAULTS[act, tier])], ignore_conflicts=True
    )
    return Delegation.objects.select_for_update(of=("self",)).get(act=act, tier=tier)
