"""Two journeys of an administrator: a new colleague until the first sign-in, a leaver with 30 open matters."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.models import Account
from kntc.petitions.models import Petition
from tests.accounts.people import Offices, give_petitions, make_offices
from tests.e2e.helpers import axe, fits, sign_in, sign_out
from tests.factories import make_country, make_officer

PASSWORD = "con trâu gặm cỏ ngoài đồng"


@pytest.fixture
def offices(transactional_db: None) -> Offices:
    return make_offices(make_country())


def test_a_new_colleague_in_four_fields_and_three_clicks__R15(
    page: Page, live_server: LiveServer, offices: Offices
) -> None:
    sign_in(page, offices.unit.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/nguoi-dung/")
    clicks, fields = 0, 0

    page.get_by_role("link", name="Thêm người dùng").press("Enter")
    clicks += 1
    # The keyboard stands in the first field; the agency is filled in, so Tab passes over it.
    expect(page.get_by_label("Họ và tên")).to_be_focused()
    page.keyboard.type("Phạm Thu Hà")
    fields += 1
    page.keyboard.press("Tab")
    expect(page.get_by_label("Cơ quan")).to_be_focused()
    fields += 1
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("ha.phamthu")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Làm việc như ai")).to_be_focused()
    page.get_by_label("Làm việc như ai").select_option(f"post:{offices.lan.post_id}")
    fields += 1
    page.keyboard.press("Tab")
    page.keyboard.type("0905 123 456")
    fields += 1
    page.keyboard.press("Enter")
    clicks += 1
    expect(page.get_by_role("button", name="In phiếu")).to_be_focused()
    clicks += 1  # the printing itself
    assert (fields, clicks) == (4, 3)

    code = page.locator("[data-slip=code]").inner_text()
    axe(page)
    fits(page)
    sign_out(page)
    page.goto(f"{live_server.url}/kich-hoat/")
    page.get_by_label("Tên đăng nhập").fill("ha.phamthu")
    page.get_by_label("Mã kích hoạt").fill(code)
    page.get_by_label("Mật khẩu của bạn", exact=False).first.fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Kích hoạt").click()
    expect(page.locator("header.site-header")).to_contain_text("Phạm Thu Hà")
    assert Account.objects.get(login="ha.phamthu").last_login is not None


def test_a_leaver_with_thirty_open_matters__R33(
    page: Page, live_server: LiveServer, offices: Offices
) -> None:
    third = make_officer(offices.country.commune, login="nam")
    give_petitions(offices.lan, 30)
    sign_in(page, offices.unit.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/nguoi-dung/?q=lan")
    page.locator("#danh-sach").get_by_role("link", name="Nguyễn Thị Lan").click()
    page.get_by_role("link", name="Cho thôi sử dụng").click()
    expect(page.get_by_role("heading", name="Ai nhận 30 việc")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_label("Nguyễn Thị Minh").check()
    page.get_by_label("Nguyễn Thị Nam").check()
    page.get_by_label("Lý do").fill("Nghỉ hưu")
    page.get_by_role("button", name="Bàn giao và cho thôi sử dụng").click()
    expect(page.get_by_text("Đã bàn giao 30 việc").first).to_be_visible()
    expect(page.locator("#danh-sach")).not_to_contain_text("Nguyễn Thị Lan")
    counts = [Petition.objects.filter(assignee=who.post_id).count() for who in (offices.minh, third)]
    assert counts == [15, 15]


def test_the_list_narrows_while_one_types(page: Page, live_server: LiveServer, offices: Offices) -> None:
    sign_in(page, offices.above.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/nguoi-dung/")
    page.get_by_label("Tìm người").fill("hoa binh hoa")
    expect(page.locator("#danh-sach tbody tr")).to_have_count(1)
    expect(page.locator("#danh-sach")).to_contain_text("Bình Hòa")


@pytest.mark.parametrize(
    "path", ["", "them/", "nhap-excel/", "bo-khong/", "phieu-kich-hoat/", "{pk}/", "{pk}/doi-ten/"]
)
def test_every_screen_is_accessible_and_fits(
    any_page: Page, live_server: LiveServer, offices: Offices, path: str
) -> None:
    sign_in(any_page, offices.above.account, live_server.url)
    any_page.goto(f"{live_server.url}/quan-tri/nguoi-dung/{path.format(pk=offices.lan.account_id)}")
    axe(any_page)
    fits(any_page)
