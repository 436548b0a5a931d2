"""A school that the catalogue has not: added from the keyboard in a transfer; letter read, dispatch recorded."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, Place
from kntc.petitions.choices import Kind
from kntc.petitions.models import Dispatch
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, make_body, make_officer, make_petition

SCHOOL = "Trường Tiểu học Hoa Phượng"
OFFERED = ".picker-list [role=option]"


@pytest.fixture
def home(country: Country) -> Country:
    """The province and its commune stand somewhere: the place of what is added is proposed."""
    place = Place(pk="P99", code="99", name="Tỉnh A", kind="province")
    place.clean_keys()
    place.save()
    for agency in (country.province, country.commune):
        agency.place = place
        agency.save()
    return country


def text_of(path: Path) -> str:
    document = docx.Document(BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_missing_school_in_a_transfer__R43_R44(
    any_page: Page, live_server: LiveServer, home: Country
) -> None:
    page = any_page
    clerk = make_officer(home.commune)
    petition = make_petition(
        home.commune, clerk, kind=Kind.REFLECTION, summary="Đề nghị sửa hàng rào trường học"
    )
    sign_in(page, clerk.account, live_server.url)
    page.goto(f"{live_server.url}/giai-quyet/don/{petition.pk}/xu-ly/")
    page.get_by_label("Hướng xử lý").select_option(label="Chuyển đơn")

    body = page.get_by_role("combobox", name="Cơ quan được hướng dẫn, chuyển đến")
    body.focus()
    body.press_sequentially(SCHOOL)
    expect(page.locator(OFFERED).last).to_contain_text("vào danh mục")
    body.press("ArrowUp")
    body.press("Enter")
    dialog = page.get_by_role("dialog", name="Thêm cơ quan vào danh mục")
    # Two fields: the name as typed, the kind that it speaks of; the place is proposed.
    expect(dialog.get_by_label("Tên cơ quan")).to_have_value(SCHOOL)
    expect(dialog.get_by_label("Loại")).to_have_value("school")
    expect(dialog.get_by_role("combobox", name="Địa bàn")).to_have_value("Tỉnh A")
    axe(page)
    fits(page)
    page.keyboard.press("Enter")  # the button has the focus
    expect(dialog).to_have_count(0)
    expect(body).to_have_value(SCHOOL)
    expect(page.get_by_text("Chờ duyệt")).to_be_visible()
    page.get_by_role("button", name="Lưu kết quả").click()

    card = page.locator("#van-ban-gui-di")
    expect(card).to_contain_text("chưa dùng hệ thống: gửi phiếu chuyển bằng văn bản")
    axe(page)
    fits(page)
    with page.expect_download() as download:
        card.get_by_role("link", name="Tải phiếu chuyển đơn").click()
    letter = text_of(download.value.path())
    assert f"Kính gửi: {SCHOOL}" in letter
    assert "Đề nghị sửa hàng rào trường học" in letter

    # Two clicks: everything on the page is proposed.
    card.get_by_role("link", name="Ghi đã gửi phiếu chuyển đơn").click()
    expect(page.get_by_label("Ký hiệu")).to_have_value("PC-UBND")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Ghi đã gửi").click()
    expect(page.locator("#van-ban-gui-di")).to_contain_text("số 01/PC-UBND")
    expect(page.locator("#van-ban-gui-di")).to_contain_text("Chưa có trả lời")
    dispatch = Dispatch.objects.get()
    assert dispatch.body == Agency.objects.get(name=SCHOOL)
    assert dispatch.body.status == Agency.Status.PROPOSED
    page.goto(f"{live_server.url}/don/van-ban-gui/?chi=cho")
    expect(page.get_by_role("row", name="01/PC-UBND")).to_contain_text(SCHOOL)
    axe(page)
    fits(page)

    # The next petition's picker opens on it.
    again = make_petition(home.commune, clerk, kind=Kind.REFLECTION)
    page.goto(f"{live_server.url}/giai-quyet/don/{again.pk}/xu-ly/")
    body = page.get_by_role("combobox", name="Cơ quan được hướng dẫn, chuyển đến")
    body.focus()
    expect(page.locator(OFFERED)).to_have_count(1)
    expect(page.get_by_text("Dùng gần đây")).to_be_visible()
    axe(page)
    body.press("ArrowDown")
    body.press("Enter")
    expect(body).to_have_value(SCHOOL)


def test_a_province_reviews_and_merges__R45(any_page: Page, live_server: LiveServer, home: Country) -> None:
    from kntc.agencies.actions import propose_body

    page = any_page
    kept = make_body(SCHOOL, kind="school", parent=home.province, place=home.province.place)
    twice = propose_body(by=make_officer(home.commune), name="Trường tiểu học Phượng Hoa", kind="school")
    make_petition(home.commune, prior_body_id=twice.pk)
    reviewer = make_officer(home.province, Role.UNIT_ADMIN)
    sign_in(page, reviewer.account, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/danh-muc/")
    expect(page.get_by_role("link", name="Chờ duyệt")).to_contain_text("1")
    axe(page)
    fits(page)
    page.get_by_role("searchbox", name="Tìm tên").fill("th hoa phuong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=SCHOOL)).to_be_visible()
    page.get_by_role("link", name="Chờ duyệt").click()
    expect(page.get_by_text("Có vẻ là")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Nghi trùng").click()
    axe(page)
    fits(page)
    page.get_by_role("link", name=f"Gộp {twice.name} vào {kept.name}").click()
    expect(page.get_by_role("combobox", name="Gộp vào cơ quan")).to_have_value(SCHOOL)
    axe(page)
    fits(page)
    page.get_by_label("Vì sao là một").fill("cùng một trường, ghi ngược")
    page.get_by_role("button", name="Gộp", exact=True).click()
    expect(page.get_by_role("row", name=twice.name)).to_contain_text(SCHOOL)
    axe(page)
    fits(page)
    page.get_by_label("Lý do hoàn lại").fill("hai trường khác nhau")
    page.get_by_role("button", name=f"Hoàn lại việc gộp {twice.name}").click()
    expect(page.get_by_role("heading", name=twice.name)).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Sửa", exact=True).click()
    axe(page)
    fits(page)
