"""The first screen: figures by hand, each as long as the list behind it, no more statements than promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.errors import OutOfReach
from kntc.petitions.actions import void_petition
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.models import Petition
from kntc.reports.dashboard import Choice, Dashboard, choice_of
from kntc.reports.work_filter import work_provider
from kntc.settlement.actions import settle_case, suspend_case
from kntc.settlement.models import Case, Outcome
from tests.factories import SYSTEM, Country, handle, make_agency, make_officer, make_petition
from tests.reports.lists import length

LONG_AGO = date(2026, 2, 2)


def today() -> date:
    """Asked when a test runs: midnight may pass after the file was read."""
    return timezone.localdate()


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.province, Role.LEADER)


def shown(agency: Agency, officer: Officer, year: int = 2026, basis: str = "received") -> Dashboard:
    return Dashboard(Choice(agency, year, basis, today()), officer)


def cards(board: Dashboard) -> dict[str, Any]:
    return {card.label: card.value for card in board.cards}


def some_work(country: Country) -> None:
    """Two in January, four in February; one of them guided late, one accepted and open."""
    for received in (date(2026, 1, 5), date(2026, 1, 31)):
        make_petition(country.commune, received_on=received, kind=Kind.REFLECTION, field_code="environment")
    make_petition(country.sister, received_on=LONG_AGO, field_code="land.recovery")
    late = make_petition(country.sister, received_on=LONG_AGO, field_code="land")
    handle(late, Handling.GUIDE, date(2026, 4, 1), destination_id=country.court.pk)
    accepted = make_petition(country.department, received_on=LONG_AGO)
    handle(accepted, Handling.ACCEPT, date(2026, 2, 9))
    make_petition(country.province, received_on=date(2026, 2, 28), kind=Kind.DENUNCIATION)
    make_petition(country.far_commune, received_on=LONG_AGO)


def test_the_cards_say_what_can_be_counted_by_hand(country: Country, officer: Officer) -> None:
    some_work(country)
    make_petition(country.commune, received_on=date(2025, 3, 1))
    board = shown(country.province, officer)
    assert cards(board) == {
        "Đơn nhận năm 2026": 6,
        "Đang xử lý, giải quyết": 6,
        "Quá hạn theo luật định": 4,
        "Xử lý đơn đúng hạn": "50,0%",
    }
    assert (board.cards[0].trend, board.cards[3].trend) == ("+500,0%", "1 trễ")


def charts(board: Dashboard) -> list[dict[str, Any]]:
    return [board.by_month, board.by_field, board.by_agency, board.timeliness]


def test_every_figure_opens_a_list_as_long_as_it_says(country: Country, officer: Officer) -> None:
    some_work(country)
    board = shown(country.province, officer)
    seen = 0
    for chart in charts(board):
        for part in chart["series"]:
            for value, url in zip(part["values"], part["urls"], strict=True):
                assert length(url, officer) == value, url
                seen += value
    assert seen == 6 + 6 + 6 + 2
    for card in board.cards[:3]:
        assert length(card.url, officer) == card.value, card.label
    assert length(board.cards[3].url, officer) == 1
    assert length(board.before_url, officer) == board.year.before == 0


def test_the_charts_name_kinds_fields_and_agencies(country: Country, officer: Officer) -> None:
    some_work(country)
    board = shown(country.province, officer)
    by_kind = {part["name"]: part["values"][:2] for part in board.by_month["series"]}
    assert by_kind == {"Khiếu nại": [0, 3], "Tố cáo": [0, 1], "Kiến nghị, phản ánh": [2, 0]}
    fields = dict(zip(board.by_field["categories"], board.by_field["series"][0]["values"], strict=True))
    assert fields == {"Tài nguyên, môi trường": 2, "Đất đai": 2, "Chưa phân loại": 2}
    agencies = dict(zip(board.by_agency["categories"], board.by_agency["series"][0]["values"], strict=True))
    assert agencies["Ủy ban nhân dân tỉnh A (trực tiếp)"] == 1
    assert agencies["Ủy ban nhân dân xã An Lương"] == agencies["Ủy ban nhân dân xã Bình Hòa"] == 2


def test_what_is_due_first_stands_first(country: Country, officer: Officer) -> None:
    some_work(country)
    board = shown(country.province, officer)
    days = [due for _, due in board.due]
    assert days == sorted(days, key=lambda day: day or date.max)
    # The law sets no term for a reflection that came by post: those of AAA-1 wait, but not for a day.
    assert [petition.agency.code for petition, _ in board.due] == ["AAA-2", "AAA", "AAA-SXD"]


def test_old_backlog_does_not_hide_what_is_due_soon(country: Country, officer: Officer) -> None:
    for _ in range(10):
        make_petition(country.commune, received_on=LONG_AGO)
    soon = make_petition(country.commune, received_on=today())
    due = [petition.pk for petition, _ in shown(country.province, officer, today().year).due]
    assert (len(due), due[-1]) == (8, soon.pk)


def test_a_settlement_in_time_and_one_that_is_late(country: Country, officer: Officer) -> None:
    for settled_on in (date(2026, 2, 20), date(2026, 9, 1)):
        petition = handle(
            make_petition(country.commune, received_on=LONG_AGO), Handling.ACCEPT, date(2026, 2, 5)
        )
        case = Case.objects.get(petition=petition)
        settle_case(
            case=case, outcome=Outcome.WRONG, settled_on=settled_on, decision_number="1/QĐ-UBND", by=SYSTEM
        )
    board = shown(country.province, officer)
    assert cards(board)["Giải quyết đúng hạn"] == "50,0%"
    assert length(board.settled_in_time_url, officer) == length(board.settled_late_url, officer) == 1
    assert board.work.open == 0


def test_a_suspended_case_is_not_late(country: Country, officer: Officer) -> None:
    received = date(2026, 7, 2)  # LKN Đ11a is in force from 01/7/2026
    petition = handle(make_petition(country.commune, received_on=received), Handling.ACCEPT, date(2026, 7, 6))
    assert shown(country.province, officer).work.overdue == 1
    case = Case.objects.get(petition=petition)
    suspend_case(case=case, on=date(2026, 7, 10), reason="chờ kết quả giám định", by=SYSTEM)
    board = shown(country.province, officer)
    assert (board.work.overdue, board.work.open) == (0, 1)
    assert length(board.cards[2].url, officer) == 0


def test_late_since_this_week_and_new_this_week_are_told(country: Country, officer: Officer) -> None:
    make_petition(country.commune, received_on=today() - timedelta(days=2))
    make_petition(country.commune, received_on=LONG_AGO)
    board = shown(country.province, officer, year=today().year)
    Petition.objects.filter(received_on=LONG_AGO).update(due_on=today() - timedelta(days=1))
    again = shown(country.province, officer, year=today().year)
    assert (board.work.fresh, board.work.lately, again.work.lately) == (1, 0, 1)
    assert (board.cards[1].trend, again.cards[2].trend) == ("1 mới", "1 mới")


def test_work_of_a_closed_agency_waits_at_its_successor(country: Country, officer: Officer) -> None:
    """Volume stays with the agency of that day, work goes to the one that answers today."""
    closed = make_agency("OLD", country.root, name="Ủy ban nhân dân huyện Cũ", valid_to=date(2025, 6, 30))
    make_petition(closed, received_on=date(2025, 6, 1), keeper_id=country.commune.pk)
    board = shown(Agency.objects.get(code="AAA"), officer, year=2025)
    assert (board.year.total, board.work.open) == (0, 1)
    assert length(board.cards[1].url, officer) == 1


def test_the_year_may_be_counted_by_the_day_of_entry__R19(country: Country, officer: Officer) -> None:
    make_petition(country.commune, received_on=date(2019, 1, 3), backfilled=True)
    year = today().year
    by_entry, by_receipt = (
        shown(country.province, officer, year, basis) for basis in ("entered", "received")
    )
    assert (by_entry.year.total, by_receipt.year.total) == (1, 0)
    assert length(by_entry.cards[0].url, officer) == 1


def test_a_void_leaves_every_figure__R31(country: Country, officer: Officer) -> None:
    petition = make_petition(country.commune, received_on=LONG_AGO)
    void_petition(petition=petition, reason="nhập trùng", by=SYSTEM)
    board = shown(country.province, officer)
    assert board.is_empty
    assert board.due == []


def test_an_officer_of_another_province_sees_nothing_of_it(country: Country) -> None:
    some_work(country)
    stranger = make_officer(country.elsewhere)
    assert cards(shown(country.province, stranger))["Đơn nhận năm 2026"] == 0
    with pytest.raises(OutOfReach):
        choice_of({"co_quan": "AAA"}, stranger)
    assert work_provider(QueryDict("muc=qua-han&cua=AAA"), stranger) is None


@pytest.mark.parametrize("query", ["muc=khac&cua=AAA", "muc=qua-han", "muc=qua-han&cua=KHONG"])
def test_a_list_of_work_that_does_not_exist_is_not_guessed(
    country: Country, officer: Officer, query: str
) -> None:
    assert work_provider(QueryDict(query), officer) is None


@pytest.mark.parametrize(
    "values", [{}, {"nam": "xx", "theo": "?"}, {"nam": "1900"}, {"nam": "²²²²"}, {"nam": "2999"}]
)
def test_what_is_no_year_or_basis_falls_back_to_this_year(officer: Officer, values: dict[str, str]) -> None:
    choice = choice_of(values, officer)
    assert (choice.agency, choice.year, choice.basis) == (officer.agency, today().year, "received")


def test_a_past_year_ends_with_december(officer: Officer) -> None:
    assert choice_of({"nam": "2025"}, officer).end == date(2025, 12, 31)


def test_the_dashboard_takes_five_statements(country: Country, officer: Officer) -> None:
    for _ in range(2):
        some_work(country)
        with CaptureQueriesContext(connection) as seen:
            board = shown(country.province, officer)
            charts(board), board.due, board.cards
        assert len(seen) == 5
