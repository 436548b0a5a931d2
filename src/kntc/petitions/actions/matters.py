"""Đơn is not vụ việc: a further petition of the same matter is linked to it, and the link can be undone (R06)."""

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.audit.rights import Right
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.bulk import new_matter
from kntc.petitions.models import Petition


@action("petition.link", right=Right.HANDLE, locks=("petition",))
def link_matter(*, petition: Petition, other: Petition, by: Actor) -> Petition:
    """Gắn đơn vào vụ việc của một đơn khác (đơn trùng, đơn gửi tiếp)."""
    require_own(petition, by)
    require_live(petition)
    if petition.matter_id == other.matter_id:
        raise Refused("Hai đơn này đã thuộc cùng một vụ việc.")
    before = petition.matter_id
    petition.matter_id = other.matter_id
    petition.version += 1
    petition.save(update_fields=["matter", "version"])
    note(petition, number=petition.number, matter_before=before, matter=other.matter_id)
    return petition


@action("petition.unlink", right=Right.HANDLE, locks=("petition",))
def unlink_matter(*, petition: Petition, by: Actor, reason: str = "") -> Petition:
    """Tách đơn ra thành một vụ việc riêng."""
    require_own(petition, by)
    require_live(petition)
    if not Petition.objects.filter(matter_id=petition.matter_id).exclude(pk=petition.pk).exists():
        raise Refused("Vụ việc này chỉ có một đơn, không có gì để tách.")
    before = petition.matter_id
    matter = new_matter(petition.received_on)
    matter.save()
    petition.matter = matter
    petition.version += 1
    petition.save(update_fields=["matter", "version"])
    note(petition, number=petition.number, matter_before=before, matter=matter.pk)
    return petition
