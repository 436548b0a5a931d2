"""A register comes in, in a real browser: dropped or chosen, looked at, brought in; nothing that axe finds."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.officers import Officer
from kntc.petitions.models import Petition
from kntc.registers import jobs
from kntc.registers.models import Batch, Status
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import Country, make_country, make_officer
from tests.registers.books import plain_register, row
from tests.registers.bringing import examined

SAME = {"name": "Lê Thị Hai", "content": "Khiếu nại việc thu hồi đất làm đường liên xã năm 2017"}
REGISTER = plain_register(
    row(1, "05/02/2018", **SAME),
    row(2, "06/02/2018", **SAME),
    row(3, "31/02/2018"),
    row(4, "07/02/2018", kind="Đơn cầu đường"),
    row(5, "08/02/2018", id_number="12345"),
    ["Tổng cộng", "", "", 6],
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DROP = """([zone, base64, name]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector(zone).dispatchEvent(drop);
}"""


@pytest.fixture
def country(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune)


def open_imports(page: Page, live_server: LiveServer, officer: Officer) -> None:
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/nhap-so/")


def choose(page: Page, content: bytes, name: str = "so.xlsx") -> None:
    page.get_by_label("Tệp sổ theo dõi").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})


def test_every_page_of_an_import_is_accessible_and_fits(
    any_page: Page, live_server: LiveServer, officer: Officer
) -> None:
    open_imports(any_page, live_server, officer)
    expect(any_page.get_by_text("Chưa nhập sổ nào")).to_be_visible()
    axe(any_page)
    fits(any_page)
    choose(any_page, REGISTER)
    any_page.get_by_role("button", name="Đọc tệp và xem trước").click()
    expect(any_page.get_by_role("button", name="Nhập 3 đơn")).to_be_visible()
    batch = Batch.objects.get()
    for part in (
        "",
        "?phan=loi",
        "?phan=canh-bao",
        "?phan=nghi-trung",
        "?phan=cach-ghi",
        "?phan=bo-qua",
        "cot/",
    ):
        any_page.goto(f"{live_server.url}/nhap-so/{batch.pk}/{part}")
        axe(any_page)
        fits(any_page)
    any_page.goto(f"{live_server.url}/nhap-so/{batch.pk}/")
    any_page.get_by_role("button", name="Nhập 3 đơn").click()
    expect(any_page.get_by_role("link", name="Xem các đơn vừa nhập")).to_be_visible()
    axe(any_page)
    fits(any_page)
    any_page.goto(f"{live_server.url}/nhap-so/")
    expect(any_page.get_by_role("rowheader", name="so.xlsx")).to_be_visible()
    axe(any_page)
    fits(any_page)


def test_a_file_is_dropped_and_brought_in_from_the_keyboard(
    page: Page, live_server: LiveServer, officer: Officer
) -> None:
    open_imports(page, live_server, officer)
    page.evaluate(DROP, ["[data-drop-zone]", base64.b64encode(REGISTER).decode(), "sổ của xã.xlsx"])
    expect(page.locator("[data-drop-text]")).to_contain_text("sổ của xã.xlsx")
    page.get_by_role("button", name="Đọc tệp và xem trước").press("Enter")
    page.get_by_role("button", name="Nhập 3 đơn").press("Enter")
    page.get_by_role("link", name="Xem các đơn vừa nhập").press("Enter")
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.get_by_text("Nhập từ tệp “sổ của xã.xlsx”")).to_be_visible()


def test_a_likely_duplicate_is_left_out_without_leaving_the_list(
    page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    batch = examined(country.commune, REGISTER, officer)
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/nhap-so/{batch.pk}/?phan=nghi-trung")
    page.get_by_role("button", name="Bỏ qua dòng này").click()
    expect(page.get_by_role("button", name=re.compile("Nhập lại"))).to_be_visible()
    page.goto(f"{live_server.url}/nhap-so/{batch.pk}/")
    page.get_by_role("button", name="Nhập 3 đơn").click()
    expect(page.get_by_role("link", name="Xem các đơn vừa nhập")).to_be_visible()
    assert Petition.objects.count() == 2


def test_a_file_too_large_is_told_before_it_travels(
    page: Page, live_server: LiveServer, officer: Officer
) -> None:
    open_imports(page, live_server, officer)
    page.evaluate("document.querySelector('[data-drop-zone]').dataset.largest = '100'")
    page.reload()
    page.evaluate(
        "Object.defineProperty(File.prototype, 'size', { get() { return 200 * 1024 * 1024; }, configurable: true })"
    )
    choose(page, REGISTER)
    expect(page.get_by_text("Tệp 200,0 MB vượt quá 50 MB")).to_be_visible()
    assert page.get_by_label("Tệp sổ theo dõi").evaluate("input => input.files.length") == 0


def test_progress_is_shown_until_the_job_ends(
    page: Page,
    live_server: LiveServer,
    country: Country,
    officer: Officer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "FEW_ROWS", 0)
    batch = examined(country.commune, REGISTER, officer)
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/nhap-so/{batch.pk}/")
    page.get_by_role("button", name="Nhập 3 đơn").click()
    expect(page.locator(".progress-box span")).to_have_text("0 / 5 dòng")
    axe(page)
    Batch.objects.filter(pk=batch.pk).update(position=3)
    expect(page.locator(".progress-box span")).to_have_text("3 / 5 dòng")
    Batch.objects.filter(pk=batch.pk).update(position=5, created=3, rejected=2, status=Status.DONE)
    expect(page.get_by_role("link", name="Xem các đơn vừa nhập")).to_be_visible()


def test_what_is_not_understood_is_explained_by_choosing(
    page: Page, live_server: LiveServer, country: Country, officer: Officer
) -> None:
    batch = examined(country.commune, REGISTER, officer)
    sign_in(page, officer.account, live_server.url)
    page.goto(f"{live_server.url}/nhap-so/{batch.pk}/?phan=cach-ghi")
    page.get_by_label("“Đơn cầu đường” nghĩa là").select_option("Kiến nghị")
    page.get_by_role("button", name="Ghi nhớ và đọc lại tệp").click()
    expect(page.get_by_role("button", name="Nhập 4 đơn")).to_be_visible()
