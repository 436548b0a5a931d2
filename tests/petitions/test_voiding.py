"""Voiding and restoring: nothing is lost, nobody's work is pulled away from under him."""

import pytest

from kntc.accounts.roles import Role
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.walls import acting_as
from kntc.petitions.actions import (
    ActedOnElsewhere,
    NeedsSecondPair,
    answer_void_request,
    ask_to_void,
    restore_petition,
    void_petition,
)
from kntc.petitions.models import Petition, VoidRequest
from kntc.petitions.voids import waiting_for
from kntc.settlement.models import Case
from tests.factories import Country, date, handle, make_officer, make_petition
from tests.petitions.browsing import browser


def _row(petition: Petition) -> dict[str, object]:
    return {k: v for k, v in Petition.objects.filter(pk=petition.pk).values()[0].items() if k != "version"}


def test_void_and_restore_give_back_the_exact_state__R31(country: Country) -> None:
    by = make_officer(country.commune)
    petition = handle(make_petition(country.commune, by), "accept", date(2026, 3, 12))
    before = _row(petition)
    void_petition(petition=petition, reason="nhập trùng", by=by)
    assert not Petition.objects.live().exists()
    assert Petition.objects.voided().count() == 1
    assert not Case.objects.filter(voided_at=None).exists()
    restore_petition(petition=petition, by=by)
    assert _row(petition) == before
    assert Case.objects.filter(voided_at=None).count() == 1


def test_a_reason_is_demanded(country: Country) -> None:
    with pytest.raises(InvalidInput):
        void_petition(petition=make_petition(country.commune), reason="  ", by=make_officer(country.commune))


def test_voiding_twice_is_refused_in_plain_words(country: Country) -> None:
    by = make_officer(country.commune)
    petition = make_petition(country.commune, by)
    void_petition(petition=petition, reason="nhập trùng", by=by)
    with pytest.raises(Refused, match="đã bị hủy lúc"):
        void_petition(petition=petition, reason="nhập trùng", by=by)


def test_another_agency_may_not_void(country: Country) -> None:
    with pytest.raises(NotAllowed):
        void_petition(petition=make_petition(country.commune), reason="x", by=make_officer(country.sister))


@pytest.fixture
def transferred(country: Country) -> Petition:
    """A petition of the commune that the department took over."""
    petition = handle(
        make_petition(country.commune), "transfer", date(2026, 3, 12), destination_id=country.department.pk
    )
    make_petition(country.department, origin_id=petition.pk, matter_id=petition.matter_id)
    return petition


def test_what_another_agency_built_on_waits_for_its_yes__R32(country: Country, transferred: Petition) -> None:
    clerk, engineer = make_officer(country.commune), make_officer(country.department)
    with acting_as(clerk):
        with pytest.raises(ActedOnElsewhere, match="Sở Xây dựng"):
            void_petition(petition=transferred, reason="nhập sai", by=clerk)
        ask_to_void(petition=transferred, reason="nhập sai", by=clerk)
    with acting_as(engineer):
        (request,) = VoidRequest.objects.filter(asked=country.department)
        answer_void_request(request=request, agree=True, answer="", by=engineer)
    assert Petition.objects.get(pk=transferred.pk).is_void


def test_its_no_leaves_the_petition_where_it_is__R32(country: Country, transferred: Petition) -> None:
    clerk, engineer = make_officer(country.commune), make_officer(country.department)
    (request,) = ask_to_void(petition=transferred, reason="nhập sai", by=clerk)
    with acting_as(engineer):
        with pytest.raises(InvalidInput):
            answer_void_request(request=request, agree=False, answer="", by=engineer)
        answer_void_request(request=request, agree=False, answer="đang xác minh", by=engineer)
        with pytest.raises(Refused):
            answer_void_request(request=request, agree=True, answer="", by=engineer)
    assert not Petition.objects.get(pk=transferred.pk).is_void


def test_only_the_agency_asked_answers(country: Country, transferred: Petition) -> None:
    (request,) = ask_to_void(petition=transferred, reason="nhập sai", by=make_officer(country.commune))
    with pytest.raises(NotAllowed):
        answer_void_request(request=request, agree=True, answer="", by=make_officer(country.sister))


def test_an_accepted_entry_needs_a_second_pair_of_eyes__R32(country: Country) -> None:
    clerk, leader = make_officer(country.commune), make_officer(country.commune, Role.LEADER)
    petition = handle(make_petition(country.commune, clerk), "accept", date(2026, 3, 12))
    with acting_as(clerk):
        with pytest.raises(NeedsSecondPair, match="người thứ hai"):
            void_petition(petition=petition, reason="nhập trùng", by=clerk)
        (request,) = ask_to_void(petition=petition, reason="nhập trùng", by=clerk)
        assert list(waiting_for(clerk)) == []
        with pytest.raises(NotAllowed, match="do chính bạn gửi"):
            answer_void_request(request=request, agree=True, answer="", by=clerk)
    assert not Petition.objects.get(pk=petition.pk).is_void
    with acting_as(leader):
        assert list(waiting_for(leader)) == [request]
        answer_void_request(request=request, agree=True, answer="", by=leader)
    assert Petition.objects.get(pk=petition.pk).is_void
    assert not Case.objects.filter(voided_at=None).exists()


def test_an_administrator_is_no_second_pair_of_eyes__R32(country: Country) -> None:
    """Who may not void cannot agree: an agency with one who may is not held up for ever."""
    clerk = make_officer(country.commune)
    make_officer(country.commune, Role.UNIT_ADMIN)
    petition = handle(make_petition(country.commune, clerk), "accept", date(2026, 3, 12))
    void_petition(petition=petition, reason="nhập trùng", by=clerk)
    assert Petition.objects.get(pk=petition.pk).is_void


def test_the_screens_of_the_second_pair_of_eyes__R32(country: Country) -> None:
    clerk, leader = make_officer(country.commune), make_officer(country.commune, Role.LEADER)
    petition = handle(make_petition(country.commune, clerk), "accept", date(2026, 3, 12))
    address = f"/don/{petition.pk}/huy/"
    shown = browser(clerk).get(address).content.decode()
    assert "Đơn đã thụ lý: cần người thứ hai" in shown
    assert "Gửi đề nghị hủy" in shown
    browser(clerk).post(address, {"reason": "nhập trùng"})
    assert "bạn là người thứ hai" not in browser(clerk).get("/don/de-nghi-huy/").content.decode()
    assert "bạn là người thứ hai" in browser(leader).get("/don/de-nghi-huy/").content.decode()
    (request,) = VoidRequest.objects.all()
    browser(leader).post(f"/don/de-nghi-huy/{request.pk}/", {"answer": "agree"})
    assert Petition.objects.get(pk=petition.pk).is_void
