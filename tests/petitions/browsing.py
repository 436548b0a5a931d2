"""What tests of the list share: asking as a browser asks, and reading which petitions an answer shows."""

import re

from django.test import Client

from kntc.accounts.officers import Officer

NUMBER = re.compile(r'class="list-open" href="[^"]*">(.*?)</a>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
TAB = re.compile(
    r'<li[^>]*><a href="[^"]*"[^>]*>([^<]+?)(?: <span class="badge bg-secondary-lt">([^<]*)</span>)?</a>'
)


def browser(officer: Officer) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(officer.account)
    return client


def page_of(officer: Officer, query: str = "", path: str = "/don/", status: int = 200) -> str:
    answer = browser(officer).get(f"{path}?{query}")
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def numbers(page: str) -> list[str]:
    """The petitions shown, in their order, by number."""
    return [TAGS.sub("", found) for found in NUMBER.findall(page)]


def listed(officer: Officer, query: str = "") -> list[str]:
    return numbers(page_of(officer, query))


def tabs(page: str) -> dict[str, str]:
    """Each kind's tab and its count."""
    nav = page[page.index('id="loai-don"') :]
    return dict(TAB.findall(nav[: nav.index("</nav>")]))
