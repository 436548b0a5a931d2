"""What happens to a petition or a visitor. A story yields the moment of its next act and then does it.

A story whose next moment lies ahead of the demonstration's last day is left where it stands: that is how open, due and
late matters come about.
"""

import copy
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.law.rules import ground_for
from kntc.ops.demo.world import World, petitioner
from kntc.people.actions import open_identity
from kntc.petitions.actions import (
    Result,
    ask_to_void,
    correct_petition,
    entry_of,
    handle_petition,
    link_matter,
    register_petition,
    restore_petition,
    void_petition,
)
from kntc.petitions.choices import Handling, Kind, PartyRole, Source
from kntc.petitions.entry import NewPetition
from kntc.petitions.models import Petition
from kntc.reception.actions import NewVisit, record_visit
from kntc.reception.models import VisitKind
from kntc.settlement.actions import accept_petition, extend_case, resume_case, settle_case, suspend_case
from kntc.settlement.clock import rule_of
from kntc.settlement.models import Case, Outcome

Story = Iterator[datetime]

KINDS = {Kind.COMPLAINT: 40, Kind.DENUNCIATION: 13, Kind.REFLECTION: 47}
# What examination ends in, where the receiver may well be competent (a commune) and where it rarely is.
RESULTS: dict[Kind, dict[str, int]] = {
    Kind.COMPLAINT: {
        Handling.ACCEPT: 46, Handling.GUIDE: 30, Handling.RETURN: 9, Handling.FILE: 9, Handling.DECLINE: 6,
    },
    Kind.DENUNCIATION: {Handling.ACCEPT: 38, Handling.TRANSFER: 42, Handling.FILE: 14, Handling.DECLINE: 6},
    Kind.REFLECTION: {Handling.ACCEPT: 52, Handling.TRANSFER: 30, Handling.GUIDE: 8, Handling.FILE: 10},
}  # fmt: skip
OUTCOMES: dict[Kind, dict[Outcome, int]] = {
    Kind.COMPLAINT: {Outcome.WRONG: 56, Outcome.PARTLY: 18, Outcome.RIGHT: 14, Outcome.WITHDRAWN: 12},
    Kind.DENUNCIATION: {Outcome.WRONG: 52, Outcome.PARTLY: 26, Outcome.RIGHT: 16, Outcome.WITHDRAWN: 6},
    Kind.REFLECTION: {Outcome.ANSWERED: 1},
}
PAPERS = {
    Handling.ACCEPT: "TB", Handling.DECLINE: "TB", Handling.GUIDE: "HD", Handling.RETURN: "TB",
    Handling.TRANSFER: "PC", Handling.URGE: "CV", Handling.FILE: "PĐX",
}  # fmt: skip
SLIPS = {
    "summary": "Trích yếu ghi chưa đúng nội dung đơn.",
    "phone": "Công dân báo lại số điện thoại.",
    "address": "Ghi nhầm địa chỉ, đối chiếu lại căn cước.",
}


def petition(world: World, agency: Agency, kind: Kind, day: date) -> Story:
    """A petition comes, is examined, and perhaps settled, sent again, corrected, voided."""
    entry = world.entry(agency, kind, day)
    yield world.entered(day)
    found = register(world, entry)
    if world.chance(0.03):
        world.begin(typed_twice(world, entry, day))
    if world.chance(0.05):
        world.begin(corrected(world, found))
    if not entry.anonymous and world.chance(0.10):
        world.begin(sent_again(world, entry, found))
    yield from examined(world, found)


def register(world: World, entry: NewPetition) -> Petition:
    found = register_petition(entry=entry, by=world.staff.of(entry.agency))
    world.past.stamp(found)
    return found


