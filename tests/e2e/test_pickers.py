"""Choosing bodies and places from the keyboard (R43): type, arrow, Enter; add what is missing."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from kntc.agencies.models import Agency, BodyKind, Level, Place, PlaceSuccession
from tests.e2e.conftest import Complaints
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import make_agency, make_body, make_officer


def make_places() -> Place:
    """Two provinces, the commune of one lies today in the commune of the other; returns today's province."""

    def place(pk: str, name: str, kind: str, parent: Place | None, *, old: bool) -> Place:
        made = Place(pk=pk, code=pk[-2:], name=name, kind=kind, parent=parent)
        made.valid_to = date(2025, 6, 30) if old else None
        made.clean_keys()
        made.save()
        return made

    before = place("LP52", "Tỉnh Bình Định", "province", None, old=True)
    now = place("P52", "Tỉnh Gia Lai", "province", None, old=False)
    district = place("LD550", "Huyện Tuy Phước", "district", before, old=True)
    old = place("LC21982", "Xã Phước Thuận", "commune", district, old=True)
    new = place("C21952", "Xã Tuy Phước", "commune", now, old=False)
    for one, other in ((before, now), (old, new)):
        PlaceSuccession.objects.create(old=one, new=other, is_default=True)
    return now


@pytest.fixture
def page_with_pickers(any_page: Page, live_server: LiveServer, settings: Settings) -> Page:
    settings.ROOT_URLCONF = "tests.e2e.picker_urls"
    province_place = make_places()
    province = make_agency(
        "GLA", level=Level.PROVINCE, name="Ủy ban nhân dân tỉnh Gia Lai", place=province_place
    )
    make_agency(
        "GLA-SXD",
        province,
        Level.DEPARTMENT,
        name="Sở Xây dựng tỉnh Gia Lai",
        kind=BodyKind.DEPARTMENT,
        place=province_place,
    )
    make_body("Sở Y tế tỉnh Gia Lai", kind=BodyKind.DEPARTMENT, place=province_place)
    officer = make_officer(province)
    sign_in(any_page, officer.account, live_server.url)
    any_page.goto(f"{live_server.url}/chon-co-quan/")
    return any_page


def test_type_arrow_enter(page_with_pickers: Page) -> None:
    page = page_with_pickers
    body = page.get_by_role("combobox", name="Cơ quan chuyển đến")
    body.press_sequentially("tinh gia lai")
    expect(page.get_by_role("option")).to_have_count(4)
    expect(body).to_have_attribute("aria-expanded", "true")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    body.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    body.press("ArrowUp")
    body.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    axe(page)
    fits(page)
    body.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    body.fill("")
    body.press_sequentially("sở xd")
    expect(page.get_by_role("option").first).to_contain_text("Sở Xây dựng tỉnh Gia Lai")
    body.press("Enter")
    expect(body).to_have_value("Sở Xây dựng tỉnh Gia Lai")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#saved")).to_have_text("Sở Xây dựng tỉnh Gia Lai | không")
    expect(body).to_have_value("Sở Xây dựng tỉnh Gia Lai")


def test_an_old_place_says_what_it_became(page_with_pickers: Page) -> None:
    page = page_with_pickers
    place = page.get_by_role("combobox", name="Địa bàn")
    place.press_sequentially("phuoc thuan")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định")
    expect(option).to_contain_text("Nay thuộc Xã Tuy Phước, tỉnh Gia Lai")
    option.click()
    expect(page.get_by_text("Nay thuộc Xã Tuy Phước, tỉnh Gia Lai")).to_be_visible()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#saved")).to_have_text("không | LC21982")


def test_text_without_a_choice_is_not_lost_in_silence(page_with_pickers: Page) -> None:
    page = page_with_pickers
    body = page.get_by_role("combobox", name="Cơ quan chuyển đến")
    body.press_sequentially("sở nào đó")
    body.press("Escape")
    body.press("Tab")
    expect(page.get_by_text("Chưa chọn trong danh sách")).to_be_visible()
    expect(body).to_have_attribute("aria-invalid", "true")
    axe(page)


def test_a_missing_body_is_added_without_leaving_the_form__R43(
    page_with_pickers: Page, complaints: Complaints
) -> None:
    complaints.expected = ("422",)  # the dialog is first sent without a kind
    page = page_with_pickers
    body = page.get_by_role("combobox", name="Cơ quan chuyển đến")
    body.press_sequentially("Trường Mầm non Hoa Hồng")
    expect(page.get_by_role("option").last).to_contain_text("Thêm “Trường Mầm non Hoa Hồng” vào danh mục")
    body.press("ArrowUp")
    body.press("Enter")
    dialog = page.get_by_role("dialog", name="Thêm cơ quan vào danh mục")
    expect(dialog.get_by_label("Tên cơ quan")).to_have_value("Trường Mầm non Hoa Hồng")
    axe(page)
    expect(dialog.get_by_label("Loại")).to_have_value(BodyKind.SCHOOL)  # what the name speaks of
    dialog.get_by_label("Loại").select_option("")
    dialog.get_by_role("button", name="Thêm và chọn").click()
    expect(dialog.get_by_text("bắt buộc").first).to_be_visible()
    dialog.get_by_label("Loại").select_option(label="Cơ sở giáo dục")
    dialog.get_by_role("button", name="Thêm và chọn").click()
    expect(dialog).to_have_count(0)
    expect(body).to_have_value("Trường Mầm non Hoa Hồng")
    expect(body).to_be_focused()
    expect(page.get_by_text("Chờ duyệt")).to_be_visible()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#saved")).to_contain_text("Trường Mầm non Hoa Hồng")
    assert Agency.objects.get(name="Trường Mầm non Hoa Hồng").status == Agency.Status.PROPOSED
