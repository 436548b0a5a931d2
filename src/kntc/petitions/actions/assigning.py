"""Who has a petition in hand."""

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer, posts_of
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.models import Petition


@action("petition.assign", right=Right.ASSIGN, locks=("petition",))
def assign_petition(*, petition: Petition, to: Post | None, by: Actor, reason: str = "") -> Petition:
    """Giao đơn cho người xử lý, hoặc đưa về việc chung của cơ quan. Raises InvalidInput."""
    require_own(petition, by)
    require_live(petition)
    if to is not None:
        require_handler(to, petition.keeper_id)
    return _give(petition, to)


@action("petition.take", right=Right.HANDLE, locks=("petition",))
def take_petition(*, petition: Petition, by: Actor) -> Petition:
    """Nhận xử lý một đơn chưa giao cho ai. Raises Refused where a colleague has it."""
    require_own(petition, by)
    require_live(petition)
    if petition.assignee_id is not None and petition.assignee_id != by.post_id:
        raise Refused(
            f"Đơn {petition.number} đã giao cho người khác. Cần đổi người, hãy đề nghị lãnh đạo giao lại."
        )
    return _give(petition, Post.objects.get(pk=by.post_id) if by.post_id else None)


def _give(petition: Petition, to: Post | None) -> Petition:
    petition.assignee = to
    petition.save(update_fields=["assignee"])
    note(petition, number=petition.number, to=to.pk if to else None)
    return petition


def require_handler(post: Post, agency_id: int) -> None:
    """Only a colleague of the agency whose post handles petitions can have them in hand. One statement."""
    current = next((p for p in posts_of(post.account) if p.pk == post.pk), None)
    if current is None or current.agency_id != agency_id or not Officer(current).has_right(Right.HANDLE):
        raise InvalidInput(
            {
                "to": "Chỉ giao được cho người đang giữ vị trí xử lý đơn của chính cơ quan này. Hãy chọn người khác."
            }
        )
