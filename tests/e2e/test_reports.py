"""Reports in a real browser: no fault that axe finds, nothing wider than a phone, usable from the keyboard."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.petitions.choices import Handling, Kind
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, handle, make_country, make_officer, make_petition
from tests.reports.tables import write
from tests.reports.test_table_numbers import hand_made

TABLE = "/bao-cao/02-xld/?co_quan=AAA&tu=15/12/2025&den=14/03/2026"


@pytest.fixture
def country(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.province, Role.OFFICER)


def test_the_table_is_accessible_and_scrolls_in_its_own_box(
    any_page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    write(hand_made(country))
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(f"{live_server.url}{TABLE}")
    expect(any_page.get_by_role("heading", name="TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN")).to_be_visible()
    fits(any_page)
    axe(any_page)
    box = any_page.get_by_role("region", name="TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN").last
    box.focus()
    for _ in range(5):
        any_page.keyboard.press("ArrowRight")
        any_page.wait_for_timeout(100)
    assert box.evaluate("box => box.scrollLeft") > 0
    first = any_page.get_by_role("rowheader", name="Ủy ban nhân dân xã An Lương")
    assert first.bounding_box()["x"] >= box.bounding_box()["x"] - 1  # type: ignore[index]


def test_a_number_opens_its_petitions(
    page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    write(hand_made(country))
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}{TABLE}")
    page.get_by_role("row", name="Tổng số").get_by_role("link", name="6", exact=True).press("Enter")
    expect(page.get_by_text("Biểu 02/XLD, cột 6 (Khiếu nại, tổng số đơn)")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(6)


def test_agency_and_period_are_chosen_from_the_keyboard(
    page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    write(hand_made(country))
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/bao-cao/02-xld/")
    page.get_by_role("combobox", name="Cơ quan").fill("an luong")
    expect(page.get_by_role("option", name="Ủy ban nhân dân xã An Lương")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_label("Từ ngày").fill("151225")
    page.get_by_label("Đến ngày").fill("140326")
    page.get_by_label("Đến ngày").press("Enter")
    expect(page.get_by_text("đến ngày 14/03/2026 (Quý I năm 2026)")).to_be_visible()
    expect(page.get_by_role("row", name="Tổng số").get_by_role("cell").first).to_have_text("6")
    page.get_by_role("link", name="Quý II", exact=True).click()
    expect(page.get_by_text("(Quý II năm 2026)")).to_be_visible()


def test_the_first_screen_is_accessible_with_its_charts(
    any_page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    for kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        make_petition(country.commune, kind=kind, received_on=date(2026, 1, 20), field_code="land.recovery")
    late = make_petition(country.province, received_on=date(2026, 1, 20))
    handle(late, Handling.GUIDE, date(2026, 4, 1), destination_id=country.court.pk)
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(f"{live_server.url}/?nam=2026")
    expect(any_page.locator("[data-chart] svg")).to_have_count(4)
    fits(any_page)
    axe(any_page)
    for summary in any_page.locator("main summary").all():
        summary.click()
    fits(any_page)
    axe(any_page)


@pytest.mark.parametrize("path", ["/", "/bao-cao/", "/bao-cao/02-xld/", "/bao-cao/02-xld/?tu=31/02/2026"])
def test_pages_without_figures_say_what_to_do(
    any_page: Page, live_server: LiveServer, officer: Officer, path: str, complaints: Complaints
) -> None:
    complaints.expected = ("422",)
    sign_in(any_page, officer.account, live_server.url)
    answer = any_page.goto(f"{live_server.url}{path}")
    assert answer is not None
    assert answer.status == (422 if "31/02" in path else 200)
    fits(any_page)
    axe(any_page)
