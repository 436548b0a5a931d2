"""Signing in, and that nothing typed is lost to an ended session or a cut line."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in, sign_out
from tests.factories import PASSWORD, make_agency, make_officer


@pytest.fixture
def officer(transactional_db: None) -> Officer:
    return make_officer(
        make_agency("AAA-1", name="Ủy ban nhân dân xã An Lương"), title="Công chức tiếp công dân"
    )


def test_signing_in_by_keyboard_leads_back_to_the_page_and_out_again(
    any_page: Page, live_server: LiveServer, officer: Officer
) -> None:
    page = any_page
    page.goto(f"{live_server.url}/vi-tri-cong-tac/")
    fits(page)
    axe(page)
    page.keyboard.type(officer.account.login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chọn vị trí công tác")).to_be_visible()
    fits(page)
    axe(page)
    page.goto(f"{live_server.url}/doi-mat-khau/")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_an_ended_session_keeps_what_was_typed_and_goes_on_after_signing_in(
    page: Page, live_server: LiveServer, officer: Officer
) -> None:
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/doi-mat-khau/")
    fields = page.locator("main input[type=password]")
    for field, text in zip(
        fields.all(), ("mật khẩu sai", "mot-mat-khau-moi-dai", "mot-mat-khau-moi-dai"), strict=True
    ):
        field.fill(text)
    sign_out(page)
    page.get_by_role("main").get_by_role("button", name="Đổi mật khẩu").click()
    dialog = page.get_by_role("dialog", name="Phiên làm việc đã hết")
    expect(dialog).to_be_visible()
    axe(page)
    sign_in(page, officer.account, live_server.url)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_hidden()
    expect(fields.last).to_have_value("mot-mat-khau-moi-dai")
    page.get_by_role("main").get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu đang dùng không đúng")


def test_a_form_is_not_sent_in_the_name_of_another_post(
    page: Page, live_server: LiveServer, officer: Officer
) -> None:
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/doi-mat-khau/")
    page.locator("main input[type=password]").first.fill("dang gõ dở")
    sign_in(page, make_officer(officer.agency).account, live_server.url)
    page.get_by_role("main").get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("vị trí công tác khác")
    expect(page.locator("main input[type=password]").first).to_have_value("dang gõ dở")


def test_a_cut_line_keeps_the_form_and_says_so(
    page: Page, live_server: LiveServer, officer: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("ERR_INTERNET_DISCONNECTED",)
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/doi-mat-khau/")
    page.locator("main input[type=password]").first.fill("dang gõ dở")
    page.context.set_offline(True)
    page.get_by_role("main").get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_text("vẫn còn trên máy này").first).to_be_visible()
    expect(page.locator("main input[type=password]").first).to_have_value("dang gõ dở")
    page.context.set_offline(False)


def test_an_unknown_address_says_what_to_do(
    any_page: Page, live_server: LiveServer, officer: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("404",)
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(f"{live_server.url}/khong-co-trang-nay/")
    expect(any_page.get_by_role("heading", name="Không tìm thấy trang")).to_be_visible()
    fits(any_page)
    axe(any_page)
