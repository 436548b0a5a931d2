"""A petition taken in at the counter, from the keyboard: nothing is reached for, nothing is lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from kntc.agencies.models import BodyKind
from kntc.petitions.choices import Source
from kntc.petitions.models import Draft, Petition
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.e2e.test_pickers import make_places
from tests.factories import make_agency, make_body, make_officer, make_petition

FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.getAttribute('aria-label') || at.innerText;
  return (label || at.tagName).replace('*', '').trim();
}"""


@pytest.fixture
def clerk(transactional_db: None) -> Officer:
    province = make_places()
    commune = make_agency("GLA-1", name="Ủy ban nhân dân xã Tuy Phước")
    make_body("Sở Y tế tỉnh Gia Lai", kind=BodyKind.DEPARTMENT, place=province)
    officer = make_officer(commune, title="Công chức tiếp công dân")
    make_petition(
        commune, officer, name="Nguyễn Thị Hạnh", id_number="052175009999", address="thôn 3, xã Tuy Phước"
    )
    return officer


def opened(page: Page, live_server: LiveServer, clerk: Officer, address: str = "/don/moi/") -> Page:
    sign_in(page, clerk.account, live_server.url)
    page.goto(live_server.url + address)
    return page


def tab_to(page: Page, label: str, most: int = 9) -> None:
    """Tab until the field or button of this name has the focus: it lies ahead, and not far."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
        if seen[-1].startswith(label):
            return
    raise AssertionError(f"“{label}” is not within {most} tabs: {seen}")


def focused(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


def value(page: Page, name: str) -> Any:
    return page.locator(f"[name='{name}']").input_value()


def test_a_petition_passed_on_by_another_agency_from_the_keyboard__R43_R51(
    page: Page, live_server: LiveServer, clerk: Officer
) -> None:
    page.clock.install()
    opened(page, live_server, clerk)
    keys = page.keyboard
    assert focused(page) == "Khiếu nại"
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page.get_by_label("Kiến nghị hay phản ánh")).to_be_visible()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    expect(page.get_by_label("Kiến nghị hay phản ánh")).to_be_hidden()

    tab_to(page, "Nguồn đơn")
    for _ in range(6):
        keys.press("ArrowDown")
    tab_to(page, "Cơ quan chuyển đến")
    keys.type("so y te")
    expect(page.get_by_role("option", name="Sở Y tế").first).to_be_visible()
    keys.press("Enter")
    tab_to(page, "Số, ngày văn bản chuyển")
    keys.type("12/SYT-VP")

    tab_to(page, "Số căn cước")
    keys.type("052175009999")
    expect(page.get_by_role("button", name="Điền: Nguyễn Thị Hạnh")).to_be_visible()
    tab_to(page, "Điền: Nguyễn Thị Hạnh")
    keys.press("Enter")
    assert focused(page) == "Nơi ở hiện nay"
    assert value(page, "nguoi-0-name") == "Nguyễn Thị Hạnh"
    assert value(page, "nguoi-0-address") == "thôn 3, xã Tuy Phước"
    tab_to(page, "Thêm người cùng đứng tên")
    keys.press("Enter")
    expect(page.locator("[name='nguoi-1-name']")).to_be_focused()
    keys.type("Lê Văn Hai")
    assert value(page, "signatories") == "2"

    tab_to(page, "Nội dung đơn", most=14)
    keys.type("Khiếu nại quyết định thu hồi đất, bồi thường khi làm đường")
    suggestion = page.locator("[data-choose-field]")
    expect(suggestion).to_be_visible()
    tab_to(page, str(suggestion.inner_text()))
    keys.press("Enter")
    assert focused(page) == "Lĩnh vực"
    chosen = value(page, "field_code")
    assert chosen
    tab_to(page, "Địa bàn xảy ra vụ việc")
    keys.type("phuoc thuan")
    old = page.get_by_role("option", name="Phước Thuận")
    expect(old).to_contain_text("Nay thuộc Xã Tuy Phước")
    keys.press("Enter")
    fits(page)
    axe(page)

    tab_to(page, "Lưu nháp")
    keys.press("Enter")
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    page.get_by_label("Số, ngày văn bản chuyển").press("End")
    keys.type(" ngày 5/3")
    with page.expect_response("**/don/nhap/luu/") as kept:
        page.clock.fast_forward(61_000)
    assert kept.value.ok
    assert Draft.objects.get().values["source_paper"] == "12/SYT-VP ngày 5/3"

    page.reload()
    expect(page.get_by_role("combobox", name="Cơ quan chuyển đến")).to_have_value("Sở Y tế tỉnh Gia Lai")
    assert value(page, "nguoi-1-name") == "Lê Văn Hai"
    assert value(page, "field_code") == chosen
    page.get_by_label("Số, ngày văn bản chuyển").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đơn GLA-1-")
    petition = Petition.objects.latest("pk")
    assert petition.source == Source.OTHER_AGENCY
    assert str(petition.source_body) == "Sở Y tế tỉnh Gia Lai"
    assert petition.text.petitioner_line == "Nguyễn Thị Hạnh và 1 người khác"
    assert petition.place_id == "LC21982"
    assert not Draft.objects.exists()


def test_a_fault_takes_the_focus_and_leads_to_its_field(
    any_page: Page, live_server: LiveServer, clerk: Officer, complaints: Complaints
) -> None:
    complaints.expected = ("422",)
    page = opened(any_page, live_server, clerk)
    fits(page)
    axe(page)
    page.get_by_label("Ngày nhận đơn").fill("31/02/2026")
    page.get_by_label("Nội dung đơn").fill("Xin cấp giấy chứng nhận")
    page.get_by_label("Số căn cước").fill("12")
    page.get_by_role("button", name="Tiếp nhận đơn").click()
    summary = page.get_by_role("alert").filter(has_text="Chưa lưu được")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("31/02/2026 không có trong lịch")
    fits(page)
    axe(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Ngày nhận đơn"
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ngày nhận đơn")).to_be_focused()
    expect(page.get_by_label("Nội dung đơn")).to_have_value("Xin cấp giấy chứng nhận")
    expect(page.get_by_label("Số căn cước")).to_have_value("12")
    assert Petition.objects.count() == 1


def test_a_visitor_s_petition_takes_three_values_and_one_click(
    any_page: Page, live_server: LiveServer, clerk: Officer
) -> None:
    page = opened(any_page, live_server, clerk)
    typed = {"Họ và tên": "Trần Văn Bình", "Nơi ở hiện nay": "thôn 5", "Nội dung đơn": "Xin đo lại đất"}
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Tiếp nhận đơn").click()
    expect(page.get_by_role("heading", name="Đơn GLA-1-")).to_be_visible()
    fits(page)
    axe(page)


def test_what_is_typed_survives_leaving_the_page(page: Page, live_server: LiveServer, clerk: Officer) -> None:
    opened(page, live_server, clerk)
    page.get_by_label("Nội dung đơn").fill("Đang gõ dở")
    with page.expect_response("**/don/nhap/luu/"):
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    page.goto(f"{live_server.url}/don/nhap/")
    fits(page)
    axe(page)
    page.get_by_role("link", name="Đang gõ dở").click()
    expect(page.get_by_label("Nội dung đơn")).to_have_value("Đang gõ dở")