def examined(world: World, found: Petition, *, passed_on: bool = False) -> Story:
    """The examination: mostly in time, at times late, now and then never."""
    wait = world.weighted({(1, 4): 50, (5, 8): 37, (11, 22): 10, (400, 400): 3})
    yield world.moment(max(world.after(found.received_on, *wait), _today()))
    found.refresh_from_db()
    if found.voided_at:
        return
    handling = _handling(world, found, passed_on)
    destination = world.competent(found.field or "other", found.place_id, found.agency)
    result = Result(
        handling=handling,
        handled_on=_today(),
        paper=world.paper(found.agency, PAPERS[Handling(handling)], _today()),
        destination_id=None
        if handling in (Handling.ACCEPT, Handling.DECLINE, Handling.FILE)
        else destination.pk,
    )
    by = world.staff.of(found.agency)
    if handling == Handling.ACCEPT:
        case = accept_petition(
            petition=found, result=result, version=found.version, by=by, is_remote=world.chance(0.12)
        )
        yield from settled(world, case)
        return
    handle_petition(petition=found, result=result, version=found.version, by=by)
    if handling == Handling.TRANSFER and destination.uses_system:
        yield from taken_over(world, found, destination)


def _handling(world: World, found: Petition, passed_on: bool) -> str:
    result = _first_thought(world, found, passed_on)
    # Without a named accused or respondent nothing can be accepted (LKN Đ8.2, LTC Đ23.1).
    named = found.kind == Kind.REFLECTION or found.parties.filter(role=PartyRole.RESPONDENT).exists()
    return result if named or result != Handling.ACCEPT else Handling.FILE


def _first_thought(world: World, found: Petition, passed_on: bool) -> str:
    if found.anonymous:
        return world.weighted({Handling.FILE: 70, Handling.TRANSFER: 30})
    if passed_on or found.instance == 2:
        return world.weighted({Handling.ACCEPT: 85, Handling.FILE: 15})
    shares = dict(RESULTS[Kind(found.kind)])
    # What a deputy, the Front or the press hands on may be passed on further, with word to them (TT 05/2021).
    if found.kind == Kind.COMPLAINT and found.source in (Source.ASSEMBLY, Source.FRONT_PRESS, Source.LEADERS):
        shares[Handling.TRANSFER] = 40
    return world.weighted(shares)


def handed_over(world: World, first: Agency, second: Agency, *, regrets: bool) -> Story:
    """A fresh petition that the first agency passed on; what it takes to void it now can be tried (R32)."""
    day = world.after(world.last_day - timedelta(30), 0, 5)
    entry = world.entry(first, Kind.REFLECTION, day)
    yield world.entered(day)
    found = register(world, entry)
    yield world.moment(world.after(day, 1, 2))
    result = Result(Handling.TRANSFER, _today(), world.paper(first, "PC", _today()), second.pk)
    handle_petition(petition=found, result=result, version=found.version, by=world.staff.of(first))
    yield from taken_over(world, found, second, regrets=regrets)


def crowd(world: World, agency: Agency, people: int) -> Story:
    """A large group that came together a few days ago and waits for its answer."""
    day = world.after(world.last_day - timedelta(8), 0, 2)
    entry = world.entry(agency, Kind.COMPLAINT, day)
    entry.signatories, entry.source, entry.source_body_id, entry.source_paper = (
        people,
        Source.COUNTER,
        None,
        "",
    )
    yield world.moment(day)
    register(world, entry)


def taken_over(world: World, origin: Petition, agency: Agency, *, regrets: bool | None = None) -> Story:
    """The agency to which a petition was transferred registers its own, joined to the first."""
    day = world.after(_today(), 1, 4)
    yield world.moment(day)
    origin.refresh_from_db()
    if origin.voided_at:
        return
    entry = entry_of(origin, _opened(world, origin))
    entry.agency, entry.keeper_id = agency, None
    entry.source, entry.source_body_id = Source.OTHER_AGENCY, origin.agency_id
    entry.source_paper, entry.origin_id = origin.handled_paper, origin.pk
    entry.received_on = day
    entry.handling, entry.handled_on, entry.handled_paper, entry.destination_id = "", None, "", None
    found = register(world, entry)
    if world.chance(0.06) if regrets is None else regrets:
        world.begin(regretted(world, origin))
    yield from examined(world, found, passed_on=True)


