"""The usage report in a browser: choose, read, write, download."""

import os
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.petitions.choices import Kind
from tests.documents.papers import all_text
from tests.e2e.helpers import axe, sign_in
from tests.factories import Country, make_country, make_officer, make_petition

ADDRESS = "/bao-cao/su-dung/?tu=01/01/2026&den=30/06/2026"


@pytest.fixture
def country(transactional_db: None) -> Country:
    made = make_country()
    make_petition(made.commune)
    make_petition(made.department, kind=Kind.DENUNCIATION)
    return made


def opened(page: Page, live_server: LiveServer, country: Country) -> None:
    sign_in(page, make_officer(country.province).account, live_server.url)
    page.goto(live_server.url + ADDRESS)
    if folder := os.environ.get("KNTC_SCREENSHOTS"):
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=str(Path(folder) / f"su-dung-{width}.png"), full_page=True)


def test_the_screen_has_no_fault_at_either_size(
    any_page: Page, live_server: LiveServer, country: Country
) -> None:
    opened(any_page, live_server, country)
    expect(any_page.get_by_role("heading", name="Báo cáo việc sử dụng Hệ thống")).to_be_visible()
    axe(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_typed_comes_down_in_word(
    page: Page, live_server: LiveServer, country: Country, tmp_path: Path
) -> None:
    opened(page, live_server, country)
    page.get_by_label("III. Đề xuất, kiến nghị").fill("Đề nghị tập huấn thêm.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Word").click()
    download.value.save_as(tmp_path / "bao-cao.docx")
    assert "Đề nghị tập huấn thêm." in all_text(docx.Document(str(tmp_path / "bao-cao.docx")))
