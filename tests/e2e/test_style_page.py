"""Every component of the shell, at both sizes: no fault that axe finds, no word from the console."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import make_agency, make_officer


@pytest.fixture
def officer(transactional_db: None) -> Officer:
    return make_officer(
        make_agency("AAA-1", name="Ủy ban nhân dân xã An Lương"), title="Công chức tiếp công dân"
    )


@pytest.fixture
def style_page(live_server: LiveServer, settings: Settings) -> str:
    settings.ROOT_URLCONF = "tests.e2e.style_urls"
    return f"{live_server.url}/phong-cach/"


def test_every_component_is_accessible_and_fits(
    any_page: Page, style_page: str, officer: Officer, live_server: LiveServer
) -> None:
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(style_page)
    expect(any_page.locator("[data-chart] svg")).to_have_count(2)
    fits(any_page)
    axe(any_page)
    for summary in any_page.locator("summary").all():
        summary.click()
    any_page.get_by_role("button", name="Mở hộp thoại").click()
    axe(any_page)


def test_the_keyboard_reaches_search_dates_and_the_dialog(
    page: Page, style_page: str, officer: Officer, live_server: LiveServer
) -> None:
    sign_in(page, officer.account, live_server.url)
    page.goto(style_page)
    page.get_by_label("Từ ngày").fill("050226")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Từ ngày")).to_have_value("05/02/2026")
    page.get_by_label("Từ ngày").press("ArrowDown")
    expect(page.get_by_label("Từ ngày")).to_have_value("04/02/2026")
    page.get_by_label("Từ ngày").fill("31/02/2018")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Từ ngày")).to_have_value("31/02/2018")
    page.get_by_role("button", name="Mở hộp thoại").press("Enter")
    expect(page.get_by_role("dialog", name="Hủy đơn nhập sai")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Hủy đơn nhập sai")).to_be_hidden()


def test_a_bar_of_a_chart_opens_its_list(
    page: Page, style_page: str, officer: Officer, live_server: LiveServer
) -> None:
    sign_in(page, officer.account, live_server.url)
    page.goto(style_page)
    chart = page.locator("[data-chart='don-theo-thang']")
    chart.locator("svg").wait_for()
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 95, box["y"] + box["height"] - 45)
    page.wait_for_url("**loai=blue&thang=1")