def _opened(world: World, origin: Petition) -> dict[str, Any] | None:
    """A sealed name goes along to the agency that is competent; the opening leaves its trace."""
    party = origin.parties.filter(sealed__isnull=False).select_related("sealed").first()
    if party is None or party.sealed is None:
        return None
    reason = "Chuyển thông tin người tố cáo cho cơ quan có thẩm quyền (LTC Đ24)."
    return open_identity(sealed=party.sealed, reason=reason, by=world.staff.of(origin.agency))


def regretted(world: World, origin: Petition) -> Story:
    """The first agency finds that it had typed the petition wrongly; the second must agree to the void (R32)."""
    yield world.moment(world.after(_today(), 1, 6))
    by = world.staff.of(origin.agency)
    reason = "Nhập nhầm đơn của vụ việc khác, đã chuyển văn bản đính chính."
    for request in ask_to_void(petition=origin, reason=reason, by=by):
        world.past.stamp(request)


def settled(world: World, case: Case) -> Story:
    """The settlement's clock runs: in time, extended, suspended for a while, late, or still running."""
    by = world.staff.of(case.agency)
    course = world.weighted({"in time": 56, "extended": 16, "suspended": 14, "late": 8, "stuck": 6})
    if course == "extended" and case.kind != Kind.REFLECTION:
        yield world.moment(case.accepted_on + timedelta(world.random.randint(18, 26)))
        case = extend_case(case=case, by=by, reason="Vụ việc phức tạp, phải xác minh ở nhiều nơi.")
    if course == "suspended":
        yield world.moment(world.after(case.accepted_on, 4, 12))
    # A complaint can be suspended from 01/7/2026 on (LKN Đ11a), a denunciation always (LTC Đ34).
    if course == "suspended" and (rule := rule_of(case)) and ground_for(rule, _today()):
        case = suspend_case(case=case, on=_today(), by=by, reason="Chờ kết quả trưng cầu giám định.")
        yield world.moment(_today() + timedelta(world.random.randint(10, 40)))
        case = resume_case(case=case, on=_today(), by=by, reason="Đã có kết quả giám định.")
    yield world.moment(_end(world, case, course))
    decided = _today()
    case = settle_case(
        case=case,
        outcome=_outcome(world, case),
        settled_on=decided,
        decision_number=world.paper(case.agency, "QĐ" if case.kind == Kind.COMPLAINT else "KL", decided),
        by=by,
    )
    if (
        case.kind == Kind.COMPLAINT
        and case.instance == 1
        and case.outcome == Outcome.WRONG
        and world.chance(0.3)
    ):
        yield from second_instance(world, case)


def _end(world: World, case: Case, course: str) -> date:
    due = case.due_on or case.accepted_on + timedelta(20)
    if course == "stuck":
        return world.last_day + timedelta(400)
    if course == "late":
        return due + timedelta(world.random.randint(3, 50))
    latest = max((due - _today()).days, 1)
    return _today() + timedelta(world.random.randint(min(6, latest), latest))


def _outcome(world: World, case: Case) -> Outcome:
    if case.instance == 2:
        return world.weighted({Outcome.UPHELD: 70, Outcome.CHANGED: 30})
    return world.weighted(OUTCOMES[Kind(case.kind)])


def second_instance(world: World, case: Case) -> Story:
    """The complainant does not agree and goes to the province: a second case of the same matter."""
    first = case.petition
    if first.agency.code == "GLA":
        return
    day = world.after(_today(), 4, 20)
    yield world.entered(day)
    entry = entry_of(first)
    entry.agency, entry.keeper_id, entry.source = (
        world.agencies["GLA"],
        None,
        world.pick((Source.POST, Source.COUNTER)),
    )
    entry.source_body_id, entry.source_paper = None, ""
    entry.received_on, entry.written_on, entry.instance = day, None, 2
    entry.handling, entry.handled_on, entry.handled_paper, entry.destination_id = "", None, "", None
    entry.prior_body_id, entry.prior_note = (
        first.agency_id,
        f"Quyết định giải quyết lần đầu số {case.decision_number}",
    )
    entry.summary = f"Không đồng ý quyết định giải quyết lần đầu. {entry.summary}"
    yield from examined(world, register(world, entry))


