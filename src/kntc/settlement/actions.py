"""Accepting a petition as a case, extending, settling."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from kntc.audit import mass
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.law.errors import InvalidTerm
from kntc.law.rules import ground_for
from kntc.petitions.actions import Result, handle_petition
from kntc.petitions.actions.correcting import refresh
from kntc.petitions.choices import Handling, Kind, State
from kntc.petitions.models import Petition
from kntc.settlement.clock import due_on, rule_of
from kntc.settlement.models import Case, Outcome, Status, Suspension


@action("case.accept", right=Right.HANDLE)
def accept_petition(
    *,
    petition: Petition,
    result: Result,
    version: int,
    by: Actor,
    is_complex: bool = False,
    is_remote: bool = False,
) -> Case:
    """Thụ lý đơn: ghi kết quả xử lý và mở hồ sơ giải quyết với thời hạn của nó."""
    if result.handling != Handling.ACCEPT:
        raise InvalidInput({"handling": "Hướng xử lý phải là “Thụ lý” thì mới mở hồ sơ giải quyết."})
    petition = handle_petition(petition=petition, result=result, version=version, by=by)
    case = new_case(petition, is_complex=is_complex, is_remote=is_remote)
    case.save()
    note(case, number=petition.number, due_on=case.due_on)
    return case


def new_case(
    petition: Petition, *, is_complex: bool = False, is_remote: bool = False, settled: bool = False
) -> Case:
    """The case that accepting this petition opens; not saved."""
    case = Case(
        matter_id=petition.matter_id,
        petition=petition,
        agency_id=petition.agency_id,
        keeper_id=petition.keeper_id,
        kind=petition.kind,
        instance=petition.instance or 1,
        accepted_on=petition.handled_on,  # type: ignore[misc]  # an accepted petition has its day (a constraint)
        is_complex=is_complex,
        is_remote=is_remote,
        status=Status.SETTLED if settled else Status.OPEN,
    )
    case.due_on = due_on(case)
    return case


def open_many(petitions: Sequence[Petition], settled: Sequence[bool], by: Actor) -> list[Case]:
    """Cases of petitions that an old register says were accepted; those settled have that state from registration.

    Call inside an action. One statement for each 2,000.
    """
    cases = [new_case(petition, settled=done) for petition, done in zip(petitions, settled, strict=True)]
    mass.insert(cases)
    return cases


@action("case.extend", right=Right.HANDLE, locks=("case",))
def extend_case(*, case: Case, by: Actor, reason: str) -> Case:
    """Gia hạn giải quyết một lần (LTC Đ30; với khiếu nại: vụ việc phức tạp, LKN Đ28, Đ37)."""
    _require_open(case, by)
    if not reason.strip():
        raise InvalidInput({"reason": "Hãy ghi lý do gia hạn."})
    if case.kind == Kind.COMPLAINT and not case.is_complex:
        case.is_complex = True
    else:
        case.extensions += 1
    _restart(case)
    note(case, due_on=case.due_on)
    return case


def _restart(case: Case) -> None:
    """The clock worked out anew. What the law does not allow is refused in its own words."""
    try:
        case.due_on = due_on(case)
    except InvalidTerm as refusal:
        raise Refused(str(refusal)) from refusal
    case.save()


@action("case.suspend", right=Right.HANDLE, locks=("case",))
def suspend_case(*, case: Case, on: date, by: Actor, reason: str) -> Case:
    """Tạm đình chỉ giải quyết (LKN Đ11a.1; LTC Đ34.1): thời gian tạm đình chỉ không tính vào thời hạn."""
    _require_open(case, by)
    if not reason.strip():
        raise InvalidInput({"reason": "Hãy ghi căn cứ tạm đình chỉ."})
    if on < case.accepted_on:
        raise InvalidInput({"on": "Ngày tạm đình chỉ không thể trước ngày thụ lý."})
    _require_come("on", on)
    _check_ground(case, on)
    case.status = Status.SUSPENDED
    case.save()
    Suspension.objects.create(case=case, keeper_id=case.keeper_id, starts_on=on, reason=reason[:500])
    note(case, on=on)
    return case


def _check_ground(case: Case, on: date) -> None:
    rule = rule_of(case)
    if not rule or ground_for(rule, on) is None:
        raise Refused(
            f"Ngày {on:%d/%m/%Y} chưa có căn cứ pháp luật để tạm đình chỉ giải quyết loại vụ việc này."
        )


@action("case.resume", right=Right.HANDLE, locks=("case",))
def resume_case(*, case: Case, on: date, by: Actor, reason: str = "") -> Case:
    """Tiếp tục giải quyết: số ngày tạm đình chỉ không tính vào thời hạn (LKN Đ11a.4; LTC Đ34)."""
    _require_own(case, by)
    pause = case.suspensions.filter(resumed_on=None).first()
    if case.status != Status.SUSPENDED or pause is None:
        raise Refused("Vụ việc không trong thời gian tạm đình chỉ.")
    if on < pause.starts_on:
        raise InvalidInput({"on": "Ngày tiếp tục không thể trước ngày tạm đình chỉ."})
    _require_come("on", on)
    pause.resumed_on = on
    pause.save()
    case.status = Status.OPEN
    _restart(case)
    note(case, on=on, due_on=case.due_on)
    return case


@action("case.settle", right=Right.HANDLE, locks=("case",))
def settle_case(*, case: Case, outcome: Outcome, settled_on: date, decision_number: str, by: Actor) -> Case:
    """Ghi kết quả giải quyết: quyết định, kết luận hoặc văn bản trả lời."""
    _require_open(case, by)
    if settled_on < case.accepted_on:
        raise InvalidInput({"settled_on": "Ngày giải quyết không thể trước ngày thụ lý."})
    _require_come("settled_on", settled_on)
    case.status, case.outcome, case.settled_on = Status.SETTLED, outcome, settled_on
    case.decision_number = decision_number
    case.save()
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=case.petition_id)
    petition.state = State.SETTLED
    refresh(petition)
    note(case, number=petition.number, outcome=outcome)
    return case


def _require_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise InvalidInput({field: f"Ngày {day:%d/%m/%Y} chưa đến. Hãy kiểm tra lại năm và tháng."})


def _require_own(case: Case, by: Actor) -> None:
    if by.agency_id is not None and case.keeper_id != by.agency_id:
        raise NotAllowed(message="Vụ việc này do cơ quan khác giải quyết.")


def _require_open(case: Case, by: Actor) -> None:
    _require_own(case, by)
    if case.voided_at is not None or case.status != Status.OPEN:
        raise Refused(f"Vụ việc không còn ở trạng thái đang giải quyết ({case.get_status_display()}).")
