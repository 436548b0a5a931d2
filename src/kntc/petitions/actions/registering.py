"""Registering a petition."""

from collections.abc import Mapping

from django.utils import timezone

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.rights import Right
from kntc.petitions.bulk import register_many
from kntc.petitions.entry import NewPetition
from kntc.petitions.models import Draft, Petition
from kntc.petitions.rules import problems


@action("petition.register", right=Right.REGISTER)
def register_petition(*, entry: NewPetition, by: Actor, draft: Draft | None = None) -> Petition:
    """Tiếp nhận một đơn vào sổ; bản nháp (nếu có) được thay bằng đơn."""
    if by.agency_id is not None and entry.agency.pk != by.agency_id:
        raise NotAllowed(message="Bạn chỉ tiếp nhận đơn cho cơ quan mình.")
    found = problems(entry, timezone.localdate())
    if found:
        raise InvalidInput(found)
    (petition,) = register_many([entry], by)
    if draft is not None:
        draft.delete()
    note(petition, number=petition.number, kind=petition.kind)
    return petition


@action("draft.save", right=Right.REGISTER)
def save_draft(*, values: Mapping[str, object], title: str, by: Actor, draft: Draft | None = None) -> Draft:
    """Lưu nháp đơn đang nhập."""
    if by.post_id is None or by.agency_id is None:
        raise NotAllowed(Right.REGISTER)
    draft = draft or Draft(post_id=by.post_id, keeper_id=by.agency_id)
    draft.values, draft.title = dict(values), title[:200]
    draft.save()
    note(draft)
    return draft


@action("draft.discard", right=Right.REGISTER, locks=("draft",))
def discard_draft(*, draft: Draft, by: Actor) -> None:
    """Bỏ bản nháp của chính mình."""
    if draft.post_id != by.post_id:
        raise NotAllowed(message="Bản nháp này của người khác.")
    note(draft)
    draft.delete()
