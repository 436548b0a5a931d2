"""Who has a petition in hand: given, taken, listed, handed over."""

from datetime import date

import pytest
from django.test import Client

from kntc.accounts import workload
from kntc.accounts.roles import Role
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.walls import acting_as
from kntc.petitions.actions import assign_petition, take_petition
from kntc.petitions.choices import Handling
from kntc.petitions.models import Petition
from kntc.petitions.workload import PetitionWork
from tests.factories import SYSTEM, Country, entry, handle, make_officer, make_petition
from tests.petitions.browsing import browser as browser_of
from tests.petitions.browsing import page_of


def fresh(petition: Petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


def test_what_is_entered_lies_in_the_hand_of_who_entered_it(country: Country) -> None:
    officer = make_officer(country.commune)
    assert make_petition(country.commune, by=officer).assignee_id == officer.post_id
    assert make_petition(country.commune, by=officer, backfilled=True).assignee_id is None
    assert make_petition(country.commune).assignee_id is None


def test_a_leader_gives_and_the_history_names_both(country: Country) -> None:
    officer, colleague = make_officer(country.commune), make_officer(country.commune)
    leader = make_officer(country.commune, Role.LEADER)
    petition = make_petition(country.commune, by=officer)
    assign_petition(petition=petition, to=colleague.post, by=leader, reason="Chia việc")
    assert fresh(petition).assignee_id == colleague.post_id
    page = browser_of(leader).get(f"/don/{petition.pk}/").content.decode()
    assert "Giao người xử lý" in page
    assert f"<del>{officer.name}</del>" in page
    assert f"<ins>{colleague.name}</ins>" in page
    assert "Lý do: Chia việc" in page


def test_only_to_a_colleague_who_handles_petitions(country: Country) -> None:
    leader = make_officer(country.commune, Role.LEADER)
    petition = make_petition(country.commune)
    for stranger in (make_officer(country.sister), make_officer(country.commune, Role.UNIT_ADMIN)):
        with pytest.raises(InvalidInput, match="Chỉ giao được"):
            assign_petition(petition=petition, to=stranger.post, by=leader)


def test_an_officer_takes_what_nobody_has_and_nothing_else(country: Country) -> None:
    officer, colleague = make_officer(country.commune), make_officer(country.commune)
    petition = make_petition(country.commune)
    take_petition(petition=petition, by=officer)
    assert fresh(petition).assignee_id == officer.post_id
    with pytest.raises(Refused, match="đã giao cho người khác"):
        take_petition(petition=petition, by=colleague)
    with pytest.raises(NotAllowed):
        assign_petition(petition=petition, to=colleague.post, by=officer)


def test_the_screen_offers_the_least_loaded_first(country: Country) -> None:
    busy, idle = make_officer(country.commune), make_officer(country.commune)
    leader = make_officer(country.commune, Role.LEADER)
    for _ in range(2):
        make_petition(country.commune, by=busy)
    petition = make_petition(country.commune)
    browser = browser_of(leader)
    page = browser.get(f"/don/{petition.pk}/giao/").content.decode()
    assert page.index(idle.name) < page.index(busy.name)
    assert "đang giữ 2 đơn, quá hạn 2" in page
    refused = browser.post(f"/don/{petition.pk}/giao/", {"to": "999999"})
    assert refused.status_code == 422
    assert "Hãy chọn người xử lý trong danh sách" in refused.content.decode()
    told = browser.post(f"/don/{petition.pk}/giao/", {"to": idle.post_id}, follow=True).content.decode()
    assert f"cho {idle.name}" in told
    browser.post(f"/don/{petition.pk}/giao/", {"to": "0"})
    assert fresh(petition).assignee_id is None


def test_lists_of_mine_of_nobody_and_of_a_colleague(country: Country) -> None:
    officer, colleague = make_officer(country.commune), make_officer(country.commune)
    mine = make_petition(country.commune, by=officer)
    theirs = make_petition(country.commune, by=colleague)
    done = make_petition(country.commune, by=officer)
    handle(done, Handling.FILE, date(2026, 3, 20))
    nobody_s = make_petition(country.commune)
    asked = {
        "assignee=me&state=open": {mine},
        "assignee=me": {mine, done},
        "assignee=none": {nobody_s},
        f"assignee={colleague.post_id}": {theirs},
    }
    for query, wanted in asked.items():
        page = page_of(officer, query)
        shown = {p for p in (mine, theirs, done, nobody_s) if p.number in page}
        assert shown == wanted, query
    assert f"Người xử lý: {colleague.name}" in page_of(officer, f"assignee={colleague.post_id}")
    assert "Không có người xử lý này" in page_of(officer, "assignee=99999999", status=422)


def test_the_bell_counts_what_was_given(country: Country) -> None:
    officer = make_officer(country.commune)
    make_petition(country.commune, by=officer)
    page = browser_of(officer).get("/don/").content.decode()
    assert "đơn giao cho bạn chưa xong" in page


def test_a_leaver_s_petitions_are_dealt_to_colleagues__R33(country: Country) -> None:
    leaver, first, second = (make_officer(country.commune) for _ in range(3))
    for day in range(1, 8):
        make_petition(country.commune, by=leaver, received_on=date(2026, 3, day))
    handle(make_petition(country.commune, by=leaver), Handling.FILE, date(2026, 3, 20))
    (work,) = workload.of_posts([leaver.post])[leaver.post_id]
    assert (work.key, work.count) == ("petitions", 7)
    assert page_of(leaver, work.url.partition("?")[2]).count('class="list-open"') == 7
    with acting_as(leaver):
        assert workload.hand_over(post=leaver.post, receivers=[first.post, second.post], by=SYSTEM) == {
            "petitions": 7
        }
    counts = PetitionWork().open_of([leaver.post, first.post, second.post])
    assert counts == {first.post_id: 4, second.post_id: 3}


def test_work_goes_to_nobody_outside_the_agency__R33(country: Country) -> None:
    leaver, stranger = make_officer(country.commune), make_officer(country.sister)
    make_petition(country.commune, by=leaver)
    with pytest.raises(InvalidInput):
        workload.hand_over(post=leaver.post, receivers=[stranger.post], by=SYSTEM)


def test_one_page_costs_a_fixed_number_of_statements(
    country: Country, django_assert_max_num_queries: object
) -> None:
    officer = make_officer(country.commune)
    petition = make_petition(country.commune, by=officer)
    browser: Client = browser_of(officer)
    browser.get(f"/don/{petition.pk}/")
    _correct_often(petition, officer)
    # Eight more belong to the frame of a test: its transaction makes both walls savepoints with settings to restore.
    with django_assert_max_num_queries(12 + 8):  # type: ignore[operator]
        assert "Lịch sử" in browser.get(f"/don/{petition.pk}/").content.decode()


def _correct_often(petition: Petition, officer: object) -> None:
    from kntc.petitions.actions import correct_petition

    for turn in range(4):
        now = fresh(petition)
        values = entry(now.agency, content=f"Nội dung sửa lần {turn}", summary=f"Trích yếu {turn}")
        correct_petition(petition=now, entry=values, version=now.version, by=officer)  # type: ignore[arg-type]
