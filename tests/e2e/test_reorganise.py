"""Two communes become one, in a real browser: chosen by typing, looked at, done, taken back."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.petitions.models import Petition
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import make_country, make_officer, make_petition


def choose(page: Page, label: str, typed: str) -> None:
    page.get_by_role("combobox", name=label).fill(typed)
    page.get_by_role("option").filter(has_text=typed).first.click()


@pytest.mark.django_db(transaction=True)
def test_a_merger_from_the_form_to_its_undoing(any_page: Page, live_server: LiveServer) -> None:
    page, url = any_page, live_server.url
    country = make_country()
    make_petition(country.commune)
    sign_in(page, make_officer(country.province, Role.UNIT_ADMIN, login="quan.tri").account, url)
    page.goto(f"{url}/quan-tri/sap-xep/")
    page.get_by_role("link", name="Sáp nhập").click()
    choose(page, "Cơ quan sáp nhập thứ 1", "An Lương")
    choose(page, "Cơ quan nhận (đang hoạt động)", "Bình Hòa")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước: Sáp nhập")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Thực hiện").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đã thực hiện việc sắp xếp.").first).to_be_visible()
    axe(page)
    fits(page)
    assert Petition.objects.get().keeper.code == "AAA-2"
    page.get_by_role("button", name="Hoàn tác").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác").first).to_be_visible()
    assert Agency.objects.get(code="AAA-1").valid_to is None
