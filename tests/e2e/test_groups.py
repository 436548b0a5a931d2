"""Two groups become one, as an administrator does it: by the keyboard, with a preview, and back again (R34)."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.models import Group, Membership
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.rights import Right
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, make_country, make_officer, officer_of


@pytest.fixture
def country(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN, title="Quản trị đơn vị")


def press(page: Page, name: str, role: str = "button") -> None:
    """By the keyboard: the focus comes to it, Enter does it."""
    found = page.get_by_role(role, name=name, exact=True)
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")


def seen(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    fits(page)
    axe(page)


def test_a_merger_of_two_groups__R34(
    any_page: Page, live_server: LiveServer, country: Country, admin: Officer
) -> None:
    page = any_page
    lan, minh = make_officer(country.commune, login="lan"), make_officer(country.commune, login="minh")
    sign_in(page, admin.account, live_server.url)

    # A group from a template, and two colleagues found by typing.
    page.goto(f"{live_server.url}/quan-tri/nhom/")
    seen(page)
    page.get_by_role("link", name="Tạo nhóm", exact=True).first.click()
    seen(page)
    press(page, "Dùng mẫu này Tổ điều phối", "link")
    expect(page.get_by_label("Tên nhóm")).to_have_value("Tổ điều phối")
    seen(page)
    press(page, "Tạo nhóm")
    search = page.get_by_label("Gõ tên hoặc tên đăng nhập")
    for name in ("lan", "minh"):
        search.fill("")
        search.press_sequentially(name)
        box = page.get_by_role("checkbox", name=f"Nguyễn Thị {name.title()}")
        expect(page.locator("#ung-vien li")).to_have_count(1 if name == "lan" else 2)
        box.focus()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    press(page, "Đưa vào nhóm")
    expect(page.get_by_text("Đã đưa 2 người vào nhóm.")).to_be_visible()
    seen(page)

    # The other group, in which one of them is already.
    other = Group.objects.create(agency=country.commune, name="Tổ tổng hợp", rights=[Right.READ_AUDIT])
    Membership.objects.create(group=other, post=lan.post)
    press(page, "Gộp vào nhóm khác", "link")
    radio = page.get_by_role("radio", name="Tổ tổng hợp")
    radio.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    preview = page.locator("#xem-truoc")
    expect(preview).to_contain_text("2 thành viên")
    expect(preview).to_contain_text("Đã ở cả hai nhóm")
    expect(preview).to_contain_text("giao việc cho người khác")
    seen(page)
    press(page, "Gộp hai nhóm")
    expect(page.get_by_role("heading", name="Nhóm “Tổ tổng hợp”")).to_be_visible()
    expect(page.get_by_role("heading", name="Thành viên (2)")).to_be_visible()
    assert officer_of(minh.post).has_right(Right.ASSIGN)
    assert Group.objects.count() == 1
    seen(page)

    # It was the wrong one.
    press(page, "Tách lại")
    page.get_by_role("dialog").get_by_role("button", name="Tách lại").click()
    expect(page.get_by_role("heading", name="Nhóm “Tổ điều phối”")).to_be_visible()
    assert Membership.objects.filter(group=other).get().post == lan.post
    seen(page)


def test_why_not_from_a_refusal_to_the_name_of_who_can_grant__R38(
    any_page: Page, live_server: LiveServer, country: Country, admin: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("403",)
    page = any_page
    second = make_officer(country.commune, Role.UNIT_ADMIN, login="hoa")
    sign_in(page, admin.account, live_server.url)
    page.goto(f"{live_server.url}/don/")
    page.get_by_role("link", name="Ai cấp được quyền này?").click()
    expect(page.locator("#ai-cap")).to_contain_text(second.name)
    seen(page)
    page.get_by_label("Việc muốn làm").select_option(label="Tạo tài khoản")
    press(page, "Giải thích")
    expect(page.get_by_text("Bạn làm được: Tạo tài khoản")).to_be_visible()
    seen(page)
    page.goto(f"{live_server.url}/quan-tri/quyen/")
    seen(page)
    page.get_by_role("link", name="Tôi làm được gì").click()
    seen(page)


def test_the_nation_changes_a_cell__R58(any_page: Page, live_server: LiveServer, country: Country) -> None:
    page = any_page
    nation = make_officer(country.root, Role.UNIT_ADMIN, title="Quản trị trung ương")
    sign_in(page, nation.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/phan-cap/")
    seen(page)
    press(page, "Đổi Tạo, đổi tên, gộp, xóa nhóm nghiệp vụ, cấp Đơn vị", "link")
    expect(page.get_by_role("heading", name="Đổi phân cấp")).to_be_visible()
    seen(page)
    page.get_by_label("Lý do thay đổi").fill("thử tập trung về tỉnh")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Từ bây giờ quản trị cấp “Đơn vị” không còn làm được")).to_be_visible()
    expect(page.get_by_text("thử tập trung về tỉnh")).to_be_visible()
    seen(page)


def test_a_review_from_opening_to_the_minutes(
    any_page: Page, live_server: LiveServer, country: Country, admin: Officer
) -> None:
    page = any_page
    make_officer(country.commune, login="lan")
    make_officer(country.commune, login="minh")
    sign_in(page, admin.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/ra-soat/")
    seen(page)
    press(page, "Mở đợt rà soát của Ủy ban nhân dân xã An Lương")
    expect(page.get_by_role("heading", name="3 vị trí")).to_be_visible()
    seen(page)
    page.get_by_role("link", name="Thu hồi Nguyễn Thị Lan").click()
    page.get_by_label("Vì sao thu hồi").fill("đã chuyển công tác")
    seen(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã thu hồi vị trí của Nguyễn Thị Lan")).to_be_visible()
    press(page, "Giữ tất cả 2 người còn lại")
    page.get_by_role("dialog").get_by_role("button", name="Giữ tất cả").click()
    expect(page.get_by_label("Kết luận")).to_be_visible()
    seen(page)
    press(page, "Kết thúc và lập biên bản")
    expect(page.get_by_role("link", name="Biên bản Word")).to_be_visible()
    seen(page)
