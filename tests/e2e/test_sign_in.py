"""Second factors with a real browser's keys, the locked screen that keeps what was typed, one's own account."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import activation
from kntc.petitions.choices import Kind
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import PASSWORD, make_agency, make_officer, make_petition


@pytest.fixture
def officer(transactional_db: None) -> Officer:
    return make_officer(make_agency("AAA-1", name="Ủy ban nhân dân xã An Lương"), title="Công chức tiếp dân")


def with_virtual_key(page: Page) -> None:
    """A key that answers as soon as it is asked, as the browser's developer tools lend one."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )


def fill_sign_in(page: Page, url: str, login: str) -> None:
    page.goto(f"{url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_a_passkey_is_made_and_opens_the_second_step_the_screen_and_the_proof(
    page: Page, live_server: LiveServer, officer: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("403", "422")
    with_virtual_key(page)
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan-cua-toi/bao-mat/")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên để nhận ra khóa này").fill("Máy phòng tiếp dân")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_role("heading", name="Mã khôi phục")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Tôi đã cất các mã này").click()
    expect(page.get_by_text("Máy phòng tiếp dân")).to_be_visible()

    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("button", name="Đăng xuất").click()
    fill_sign_in(page, live_server.url, officer.account.login)
    expect(page.get_by_role("heading", name="Bước xác thực thứ hai")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_role("button", name="Tài khoản:")).to_be_visible()

    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("button", name="Khóa màn hình").click()
    cover = page.get_by_role("dialog", name="Màn hình đã khóa")
    expect(cover).to_be_visible()
    cover.get_by_role("button", name="Khóa truy cập").click()
    expect(cover).to_be_hidden()
    page.goto(f"{live_server.url}/tai-khoan-cua-toi/")
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_the_codes_of_a_telephone_are_set_up_by_its_picture(
    any_page: Page, live_server: LiveServer, officer: Officer
) -> None:
    page = any_page
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan-cua-toi/bao-mat/ma-xac-thuc/")
    picture = page.get_by_role("img", name="Mã QR")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0"), (
        "the policy lets it be drawn"
    )
    axe(page)
    fits(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Mã sáu chữ số").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Xong").click()
    expect(page.get_by_role("heading", name="Mã khôi phục")).to_be_visible()
    expect(page.locator(".recovery-codes li")).to_have_count(10)


def test_after_a_while_the_screen_is_covered_and_what_was_typed_is_still_there(
    page: Page, live_server: LiveServer, officer: Officer, settings: LazySettings, complaints: Complaints
) -> None:
    complaints.expected = ("422", "423")
    settings.IDLE_SECONDS = 6
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/don/moi/")
    words = page.get_by_label("Nội dung tóm tắt").or_(page.locator("textarea")).first
    words.fill("Khiếu nại việc đền bù ở thôn 3")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/tai-khoan-cua-toi/")
    other.get_by_label("Điện thoại").fill("0912345678")

    expect(other.get_by_role("alertdialog", name="Sắp khóa màn hình")).to_be_visible()
    axe(other)
    for tab in (page, other):
        expect(tab.get_by_role("dialog", name="Màn hình đã khóa")).to_be_visible()
        assert not tab.get_by_role("main").is_visible(), "nothing of the page is seen"
    axe(other)
    other.keyboard.press("Escape")
    other.keyboard.press("Escape")
    cover = other.get_by_role("dialog", name="Màn hình đã khóa")
    expect(cover).to_be_visible()
    (session,) = Session.objects.all()
    assert session.get_decoded()["locked"] is True, "the server has locked it too"
    third = page.context.new_page()
    third.goto(f"{live_server.url}/don/")
    expect(third.get_by_role("heading", name="Màn hình đã khóa")).to_be_visible()
    axe(third)
    third.close()

    settings.IDLE_SECONDS = 900
    cover.get_by_label("Mật khẩu của").fill("mật khẩu sai")
    cover.get_by_role("button", name="Mở khóa").click()
    expect(cover.get_by_text("Chưa đúng")).to_be_visible()
    cover.get_by_label("Mật khẩu của").fill(PASSWORD)
    cover.get_by_role("button", name="Mở khóa").click()
    expect(cover).to_be_hidden()
    expect(page.get_by_role("dialog", name="Màn hình đã khóa")).to_be_hidden()
    expect(words).to_have_value("Khiếu nại việc đền bù ở thôn 3")
    other.get_by_role("button", name="Lưu").click()
    expect(other.get_by_text("Đã lưu thư điện tử và điện thoại.")).to_be_visible()
    assert Account.objects.get().phone == "0912345678"


def test_a_form_sent_after_the_server_locked_waits_for_the_password_and_goes_on(
    page: Page, live_server: LiveServer, officer: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("422", "423")
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan-cua-toi/")
    page.get_by_label("Điện thoại").fill("0912345678")
    lock_on_the_server()
    page.get_by_role("button", name="Lưu").click()
    cover = page.get_by_role("dialog", name="Màn hình đã khóa")
    cover.get_by_label("Mật khẩu của").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(cover).to_be_hidden()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu thư điện tử và điện thoại.")).to_be_visible()


def lock_on_the_server() -> None:
    """As after a quarter of an hour in which the machine slept."""
    change_session(locked=True)


def change_session(**values: object) -> None:
    (row,) = Session.objects.all()
    store = Session.get_session_store_class()(row.session_key)
    store.update(values)
    store.save()


def test_the_vault_asks_who_is_there_and_then_opens(
    page: Page, live_server: LiveServer, officer: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("403", "422")
    sealed = make_petition(officer.agency, officer, kind=Kind.DENUNCIATION, name="Lê Thị Kín")
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/don/{sealed.pk}/")
    change_session(proved=0)
    page.get_by_label("Lý do mở").fill("làm việc với người tố cáo")
    page.get_by_role("button", name="Mở, có ghi nhật ký").click()
    expect(page.get_by_role("heading", name="Xác nhận lại là bạn")).to_be_visible()
    assert not page.get_by_text("Lê Thị Kín").is_visible()
    axe(page)
    page.locator("#proof-password").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_text("Lê Thị Kín").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    ["/tai-khoan-cua-toi/", "/tai-khoan-cua-toi/bao-mat/", "/tai-khoan-cua-toi/bao-mat/khoa-truy-cap/", "/mo-khoa/",
     "/xac-nhan/", "/doi-mat-khau/", "/khong-co-trang-nay/"],
)  # fmt: skip
def test_the_own_pages_have_no_fault(
    any_page: Page, live_server: LiveServer, officer: Officer, path: str, complaints: Complaints
) -> None:
    complaints.expected = ("404",)
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(live_server.url + path)
    axe(any_page)
    fits(any_page)


def test_activation_by_a_slip(any_page: Page, live_server: LiveServer, officer: Officer) -> None:
    code = activation.new_code(officer.account)
    any_page.goto(f"{live_server.url}/dang-nhap/")
    any_page.get_by_role("link", name="Có mã kích hoạt").click()
    axe(any_page)
    fits(any_page)
    any_page.get_by_label("Tên đăng nhập").fill(officer.account.login)
    any_page.get_by_label("Mã kích hoạt").fill(code)
    any_page.locator("#id_password").fill("con mèo trèo cây cau")
    any_page.locator("#id_again").fill("con mèo trèo cây cau")
    any_page.get_by_role("button", name="Kích hoạt và đăng nhập").click()
    expect(any_page.get_by_role("button", name="Tài khoản:")).to_be_visible()
