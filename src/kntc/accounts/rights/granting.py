"""Who may give which rights, and what no administrator may take away.

An administrator of accounts hands out roles that it does not hold itself (R57), so the bound is a table: what each tier
may hand out. Nobody gives anything to the own account, and a group never makes an administrator.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kntc.accounts.acts import Act, Tier
from kntc.accounts.administration import oversees as is_over
from kntc.accounts.administration import require, tier_of
from kntc.accounts.models import Account, Group, Post
from kntc.accounts.roles import ON_TOP, RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.errors import NotAllowed, OutOfReach, Refused
from kntc.audit.rights import Right

_IN_AN_AGENCY = (Role.OFFICER, Role.LEADER, Role.BUSINESS_OWNER, Role.UNIT_ADMIN)
# Who sees the whole country is named by the nation.
ROLES_OF_TIER: dict[Tier, tuple[Role, ...]] = {
    Tier.UNIT: _IN_AN_AGENCY,
    Tier.PROVINCE: _IN_AN_AGENCY,
    Tier.NATION: (*_IN_AN_AGENCY, Role.NATIONAL_ANALYST),
}
# The keeping of accounts comes with the role of an administrator and with nothing else: who counts the
# administrators of an agency, and who keeps them apart from the files, looks at one place.
GROUP_RIGHTS: frozenset[Right] = frozenset[Right]().union(*ON_TOP.values()) - {Right.MANAGE_ACCOUNTS}


def require_grantable(
    by: Actor,
    role: Role,
    groups: Sequence[Group],
    agency: Agency,
    *,
    oversees: Agency | None = None,
    to: Account | None = None,
) -> None:
    """Refuse a post of this role and these groups in this agency when it is not for `by` to give.

    `oversees`: what the post would look after; `to`: who would get it. Ask `require(by, Act…)` of the act first.
    """
    if to is not None:
        require_not_oneself(by, to)
    for where in (agency, oversees):
        if where is not None and not is_over(by, where):
            raise OutOfReach("Cơ quan này")
    _require_role(by, role, agency)
    for group in groups:
        require_group_fits(role, group, agency)


def require_not_oneself(by: Actor, to: Account) -> None:
    """Refuse rights for the own account."""
    if to.pk == by.account_id:
        raise NotAllowed(
            message="Không ai tự cấp quyền cho chính mình. Hãy nhờ một quản trị khác của cơ quan, "
            "hoặc quản trị cấp trên, làm việc này."
        )


def _require_role(by: Actor, role: Role, agency: Agency) -> None:
    tier = tier_of(by)
    if role not in ROLES_OF_TIER[tier]:
        raise NotAllowed(
            message=f"Vai trò “{role.label}” do quản trị cấp “{Tier.NATION.label}” cấp; quản trị cấp "
            f"“{tier.label}” không cấp được. Hãy chọn vai trò khác hoặc đề nghị cấp đó."
        )
    if role == Role.UNIT_ADMIN:
        require(by, Act.APPOINT_ADMIN, agency)


def require_group_fits(role: Role, group: Group, agency: Agency) -> None:
    """A group gives rights only to posts of its own agency, and none that the role must be kept away from (R57)."""
    if group.agency_id != agency.pk:
        raise Refused(
            f"Nhóm “{group.name}” là của cơ quan khác. Mỗi người chỉ vào được nhóm của cơ quan mình: "
            "hãy chọn nhóm của cơ quan nơi người này làm việc."
        )
    beyond = {Right(value) for value in group.rights} - RIGHTS[role] - ON_TOP[role]
    if beyond:
        said = "; ".join(sorted(right.label for right in beyond))
        raise Refused(
            f"Người giữ vai trò “{role.label}” không vào được nhóm “{group.name}”, vì nhóm có quyền: {said}. "
            "Hãy chọn nhóm khác, hoặc giao quyền đó cho người giữ vai trò khác."
        )


def require_group_rights(rights: Sequence[str]) -> None:
    """Refuse rights that no group may carry."""
    beyond = {Right(value) for value in rights} - GROUP_RIGHTS
    if beyond:
        said = "; ".join(sorted(right.label for right in beyond))
        raise Refused(f"Nhóm nghiệp vụ không mang được quyền: {said}. Quyền này chỉ đi cùng vai trò.")


# ---- The last administrator ----


def require_not_last_admin(post: Post) -> None:
    """Refuse to take away the last administrator of an agency. Call it inside the action, before changing anything.

    Holds until the transaction ends: two administrators who remove each other at the same moment come one after the
    other, and the second is refused. Of several agencies, ask in the order of their keys.
    """
    if not _is_admin(post):
        return
    # The agency's row and not the posts': an action may hold one of those already, and would wait for the other's.
    Agency.objects.select_for_update(no_key=True, of=("self",)).filter(pk=post.agency_id).first()
    if not _other_admins(post).exists():
        raise Refused(
            f"{post.account.full_name} là quản trị cuối cùng của {post.agency.name}. Hãy cử người khác làm “Quản trị "
            "đơn vị” của cơ quan này trước (mục Người dùng), rồi làm lại."
        )


def require_not_last_admin_anywhere(account: Account) -> None:
    """The same for every post of an account that is to be locked or retired."""
    posts = Post.objects.current().filter(account=account, role=Role.UNIT_ADMIN)
    for post in posts.select_related("account", "agency").order_by("agency_id"):
        require_not_last_admin(post)


def _is_admin(post: Post) -> bool:
    return Post.objects.current().filter(pk=post.pk, role=Role.UNIT_ADMIN).exists()


def _other_admins(post: Post) -> QuerySet[Post]:
    """Others who look after the whole of this agency from tomorrow on too."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    others = (
        Post.objects.current()
        .filter(Q(valid_to=None) | Q(valid_to__gte=tomorrow), agency=post.agency_id, role=Role.UNIT_ADMIN)
        .exclude(account=post.account_id)
    )
    return others.filter(
        Q(oversees=None) | Q(oversees__lft__lte=F("agency__lft"), oversees__rgt__gte=F("agency__rgt"))
    )
