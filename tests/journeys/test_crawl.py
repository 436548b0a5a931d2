"""Every page of every role: no dead link, no field without a label, a fixed number of questions to the database."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.petitions.actions import save_draft, void_petition
from kntc.petitions.choices import Handling, Kind
from kntc.reception.actions import NewVisit, record_visit
from tests.factories import Country, handle, make_officer, make_petition
from tests.journeys.addresses import PUBLIC, World, addresses, browser, make_batch, make_world
from tests.journeys.pages import Page

ROLES = {
    Role.OFFICER: "commune",
    Role.LEADER: "province",
    Role.BUSINESS_OWNER: "commune",
    Role.UNIT_ADMIN: "commune",
    Role.NATIONAL_ANALYST: "root",
}
# A list of at most so many statements (design: 12), whatever its length.
LIST_STATEMENTS = 12
LISTS = {
    "petitions:list", "petitions:voided", "petitions:void-requests", "petitions:drafts", "settlement:list",
    "reception:list", "registers:index", "web:home", "accounts:census", "reports:index",
    "accounts:groups", "accounts:rights", "accounts:delegation", "accounts:reviews",
}  # fmt: skip
# Links that differ only in values lead to the same page: so many of each page, and with each parameter, are followed.
OF_ONE_SHAPE = 2
MOST_PAGES = 400


@pytest.fixture
def world(country: Country) -> World:
    return make_world(country)


def officer_of(world: World, role: Role) -> Officer:
    return make_officer(getattr(world.country, ROLES[role]), role)


def shapes(url: str) -> set[tuple[str, str]]:
    """The page that an address leads to, without its numbers, and each parameter that it carries."""
    parts = urlsplit(url)
    path = "/".join("#" if piece.isdigit() else piece for piece in parts.path.split("/"))
    return {(path, ""), *((path, name) for name, _ in parse_qsl(parts.query, keep_blank_values=True))}


def is_page(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


class Crawl:
    """Breadth first from the first screen; remembers from which page each fault was reached."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.faults: list[str] = []
        self.seen: Counter[tuple[str, str]] = Counter()
        self.waiting: list[tuple[str, str]] = []
        self.pages = 0

    def run(self, *starts: str) -> None:
        self.waiting = [("(bảng địa chỉ)", start) for start in starts]
        while self.waiting and self.pages < MOST_PAGES:
            source, url = self.waiting.pop(0)
            keys = shapes(url)
            if all(self.seen[key] >= OF_ONE_SHAPE for key in keys):
                continue
            self.seen.update(keys)
            self.visit(source, url)

    def visit(self, source: str, url: str) -> None:
        self.pages += 1
        answer = self.client.get(url, follow=True)
        if answer.status_code != 200:
            self.faults.append(f"{source} → {url}: {answer.status_code}")
        elif is_page(answer):
            self.read(answer, url)

    def read(self, answer: HttpResponse, url: str) -> None:
        page = Page(answer.content.decode(), url)
        self.faults += [f"{url}: {what} has no label" for what in page.unlabelled]
        self.faults += [f"{url}: button without a name {what}" for what in page.nameless_buttons]
        self.faults += [f"{url}: id {one} stands twice" for one in page.twice]
        self.waiting += [(url, link) for link in page.links if not link.startswith("http")]
        for form in page.forms:
            if form.method == "post" and self.client.get(form.action).status_code == 404:
                self.faults.append(f"{url}: form leads to {form.action}, which is nowhere")


@pytest.mark.parametrize("role", list(ROLES))
def test_no_page_of_a_role_has_a_dead_end__R48(world: World, role: Role) -> None:
    crawl = Crawl(browser(officer_of(world, role)))
    crawl.run("/")
    assert crawl.faults == []
    assert 5 < crawl.pages < MOST_PAGES


@pytest.mark.parametrize("role", list(ROLES))
def test_every_address_that_a_role_may_open_answers__R48(world: World, role: Role) -> None:
    officer = officer_of(world, role)
    client = browser(officer)
    faults = []
    for address in addresses():
        may = address.right is None or officer.has_right(address.right)
        url = world.url(address)
        answer = client.get(url) if address.name not in PUBLIC else None
        if answer is None or answer.status_code == 405:
            continue
        if may and is_page(answer):
            page = Page(answer.content.decode(), url)
            faults += [f"{url}: {what} has no label" for what in page.unlabelled]
        if answer.status_code >= 500 or (answer.status_code != 403 and not may):
            faults.append(f"{url}: {answer.status_code}")
    assert faults == []


# ---- Statements ----


def statements(client: Client, url: str) -> int:
    """What a page asks the database, without what only a test's nested transactions need."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200, url
    machinery = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT current_setting", "SELECT set_config")
    return sum(not query["sql"].startswith(machinery) for query in captured)


def more_of_everything(world: World) -> None:
    commune, clerk = world.country.commune, world.clerk
    for at in range(12):
        petition = make_petition(commune, clerk, kind=list(Kind)[at % 3], matter_id=world.petition.matter_id)
        handle(make_petition(commune, clerk), Handling.ACCEPT, date(2026, 3, 12), clerk)
        void_petition(petition=make_petition(commune, clerk), reason="nhập trùng", by=clerk)
        record_visit(visit=NewVisit(commune, f"Người {at}", "Hỏi", date(2026, 3, 11)), by=clerk)
        save_draft(values={"summary": f"Nháp {at}"}, title=petition.number, by=clerk)
        make_batch(commune, clerk)
        make_officer(commune)


def openings(world: World, officer: Officer) -> Iterator[tuple[str, str]]:
    for address in addresses():
        if address.name not in PUBLIC and (address.right is None or officer.has_right(address.right)):
            yield address.name, world.url(address)


def test_a_page_asks_as_much_of_a_long_list_as_of_a_short_one__R48(world: World) -> None:
    client = browser(world.clerk)
    pages = {name: url for name, url in openings(world, world.clerk) if is_page(client.get(url))}
    before = {name: statements(client, url) for name, url in pages.items()}
    more_of_everything(world)
    after = {name: statements(client, url) for name, url in pages.items()}
    grown = {name: (before[name], after[name]) for name in pages if after[name] > before[name]}
    assert grown == {}
    too_many = {name: after[name] for name in LISTS & set(after) if after[name] > LIST_STATEMENTS}
    assert too_many == {}
