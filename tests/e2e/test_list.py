"""The list in a real browser: found while typing, walked by keys, narrowed, kept, taken back."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from kntc.petitions.actions import ask_to_void, void_petition
from kntc.petitions.choices import Kind
from kntc.petitions.models import Petition
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, handle, make_country, make_officer, make_petition

NAMES = ("Nguyễn Thị Bình", "Trần Văn Đạt", "Lê Thị Hồng Ánh", "Siu Hbia", "Phạm Văn Cảnh")


@pytest.fixture
def land(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def clerk(land: Country) -> Officer:
    """The commune's clerk, with a register of thirty petitions."""
    officer = make_officer(land.commune, title="Công chức tiếp công dân")
    for at in range(30):
        make_petition(
            land.commune,
            officer,
            name=NAMES[at % 5],
            kind=list(Kind)[at % 3],
            received_on=date(2026, 3, 1 + at % 20),
            summary=f"Đề nghị xem xét việc thu hồi đất làm tuyến đường ven biển, đoạn {at} qua thôn Chánh Khoan",
        )
    return officer


def opened(page: Page, live_server: LiveServer, officer: Officer, address: str = "/don/") -> Page:
    sign_in(page, officer.account, live_server.url)
    page.goto(live_server.url + address)
    return page


def rows(page: Page) -> list[str]:
    return page.locator("#danh-sach .list-open").all_inner_texts()


def test_found_while_typing_and_the_focus_stays(page: Page, live_server: LiveServer, clerk: Officer) -> None:
    opened(page, live_server, clerk)
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Tìm theo tên")
    expect(box).to_be_focused()
    page.keyboard.type("binh chanh", delay=30)
    expect(page.locator("#danh-sach mark").first).to_have_text("Bình")
    expect(page).to_have_url(re.compile(r"/don/\?q=binh\+chanh$"))
    expect(box).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="đơn")).to_have_text(re.compile(r"^\d đơn$"))
    expect(page.get_by_role("link", name="Kết xuất Excel")).to_have_attribute(
        "href", "/don/ket-xuat/?q=binh+chanh"
    )
    page.keyboard.type(" zzz", delay=30)
    expect(page.get_by_text("Không có đơn nào phù hợp")).to_be_visible()
    expect(box).to_be_focused()
    page.reload()
    expect(box).to_have_value("binh chanh zzz")


