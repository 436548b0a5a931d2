"""May this officer do this act of administration, in this agency? Every action of administration asks here first."""

from django.db.models import QuerySet

from kntc.accounts.acts import DEFAULTS, GIVES_RIGHTS, Act, Tier
from kntc.accounts.models import Delegation
from kntc.accounts.sign_in.proof import require_proof
from kntc.agencies.models import Agency, Level
from kntc.audit.actors import Actor
from kntc.audit.errors import NotAllowed, OutOfReach
from kntc.audit.rights import Right


def tier_of(by: Actor) -> Tier:
    """Where an administrator stands, by what the post oversees. The system itself stands at the top."""
    if by.scope.kind == "all":
        return Tier.NATION
    root: Agency | None = getattr(by, "oversees", None)
    return Tier.UNIT if root is None else tier_of_root(root)


def tier_of_root(root: Agency) -> Tier:
    """The tier of whoever looks after this agency and all below it."""
    if root.level == Level.CENTRAL:
        return Tier.NATION
    return Tier.PROVINCE if root.level in (Level.PROVINCE, Level.MINISTRY) else Tier.UNIT


def is_delegated(act: Act, tier: Tier) -> bool:
    """What the delegation page says. One statement."""
    changed = Delegation.objects.filter(act=act, tier=tier).values_list("allowed", flat=True).first()
    return DEFAULTS[act, tier] if changed is None else changed


def delegated_tiers(act: Act) -> frozenset[Tier]:
    """The tiers whose administrators do this act. One statement."""
    changed = {Tier(tier): allowed for tier, allowed in _changes(act)}
    return frozenset(tier for tier in Tier if changed.get(tier, DEFAULTS[act, tier]))


def _changes(act: Act) -> QuerySet[Delegation, tuple[str, bool]]:
    return Delegation.objects.filter(act=act).values_list("tier", "allowed")


def require(by: Actor, act: Act, agency: Agency | None = None) -> None:
    """Refuse unless `by` keeps accounts, the act is delegated to its tier, and `agency` lies under it."""
    if not by.has_right(Right.MANAGE_ACCOUNTS):
        raise NotAllowed(Right.MANAGE_ACCOUNTS)
    if agency is not None and not oversees(by, agency):
        raise OutOfReach("Cơ quan này")
    tier = tier_of(by)
    if not is_delegated(act, tier):
        raise NotAllowed(
            message=f"Việc “{act.label}” hiện không phân cấp cho quản trị cấp “{tier.label}”. "
            "Xem bảng phân cấp quản trị để biết cấp nào làm được, rồi đề nghị quản trị cấp đó."
        )
    if act in GIVES_RIGHTS:
        require_proof()


def oversees(by: Actor, agency: Agency) -> bool:
    """An agency in the subtree of the post, or a body of the directory that hangs under it. No statement."""
    scope = by.scope
    if scope.kind == "all":
        return True
    anchor = agency if agency.lft is not None else agency.parent
    return bool(
        scope.kind == "tree" and anchor and anchor.lft is not None and scope.lft <= anchor.lft <= scope.rgt
    )
