"""Recording a visit."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max
from django.utils import timezone

from kntc.accounts.reorganisation.locks import require_standing
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.rights import Right
from kntc.people.identity import normalised, problem
from kntc.reception.models import Visit, VisitKind
from kntc.vietnamese import name_key, squeeze


@dataclass
class NewVisit:
    """One reception as written down at the counter."""

    agency: Agency
    name: str
    summary: str
    received_on: date = field(default_factory=timezone.localdate)
    kind: str = VisitKind.REGULAR
    delegated: bool = False
    online: bool = False
    people_count: int = 1
    repeat: bool = False
    address: str = ""
    id_number: str = ""
    phone: str = ""
    result: str = ""
    place_id: str | None = None


@action("visit.record", right=Right.REGISTER)
def record_visit(*, visit: NewVisit, by: Actor) -> Visit:
    """Ghi một lượt tiếp công dân vào sổ."""
    if by.agency_id is not None and visit.agency.pk != by.agency_id:
        raise NotAllowed(message="Bạn chỉ ghi lượt tiếp cho cơ quan mình.")
    if found := _problems(visit):
        raise InvalidInput(found)
    # The agency's row is the lock of its book: two counters never give one number.
    Agency.objects.select_for_update().get(pk=visit.agency.pk)
    require_standing([visit.agency.pk])
    last = Visit.objects.filter(agency=visit.agency, received_on__year=visit.received_on.year).aggregate(
        n=Max("number")
    )
    row = Visit.objects.create(
        number=(last["n"] or 0) + 1,
        agency=visit.agency,
        keeper=visit.agency,
        received_on=visit.received_on,
        kind=visit.kind,
        delegated=visit.delegated,
        online=visit.online,
        people_count=visit.people_count,
        repeat=visit.repeat,
        name=squeeze(visit.name),
        name_key=name_key(visit.name),
        id_number=normalised(visit.id_number),
        phone=visit.phone,
        address=squeeze(visit.address),
        place_id=visit.place_id,
        summary=squeeze(visit.summary)[:500],
        result=squeeze(visit.result)[:500],
        received_by_id=by.post_id,
    )
    note(row, number=row.number)
    return row


def _problems(visit: NewVisit) -> dict[str, str]:
    found = {}
    if not visit.name.strip():
        found["name"] = "Hãy nhập họ tên người được tiếp (LTCD Đ7.2.a)."
    if not visit.summary.strip():
        found["summary"] = "Hãy ghi nội dung tiếp, một câu cũng được."
    if text := problem(visit.id_number):
        found["id_number"] = text
    if visit.people_count < 1:
        found["people_count"] = "Số người được tiếp phải từ 1 trở lên."
    if visit.received_on > timezone.localdate():
        found["received_on"] = "Ngày tiếp chưa đến. Hãy kiểm tra lại."
    if visit.online and visit.received_on < date(2026, 7, 1):
        found["online"] = "Tiếp công dân trực tuyến chỉ có từ 01/7/2026 (LTCD Đ3a)."
    if visit.delegated and visit.kind == VisitKind.REGULAR:
        found["delegated"] = "Chỉ buổi tiếp của Thủ trưởng mới có ủy quyền."
    return found
