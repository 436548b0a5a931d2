"""The census of the 36 agencies of a province, as its administrator goes through it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kntc.accounts.models import Account, Post
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, BodyKind, Level
from kntc.agencies.tree import renumber
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import make_agency, make_officer

pytestmark = pytest.mark.django_db(transaction=True)

DISTRICTS, DEPARTMENTS = 11, 25
SCREEN = "/quan-tri/tai-khoan/"


@pytest.fixture
def admin(db: None) -> Officer:
    """Eleven districts, each with two communes, and 25 departments; each with an administrator and two others."""
    root = make_agency("TTCP", level=Level.CENTRAL, name="Thanh tra Chính phủ", kind=BodyKind.INSPECTORATE)
    province = make_agency("BDI", root, Level.PROVINCE, name="Ủy ban nhân dân tỉnh Bình Định")
    for number in range(1, DISTRICTS + 1):
        district = _unit(province, f"BDI-H{number:02}", f"Ủy ban nhân dân huyện Số {number}", Level.DISTRICT)
        for commune in (1, 2):
            _unit(
                district,
                f"{district.code}-X{commune}",
                f"Ủy ban nhân dân xã {number}.{commune}",
                Level.COMMUNE,
            )
    for number in range(1, DEPARTMENTS + 1):
        _unit(province, f"BDI-S{number:02}", f"Sở Ngành {number}", Level.DEPARTMENT)
    renumber()
    for agency in Agency.objects.exclude(level__in=(Level.CENTRAL, Level.COMMUNE)):
        _staff(agency)
    return make_officer(Agency.objects.get(code="BDI"), Role.UNIT_ADMIN, login="quan.tri")


def _unit(parent: Agency, code: str, name: str, level: Level) -> Agency:
    return Agency.objects.create(parent=parent, code=code, name=name, level=level, kind=BodyKind.COMMITTEE)


def _staff(agency: Agency) -> None:
    now = timezone.now()
    for role, days in ((Role.UNIT_ADMIN, 1), (Role.OFFICER, 70), (Role.LEADER, None)):
        account = Account.objects.create(
            login=f"{agency.code.lower()}.{role}", full_name="Đinh Thị Đông", password="!",
            last_login=None if days is None else now - timedelta(days),
        )  # fmt: skip
        Post.objects.create(account=account, agency=agency, role=role, title="Công chức")


def rows(page: Page) -> list[str]:
    return page.locator("table.census tbody:last-of-type th[scope=row]").all_inner_texts()


def number(page: Page, row: str, column: int) -> str:
    line = page.locator("table.census tr", has=page.locator("th", has_text=row)).first
    return line.locator("td").nth(column).inner_text().split()[0]


def test_the_census_of_36_agencies__R36(live_server: LiveServer, page: Page, admin: Officer) -> None:
    sign_in(page, admin.account, live_server.url)
    page.goto(live_server.url)
    page.wait_for_url(f"**{SCREEN}")
    assert len(rows(page)) == 1 + DISTRICTS + DEPARTMENTS
    # The administrator who looks has an account too.
    assert number(page, "Tổng số", 2) == str(3 * 37 + 1)
    assert number(page, "Tổng số", 5) == "37"
    axe(page)
    fits(page)

    page.get_by_role("link", name="Ủy ban nhân dân huyện Số 1", exact=True).click()
    page.locator("th", has_text="Ủy ban nhân dân xã 1.1").wait_for()
    assert len(rows(page)) == 1 + DISTRICTS + DEPARTMENTS + 3
    assert "mo=" in page.url

    page.get_by_role("link", name="Chưa có quản trị").first.click()
    page.locator("h2, h3", has_text="Chưa có quản trị").first.wait_for()
    assert len(rows(page)) == 2 * DISTRICTS

    page.get_by_role("link", name="Tất cả").click()
    page.locator(".census-sums").wait_for()
    page.locator("thead").get_by_role("link", name="Người dùng", exact=True).click()
    page.locator("th[aria-sort=descending]").wait_for()

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải Excel").click()
    assert download.value.suggested_filename.startswith("tai-khoan-BDI-")


def test_the_head_and_the_names_stay_in_sight_when_the_table_moves(
    live_server: LiveServer, page: Page, admin: Officer
) -> None:
    sign_in(page, admin.account, live_server.url)
    page.goto(live_server.url + SCREEN)
    box = page.locator(".census-card .table-scroll")
    box.evaluate("box => box.scrollTo(0, 400)")
    top, head = box.bounding_box(), page.locator("table.census thead th").first.bounding_box()
    assert top
    assert head
    assert abs(head["y"] - top["y"]) < 2
    assert top["height"] < 768


def test_the_census_on_a_phone(live_server: LiveServer, phone: Page, admin: Officer) -> None:
    sign_in(phone, admin.account, live_server.url)
    phone.goto(live_server.url + SCREEN)
    fits(phone)
    axe(phone)
