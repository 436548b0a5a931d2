"""A case: its clock, its extensions and suspensions, its end."""

from datetime import date

import pytest

from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.petitions.actions import correct_petition, entry_of
from kntc.petitions.choices import Kind, State
from kntc.petitions.models import Petition
from kntc.settlement.actions import extend_case, resume_case, settle_case, suspend_case
from kntc.settlement.models import Case, Outcome, Status
from tests.factories import SYSTEM, Country, handle, make_officer, make_petition


def accepted(country: Country, kind: str = Kind.COMPLAINT, on: date = date(2026, 3, 12)) -> Case:
    petition = make_petition(country.commune, kind=kind, received_on=date(2026, 3, 10))
    handle(petition, "accept", on)
    return Case.objects.get(petition=petition)


def test_acceptance_starts_the_clock(country: Country) -> None:
    # 30 days from 12/3/2026 end on Saturday 11/4: the next working day (LKN Đ28; BLDS 2015 Đ148.5).
    assert accepted(country).due_on == date(2026, 4, 13)
    assert Petition.objects.get().state == State.SETTLING


def test_a_reflection_has_no_term_of_law(country: Country) -> None:
    assert accepted(country, Kind.REFLECTION).due_on is None


def test_a_denunciation_is_extended_twice_and_no_more(country: Country) -> None:
    case = accepted(country, Kind.DENUNCIATION)
    case = extend_case(case=case, by=SYSTEM, reason="phức tạp")
    assert case.due_on == date(2026, 5, 11)
    case = extend_case(case=case, by=SYSTEM, reason="đặc biệt phức tạp")
    with pytest.raises(Refused, match="tối đa 2 lần"):
        extend_case(case=case, by=SYSTEM, reason="thêm")


def test_a_complaint_is_extended_as_complex_once(country: Country) -> None:
    case = extend_case(case=accepted(country), by=SYSTEM, reason="phức tạp")
    assert (case.is_complex, case.due_on) == (True, date(2026, 4, 28))
    # 45 days end on Sunday 26/4, Giỗ Tổ; the 27th is the day off instead of it (BLLĐ 2019 Đ111.3).
    with pytest.raises(Refused):
        extend_case(case=case, by=SYSTEM, reason="thêm")


def test_suspended_days_do_not_count(country: Country) -> None:
    case = accepted(country, on=date(2026, 7, 1))
    case = suspend_case(case=case, on=date(2026, 7, 10), by=SYSTEM, reason="chờ kết quả giám định")
    case = resume_case(case=case, on=date(2026, 7, 20), by=SYSTEM)
    assert case.status == Status.OPEN
    assert case.due_on == date(2026, 8, 10)  # 31/7 and ten days


def test_a_complaint_could_not_be_suspended_before_the_law_said_so(country: Country) -> None:
    # Suspension of a complaint came with L136 on 01/7/2026.
    with pytest.raises(Refused, match="căn cứ pháp luật"):
        suspend_case(case=accepted(country), on=date(2026, 4, 1), by=SYSTEM, reason="chờ")


def test_settling_ends_the_matter(country: Country) -> None:
    case = settle_case(
        case=accepted(country),
        outcome=Outcome.RIGHT,
        settled_on=date(2026, 4, 1),
        decision_number="12/QĐ-UBND",
        by=SYSTEM,
    )
    assert case.status == Status.SETTLED
    assert Petition.objects.get().state == State.SETTLED
    with pytest.raises(Refused):
        extend_case(case=case, by=SYSTEM, reason="x")


def test_a_decision_before_acceptance_is_caught__R42(country: Country) -> None:
    with pytest.raises(InvalidInput):
        settle_case(
            case=accepted(country),
            outcome=Outcome.RIGHT,
            settled_on=date(2026, 3, 1),
            decision_number="",
            by=SYSTEM,
        )


def test_another_agency_may_not_settle(country: Country) -> None:
    with pytest.raises(NotAllowed):
        extend_case(case=accepted(country), by=make_officer(country.sister), reason="x")


def test_a_corrected_day_of_acceptance_moves_the_clock(country: Country) -> None:
    case = accepted(country)
    petition = Petition.objects.get()
    entry = entry_of(petition)
    entry.handled_on = date(2026, 3, 16)
    correct_petition(petition=petition, entry=entry, version=petition.version, by=SYSTEM, reason="nhầm ngày")
    case.refresh_from_db()
    assert (case.accepted_on, case.due_on) == (date(2026, 3, 16), date(2026, 4, 15))


def test_a_result_corrected_into_acceptance_opens_the_case_and_back_again(country: Country) -> None:
    petition = handle(make_petition(country.commune), "file", date(2026, 3, 12))
    for handling, cases in (("accept", 1), ("file", 0)):
        entry = entry_of(petition)
        entry.handling = handling
        petition = correct_petition(
            petition=petition, entry=entry, version=petition.version, by=SYSTEM, reason="nhầm hướng xử lý"
        )
        assert Case.objects.filter(voided_at=None).count() == cases
