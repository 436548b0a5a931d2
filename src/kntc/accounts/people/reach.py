"""Whose account an administrator may act on: one that works in the own subtree, and nowhere beyond it."""

from kntc.accounts.acts import Act, Tier
from kntc.accounts.administration import oversees, require, tier_of
from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.accounts.states import standing
from kntc.audit.actors import Actor
from kntc.audit.errors import NotAllowed, OutOfReach, Refused


def posts_that_count(account: Account) -> list[Post]:
    """The posts of today; of an account without any, its last. One statement."""
    return list(
        standing()
        .filter(account=account)
        .select_related("account", "agency__parent", "oversees__parent")
        .order_by("pk")
    )


def require_over(by: Actor, act: Act, account: Account) -> list[Post]:
    """Refuse unless the whole account lies under `by`; returns its posts.

    Whoever could give a new password to somebody who also works above would come up by that person's name.
    """
    require(by, act)
    posts = posts_that_count(account)
    if posts and not any(oversees(by, post.agency) for post in posts):
        raise OutOfReach("Tài khoản này")
    beyond = next((post for post in posts if not _is_under(by, post)), None)
    if beyond is not None:
        raise NotAllowed(
            message=f"{account.full_name} còn giữ vị trí “{beyond.title}” ở {beyond.agency.name}, ngoài phạm vi bạn "
            "quản trị. Việc này do quản trị cấp trên của các cơ quan đó làm; bạn chỉ sửa được vị trí ở cơ quan mình."
        )
    return posts


def require_over_post(by: Actor, act: Act, post: Post) -> None:
    """Refuse unless this one post lies under `by`."""
    require(by, act, post.agency)
    if not _is_under(by, post):
        raise NotAllowed(
            message=f"Vị trí “{post.title}” theo dõi phạm vi rộng hơn phạm vi bạn quản trị. "
            "Hãy đề nghị quản trị cấp trên làm việc này."
        )


def require_in_use(account: Account) -> None:
    """Refuse for an account that was retired: it only stands in the history."""
    if account.retired_at is not None:
        raise Refused(
            f"Tài khoản của {account.full_name} đã thôi sử dụng từ ngày {account.retired_at:%d/%m/%Y} nên không làm "
            "được việc này. Nếu người đó trở lại, hãy tạo tài khoản mới."
        )


def require_another(by: Actor, account: Account, what: str) -> None:
    """Refuse what nobody does to the own account."""
    if account.pk == by.account_id:
        raise Refused(
            f"Không ai tự {what} của mình. Hãy nhờ một quản trị khác của cơ quan hoặc quản trị cấp trên."
        )


def _is_under(by: Actor, post: Post) -> bool:
    # Who sees the whole country is the nation's (granting.ROLES_OF_TIER).
    if post.role == Role.NATIONAL_ANALYST and tier_of(by) != Tier.NATION:
        return False
    return oversees(by, post.agency) and (post.oversees is None or oversees(by, post.oversees))