def sent_again(world: World, entry: NewPetition, first: Petition) -> Story:
    """The same person writes again, here or elsewhere; mostly somebody notices and joins the two."""
    again = copy.copy(entry)
    again.parties = [copy.copy(party) for party in entry.parties]
    for party in again.parties:
        # As people write it: other capitals, no number this time.
        if party.role == PartyRole.PETITIONER:
            party.name = world.pick((party.name, party.name.upper()))
            party.id_number = world.pick((party.id_number, ""))
    day = world.after(_today(), 3, 18)
    yield world.entered(day)
    again.agency = world.pick((entry.agency, world.receiver()))
    again.source, again.source_body_id, again.source_paper = Source.POST, None, ""
    again.received_on, again.written_on = day, None
    found = register(world, again)
    if world.chance(0.7):
        found = link_matter(petition=found, other=first, by=world.staff.of(again.agency))
        yield world.moment(world.after(day, 1, 4))
        found.refresh_from_db()
        result = Result(Handling.FILE, _today(), world.paper(found.agency, "PĐX", _today()))
        handle_petition(petition=found, result=result, version=found.version, by=world.staff.of(found.agency))


def typed_twice(world: World, entry: NewPetition, day: date) -> Story:
    """One paper entered at two desks; the second entry is voided, and at times the wrong one."""
    double = register(world, copy.copy(entry))
    yield world.moment(world.after(_today(), 1, 2))
    by = world.staff.of(double.agency)
    void_petition(petition=double, reason="Nhập trùng, một đơn nhập hai lần.", by=by)
    if world.chance(0.25):
        yield world.moment(world.after(day, 3, 5))
        restore_petition(petition=double, by=by, reason="Hủy nhầm: hai đơn khác ngày viết.")


def corrected(world: World, found: Petition) -> Story:
    """A slip is mended some days later, with its reason."""
    yield world.moment(world.after(_today(), 2, 6))
    found.refresh_from_db()
    entry = entry_of(found)
    slip = world.pick(tuple(SLIPS))
    writer = next((party for party in entry.petitioners if party.name), None)
    if slip == "summary" or writer is None:
        slip, entry.summary = "summary", f"{entry.summary} (có gửi kèm tài liệu)"[:500]
    elif slip == "phone":
        writer.phone = world.grammar.phone()
    else:
        writer.address = writer.address.replace("thôn ", "làng ").replace("tổ ", "khu phố ")
    correct_petition(
        petition=found,
        entry=entry,
        version=found.version,
        by=world.staff.of(found.agency),
        reason=SLIPS[slip],
    )


def visit(world: World, agency: Agency, day: date) -> Story:
    """Somebody comes to be heard; one in four leaves a petition."""
    place = world.place_of(agency)
    text = world.grammar.visit(place.name, day)
    kind = world.weighted({VisitKind.REGULAR: 76, VisitKind.SCHEDULED: 19, VisitKind.UNSCHEDULED: 5})
    yield world.moment(day)
    row = record_visit(
        visit=NewVisit(
            agency=agency,
            name=text.visitor.name,
            summary=text.summary,
            received_on=day,
            kind=kind,
            delegated=kind != VisitKind.REGULAR and world.chance(0.2),
            # LTCD Đ3a: from 01/7/2026.
            online=day >= date(2026, 7, 1) and world.chance(0.12),
            people_count=text.people_count,
            repeat=world.chance(0.15),
            address=text.visitor.address,
            id_number=text.visitor.id_number,
            phone=text.visitor.phone,
            result=text.result,
            place_id=place.pk,
        ),
        by=world.staff.of(agency),
    )
    world.past.stamp(row)
    if world.chance(0.25):
        entry = world.entry(agency, text.kind, day)
        entry.source, entry.source_body_id, entry.source_paper = Source.COUNTER, None, ""
        entry.anonymous = False
        entry.parties = [
            petitioner(text.visitor, place),
            *(p for p in entry.parties if p.role == PartyRole.RESPONDENT),
        ]
        entry.place_id = place.pk
        yield from examined(world, register(world, entry))


def _today() -> date:
    return timezone.localdate()
