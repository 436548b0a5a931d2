"""A wrong entry mended, voided and brought back, a denouncer's name opened: as an officer does it."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.models import Entry
from kntc.petitions.choices import Kind
from kntc.petitions.models import Petition
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, make_country, make_officer, make_petition


@pytest.fixture
def country(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune, title="Công chức tiếp công dân")


def test_what_was_and_what_is_stand_side_by_side_after_a_correction__R29_R56(
    any_page: Page, live_server: LiveServer, country: Country, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("422",)
    page = any_page
    petition = make_petition(country.commune, make_officer(country.commune))
    sign_in(page, clerk.account, live_server.url)
    page.goto(f"{live_server.url}/don/{petition.pk}/")
    page.get_by_role("link", name="Sửa", exact=True).click()
    fits(page)
    axe(page)
    page.get_by_label("Ngày nhận đơn").fill("5.3.26")
    page.get_by_label("Nội dung đơn").fill("Khiếu nại giá bồi thường")
    page.get_by_role("button", name="Lưu bản sửa").click()
    expect(page.get_by_role("alert").filter(has_text="Hãy ghi lý do sửa")).to_be_focused()
    expect(page.get_by_label("Ngày nhận đơn")).to_have_value("05/03/2026")
    page.get_by_label("Lý do", exact=True).fill("ghi sai theo dấu bưu điện")
    page.get_by_role("button", name="Lưu bản sửa").click()
    expect(page.get_by_text("Đã sửa đơn")).to_be_visible()
    history = page.locator("#lich-su")
    expect(history).to_contain_text("ghi sai theo dấu bưu điện")
    expect(history.locator("del").filter(has_text="10/03/2026")).to_be_visible()
    expect(history.locator("ins").filter(has_text="05/03/2026")).to_be_visible()
    expect(history.locator("ins").filter(has_text="Khiếu nại giá bồi thường")).to_be_visible()
    fits(page)
    axe(page)


def test_the_second_to_save_sees_what_changed_and_keeps_his_words(
    page: Page, live_server: LiveServer, country: Country, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("409",)
    petition = make_petition(country.commune, clerk)
    sign_in(page, clerk.account, live_server.url)
    page.goto(f"{live_server.url}/don/{petition.pk}/sua/")
    with page.context.expect_page() as other:
        page.evaluate("window.open(location.href)")
    other.value.get_by_label("Nội dung đơn").fill("Bản của người thứ nhất")
    other.value.get_by_role("button", name="Lưu bản sửa").click()
    expect(other.value.get_by_text("Đã sửa đơn")).to_be_visible()
    page.get_by_label("Nội dung đơn").fill("Bản của người thứ hai")
    page.get_by_role("button", name="Lưu bản sửa").click()
    told = page.get_by_role("alert").filter(has_text="vừa được sửa sau khi bạn mở")
    expect(told).to_be_focused()
    expect(told.locator("ins").filter(has_text="Bản của người thứ nhất")).to_be_visible()
    expect(page.get_by_label("Nội dung đơn")).to_have_value("Bản của người thứ hai")
    axe(page)
    page.get_by_role("button", name="Lưu bản sửa").click()
    expect(page.get_by_text("Đã sửa đơn")).to_be_visible()
    assert Petition.objects.get().text.summary == "Bản của người thứ hai"


def test_a_void_shows_what_it_changes_and_is_taken_back__R31_R32(
    any_page: Page, live_server: LiveServer, country: Country, clerk: Officer
) -> None:
    page = any_page
    petition = make_petition(country.commune, clerk)
    sign_in(page, clerk.account, live_server.url)
    page.goto(f"{live_server.url}/don/{petition.pk}/")
    page.get_by_role("link", name="Hủy đơn nhập sai").click()
    changes = page.locator(".effects")
    expect(changes).to_contain_text("02/XLD")
    expect(changes).to_contain_text("1 → 0")
    fits(page)
    axe(page)
    page.get_by_label("Lý do").fill("nhập trùng")
    page.get_by_role("button", name="Hủy đơn này").click()
    expect(page.get_by_text(f"Đã hủy đơn {petition.number}")).to_be_visible()
    page.goto(f"{live_server.url}/don/da-huy/")
    expect(page.get_by_role("main")).to_contain_text("nhập trùng")
    page.goto(f"{live_server.url}/don/{petition.pk}/")
    expect(page.get_by_text("Đơn này đã hủy lúc")).to_be_visible()
    fits(page)
    axe(page)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_text(f"Đã khôi phục đơn {petition.number}")).to_be_visible()
    assert not Petition.objects.get().is_void


def test_a_denouncer_s_name_is_opened_with_a_reason_and_a_trace(
    any_page: Page, live_server: LiveServer, country: Country, clerk: Officer
) -> None:
    page = any_page
    petition = make_petition(country.commune, clerk, kind=Kind.DENUNCIATION, name="Lê Thị Kín")
    sign_in(page, clerk.account, live_server.url)
    page.goto(f"{live_server.url}/don/{petition.pk}/")
    expect(page.get_by_text("Lê Thị Kín")).to_have_count(0)
    fits(page)
    axe(page)
    page.get_by_label("Lý do mở").fill("mời làm việc")
    page.get_by_role("button", name="Mở, có ghi nhật ký").click()
    expect(page.get_by_text("Lê Thị Kín")).to_be_visible()
    fits(page)
    axe(page)
    assert Entry.objects.get(action="vault.open").reason == "mời làm việc"
    page.get_by_role("link", name="Đóng, về trang đơn").click()
    expect(page.get_by_text("Lê Thị Kín")).to_have_count(0)


def test_an_administrator_is_refused_the_petition__R57(
    any_page: Page, live_server: LiveServer, country: Country, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("403",)
    page = any_page
    petition = make_petition(country.commune, clerk)
    administrator = make_officer(country.commune, Role.UNIT_ADMIN, title="Quản trị đơn vị")
    sign_in(page, administrator.account, live_server.url)
    page.goto(f"{live_server.url}/don/{petition.pk}/")
    expect(page.get_by_role("heading", name="Việc này ngoài quyền của bạn")).to_be_visible()
    for word in ("Trần Văn Bình", "thu hồi đất", "An Lương 3"):
        expect(page.get_by_text(word)).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_count(0)
    fits(page)
    axe(page)
