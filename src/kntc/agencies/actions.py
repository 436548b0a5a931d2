"""Changes of the catalogue."""

from uuid import uuid4

from kntc.agencies.index import body_index
from kntc.agencies.models import Agency, BodyKind, Level, Place
from kntc.agencies.queries import province_of
from kntc.agencies.writing import canonical
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right
from kntc.vietnamese import squeeze

_LONGEST = 255


@action("agency.propose", right=Right.PROPOSE_BODY)
def propose_body(*, by: Actor, name: str, kind: str, place: Place | None = None) -> Agency:
    """Đề nghị bổ sung cơ quan chưa có trong danh mục; dùng được ngay, ghi "chờ duyệt" (R43)."""
    name = squeeze(name)
    home = Agency.objects.filter(pk=by.agency_id).first() if by.agency_id else None
    province = province_of(home) if home else None
    place = place or (province.place if province else None)
    _check(name, kind, place)
    body = Agency(
        code=f"{province.code if province else 'TW'}-DX-{uuid4().hex[:8].upper()}",
        name=name,
        kind=kind,
        level=_level(place),
        parent=province,
        place=place,
        uses_system=False,
        status=Agency.Status.PROPOSED,
    )
    body.save()
    note(subject=body, code=body.code, name=body.name)
    return body


def _level(place: Place | None) -> Level:
    if place is None:
        return Level.CENTRAL
    return Level.PROVINCE if place.parent_id is None else Level.COMMUNE


def _check(name: str, kind: str, place: Place | None) -> None:
    errors: dict[str, str] = {}
    if len(name) < 4 or not any(char.isalpha() for char in name):
        errors["name"] = "Ghi đủ tên cơ quan, ví dụ “Trường THCS Nhơn Bình”."
    elif len(name) > _LONGEST:
        errors["name"] = f"Tên cơ quan dài quá {_LONGEST} ký tự: ghi tên chính thức, bỏ phần giải thích."
    elif known := _known_as(name, place):
        errors["name"] = f"Đã có trong danh mục: “{known.name}”. Hãy chọn cơ quan này."
    if kind not in BodyKind.values:
        errors["kind"] = "Chọn loại cơ quan trong danh sách."
    if errors:
        raise InvalidInput(errors)


def _known_as(name: str, place: Place | None) -> Agency | None:
    """A body of just this name in the same place or the same province of today."""
    index = body_index()
    home = index.places.where(place.pk if place else None).today
    for way in index.exact.get(canonical(name), ()):
        body = index.bodies[way.body]
        if way.weight >= 0.95 and body.where.today == home and body.valid_to is None:
            return Agency.objects.get(pk=body.id)
    return None