def test_from_row_to_row_by_keys_and_in(page: Page, live_server: LiveServer, clerk: Officer) -> None:
    opened(page, live_server, clerk)
    shown = rows(page)
    assert len(shown) == 20
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    expect(page.locator("#danh-sach .list-open").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(shown[1])


def test_narrowed_in_the_panel_and_widened_by_a_chip(
    page: Page, live_server: LiveServer, clerk: Officer
) -> None:
    opened(page, live_server, clerk, "/don/?kind=complaint")
    page.get_by_role("link", name="Bộ lọc").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Từ ngày").fill("5/3/26")
    dialog.get_by_label("Hướng xử lý").select_option("Chưa xử lý")
    axe(page)
    dialog.get_by_role("button", name="Xem danh sách").click()
    expect(page).to_have_url(
        re.compile(r"\?kind=complaint&basis=received&from=05%2F03%2F2026&handling=none$")
    )
    chip = page.get_by_role("link", name="Ngày nhận đơn: từ 05/03/2026")
    before = len(rows(page))
    chip.click()
    expect(chip).to_have_count(0)
    expect(page.get_by_role("link", name="Chưa xử lý (bỏ bộ lọc này)")).to_be_visible()
    assert len(rows(page)) > before


def test_columns_and_a_list_kept_under_a_name(page: Page, live_server: LiveServer, clerk: Officer) -> None:
    opened(page, live_server, clerk)
    page.get_by_role("link", name="Cột").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Vụ việc").check()
    dialog.get_by_label("Nguồn đơn").uncheck()
    axe(page)
    dialog.get_by_role("button", name="Hiện các cột này").click()
    expect(page.get_by_role("columnheader", name="Vụ việc")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Nguồn đơn")).to_have_count(0)
    page.get_by_role("link", name="Số đơn").first.click()
    expect(page.get_by_role("columnheader", name="Số đơn")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Đã lưu").click()
    dialog.get_by_label("Lưu danh sách đang xem với tên").fill("Theo vụ việc")
    dialog.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Đã lưu danh sách “Theo vụ việc”")
    page.goto(f"{live_server.url}/don/")
    page.get_by_role("link", name="Đã lưu").click()
    axe(page)
    dialog.get_by_role("link", name="Theo vụ việc").click()
    expect(page.get_by_role("columnheader", name="Vụ việc")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Số đơn")).to_have_attribute("aria-sort", "ascending")


def test_an_agency_is_chosen_by_typing(
    page: Page, live_server: LiveServer, land: Country, clerk: Officer
) -> None:
    make_petition(land.sister)
    opened(page, live_server, make_officer(land.province))
    page.get_by_role("link", name="Bộ lọc").click()
    page.get_by_role("combobox", name="Cơ quan tiếp nhận").type("binh hoa", delay=30)
    page.get_by_role("option", name="Ủy ban nhân dân xã Bình Hòa").click()
    page.get_by_role("button", name="Xem danh sách").click()
    expect(page.get_by_role("link", name="Ủy ban nhân dân xã Bình Hòa và trực thuộc")).to_be_visible()
    assert len(rows(page)) == 1


def test_the_next_page_and_back(page: Page, live_server: LiveServer, clerk: Officer) -> None:
    opened(page, live_server, clerk)
    first = rows(page)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("link", name="Trang trước")).to_be_visible()
    assert not set(first) & set(rows(page))
    page.get_by_role("link", name="Trang trước").click()
    expect(page.locator("#danh-sach .list-open").first).to_have_text(first[0])
    assert rows(page) == first


def test_the_list_has_no_fault_at_either_size(
    any_page: Page, live_server: LiveServer, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("422",)
    for address in (
        "/don/", "/don/?q=binh", "/don/?kind=complaint&from=01/03/2026&state=received", "/don/?q=zzz",
        "/don/?from=31/02/2018", "/don/bo-loc/", "/don/cot/", "/don/da-luu/",
    ):  # fmt: skip
        opened(any_page, live_server, clerk, address)
        fits(any_page)
        axe(any_page)


def test_restoring_a_voided_petition_asks_first(
    any_page: Page, live_server: LiveServer, clerk: Officer
) -> None:
    page = any_page
    petition = Petition.objects.order_by("pk").first()
    assert petition is not None
    void_petition(petition=petition, reason="nhập trùng với đơn giấy", by=clerk)
    opened(page, live_server, clerk, "/don/da-huy/")
    fits(page)
    axe(page)
    page.get_by_role("button", name=f"Khôi phục đơn {petition.number}").click()
    dialog = page.get_by_role("dialog", name="Xác nhận")
    expect(dialog).to_contain_text("Đơn trở lại danh sách và số liệu")
    dialog.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#toasts")).to_contain_text("Đã khôi phục đơn")
    petition.refresh_from_db()
    assert not petition.is_void


def test_a_request_to_void_is_answered(
    any_page: Page, live_server: LiveServer, land: Country, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("422",)
    page = any_page
    petition = handle(
        make_petition(land.commune), "transfer", date(2026, 3, 12), destination_id=land.department.pk
    )
    make_petition(land.department, origin_id=petition.pk, matter_id=petition.matter_id)
    ask_to_void(petition=petition, reason="nhập nhầm đơn vị", by=clerk)
    opened(page, live_server, make_officer(land.department), "/don/")
    page.get_by_role("link", name="Xem và trả lời").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đề nghị hủy đơn")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Không đồng ý").click()
    expect(page.get_by_text("Hãy ghi lý do không đồng ý")).to_be_visible()
    axe(page)
    page.get_by_label("Ý kiến trả lời").fill("Đơn này đang được xác minh")
    page.get_by_role("button", name="Không đồng ý").click()
    expect(page.get_by_text("Không có đề nghị nào chờ trả lời")).to_be_visible()
    expect(page.get_by_text("Đơn này đang được xác minh")).to_be_visible()
