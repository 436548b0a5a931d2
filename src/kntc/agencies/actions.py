"""Changes of the catalogue."""

from uuid import uuid4

from django.utils import timezone

from kntc.agencies.index import body_index
from kntc.agencies.models import Agency, BodyKind, Level, Place, Proposal
from kntc.agencies.queries import proposed_place
from kntc.agencies.writing import canonical
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.vietnamese import squeeze

_LONGEST = 255


@action("agency.propose", right=Right.PROPOSE_BODY)
def propose_body(*, by: Actor, name: str, kind: str, place: Place | None = None) -> Agency:
    """Đề nghị bổ sung cơ quan chưa có trong danh mục; dùng được ngay, ghi "chờ duyệt" (R43)."""
    name = squeeze(name)
    home = Agency.objects.filter(pk=by.agency_id).first() if by.agency_id else None
    province, usual = proposed_place(name, home)
    place = place or usual
    check_body(name, kind, place)
    body = Agency(
        code=f"{province.code if province else 'TW'}-DX-{uuid4().hex[:8].upper()}",
        name=name,
        kind=kind,
        level=level_of(place),
        parent=province,
        place=place,
        uses_system=False,
        status=Agency.Status.PROPOSED,
    )
    body.save()
    Proposal.objects.create(
        body=body,
        agency=home,
        account_id=by.account_id,
        proposed_by=f"{by.name}, {by.post_title}, {by.agency_name}".strip(" ,")[:350],
    )
    note(subject=body, code=body.code, name=body.name)
    return body


@action("agency.answer", right=Right.PROPOSE_BODY, locks=("proposal",))
def answer_proposal(*, proposal: Proposal, answer: str, by: Actor) -> Proposal:
    """Trả lời câu hỏi của tỉnh về cơ quan đã đề nghị."""
    if by.agency_id is not None and proposal.agency_id != by.agency_id:
        raise NotAllowed(
            message="Câu hỏi này gửi cơ quan đã đề nghị: chỉ cán bộ của cơ quan đó trả lời được."
        )
    if not proposal.waits_for_answer:
        raise Refused("Không có câu hỏi nào đang chờ trả lời. Hãy tải lại trang.")
    answer = answer.strip()
    if not answer:
        raise InvalidInput({"answer": "Hãy ghi câu trả lời, ví dụ: “thuộc phường Quy Nhơn Nam”."})
    proposal.answer, proposal.answered_at = answer[:2000], timezone.now()
    proposal.save()
    note(subject=proposal.body, answer=proposal.answer)
    return proposal


def level_of(place: Place | None) -> Level:
    if place is None:
        return Level.CENTRAL
    return Level.PROVINCE if place.parent_id is None else Level.COMMUNE


def check_body(name: str, kind: str, place: Place | None, own: Agency | None = None) -> None:
    """Raises InvalidInput where this is no name, no kind, or the name of another body of the place than `own`."""
    errors: dict[str, str] = {}
    if len(name) < 4 or not any(char.isalpha() for char in name):
        errors["name"] = "Ghi đủ tên cơ quan, ví dụ “Trường THCS Nhơn Bình”."
    elif len(name) > _LONGEST:
        errors["name"] = f"Tên cơ quan dài quá {_LONGEST} ký tự: ghi tên chính thức, bỏ phần giải thích."
    elif known := _known_as(name, place, own):
        errors["name"] = f"Đã có trong danh mục: “{known.name}”. Hãy chọn cơ quan này."
    if kind not in BodyKind.values:
        errors["kind"] = "Chọn loại cơ quan trong danh sách."
    if errors:
        raise InvalidInput(errors)


def _known_as(name: str, place: Place | None, own: Agency | None) -> Agency | None:
    """A body of just this name in the same place or the same province of today."""
    index = body_index()
    home = index.places.where(place.pk if place else None).today
    for way in index.exact.get(canonical(name), ()):
        body = index.bodies[way.body]
        if own is not None and body.id == own.pk:
            continue
        if way.weight >= 0.95 and body.where.today == home and body.valid_to is None:
            return Agency.objects.get(pk=body.id)
    return None
