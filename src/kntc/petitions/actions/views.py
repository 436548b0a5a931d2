"""Saved views of the list."""

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.rights import Right
from kntc.petitions.models import SavedView


@action("view.save", right=Right.READ)
def save_view(*, name: str, query: str, by: Actor) -> SavedView:
    """Lưu danh sách đang xem dưới một tên; cùng tên thì thay."""
    name = " ".join(name.split())
    if not name:
        raise InvalidInput({"name": "Hãy đặt tên cho danh sách."})
    if by.post_id is None or by.agency_id is None:
        raise NotAllowed(Right.READ)
    view, _ = SavedView.objects.update_or_create(
        post_id=by.post_id, name=name[:80], defaults={"query": query[:2000], "keeper_id": by.agency_id}
    )
    note(view, name=view.name)
    return view


@action("view.delete", right=Right.READ, locks=("view",))
def delete_view(*, view: SavedView, by: Actor) -> None:
    """Xóa một danh sách đã lưu của mình."""
    if view.post_id != by.post_id:
        raise NotAllowed(message="Danh sách này của người khác.")
    note(view, name=view.name)
    view.delete()
