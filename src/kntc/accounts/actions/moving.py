"""Posts come and go: a move to another agency, a second post, the end of one, another role."""

from collections.abc import Sequence
from dataclasses import dataclass

from kntc.accounts.actions.creating import require_open
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Account, Group, Membership, Post
from kntc.accounts.people import handing
from kntc.accounts.people.handing import Receivers
from kntc.accounts.people.persons import read_title
from kntc.accounts.people.reach import require_another, require_in_use, require_over, require_over_post
from kntc.accounts.rights.granting import require_grantable, require_not_last_admin
from kntc.accounts.roles import RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right


@dataclass(frozen=True)
class Place:
    """A post to be given: where, as what."""

    agency: Agency
    role: Role
    title: str = ""
    groups: Sequence[Group] = ()
    oversees: Agency | None = None


@action("post.move", right=Right.MANAGE_ACCOUNTS, locks=("post",))
def move_post(*, post: Post, to: Place, by: Actor, receivers: Receivers | None = None) -> Post:
    """Chuyển một người sang cơ quan khác: vị trí cũ kết thúc, vị trí mới bắt đầu, lịch sử giữ nguyên."""
    _require_ending(post, by, "chuyển vị trí công tác")
    if to.agency.pk == post.agency_id:
        raise InvalidInput(
            {"agency": "Đây đang là cơ quan của người này. Hãy chọn cơ quan khác, hoặc đổi vai trò."}
        )
    moved = handing.hand_over([post], receivers or {}, by)
    handing.end_posts([post])
    new = _give(post.account, to, by)
    note(post.account, agency_id=post.agency_id, to=to.agency.code, role=to.role.value, handed_over=moved)
    return new


@action("post.add", right=Right.MANAGE_ACCOUNTS, locks=("account",))
def add_post(*, account: Account, place: Place, by: Actor) -> Post:
    """Thêm một vị trí công tác cho người đã có tài khoản."""
    require_over(by, Act.MOVE_POST, account)
    require_in_use(account)
    new = _give(account, place, by)
    note(account, agency_id=place.agency.pk, role=place.role.value)
    return new


@action("post.end", right=Right.MANAGE_ACCOUNTS, locks=("post",))
def end_post(*, post: Post, by: Actor, receivers: Receivers | None = None) -> Post:
    """Kết thúc một vị trí công tác; việc còn lại bàn giao cho đồng nghiệp."""
    _require_ending(post, by, "kết thúc vị trí công tác")
    moved = handing.hand_over([post], receivers or {}, by)
    handing.end_posts([post])
    post.refresh_from_db()
    note(post.account, agency_id=post.agency_id, role=post.role, handed_over=moved)
    return post


@action("post.change-role", right=Right.MANAGE_ACCOUNTS, locks=("post",))
def change_role(*, post: Post, role: Role, title: str, by: Actor, receivers: Receivers | None = None) -> Post:
    """Đổi vai trò của một vị trí công tác."""
    require_over_post(by, Act.CHANGE_ROLE, post)
    require_in_use(post.account)
    groups = [membership.group for membership in post.memberships.select_related("group")]
    require_grantable(by, role, groups, post.agency, oversees=post.oversees, to=post.account)
    _require_once(post.account, post.agency, role, but=post)
    if post.role == Role.UNIT_ADMIN and role != Role.UNIT_ADMIN:
        require(by, Act.APPOINT_ADMIN, post.agency)
        require_not_last_admin(post)
    moved = {} if Right.HANDLE in RIGHTS[role] else handing.hand_over([post], receivers or {}, by)
    old = post.role
    post.role, post.title = role, read_title(title, role)
    post.save(update_fields=["role", "title"])
    note(post.account, agency_id=post.agency_id, old=old, new=role.value, handed_over=moved)
    return post


def _require_ending(post: Post, by: Actor, what: str) -> None:
    require_over_post(by, Act.MOVE_POST, post)
    require_another(by, post.account, what)
    require_in_use(post.account)
    if not handing.is_held(post):
        raise InvalidInput({"post": "Vị trí này đã kết thúc. Hãy tải lại trang để xem các vị trí hiện nay."})
    require_not_last_admin(post)


def _give(account: Account, place: Place, by: Actor) -> Post:
    require(by, Act.MOVE_POST, place.agency)
    require_open(place.agency)
    require_grantable(by, place.role, place.groups, place.agency, oversees=place.oversees, to=account)
    _require_once(account, place.agency, place.role)
    post = Post.objects.create(
        account=account,
        agency=place.agency,
        role=place.role,
        title=read_title(place.title, place.role),
        oversees=place.oversees,
    )
    Membership.objects.bulk_create([Membership(group=group, post=post) for group in place.groups])
    return post


def _require_once(account: Account, agency: Agency, role: Role, but: Post | None = None) -> None:
    same = Post.objects.filter(account=account, agency=agency, role=role, valid_to=None)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise InvalidInput(
            {
                "role": f"{account.full_name} đã giữ vai trò “{role.label}” ở {agency.name}. Hãy chọn vai trò khác."
            }
        )
