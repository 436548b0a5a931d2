"""A real browser: Debian's Chromium, at the size of an office screen and of a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = (1366, 768)
PHONE = (390, 844)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


# Playwright's synchronous API runs an event loop in this thread until it is closed. Django takes that for asynchronous
# code, and no other can be started in it: a test of the jobs' worker that comes later in the same process would fail.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed: apt-get install chromium"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield launched
        launched.close()


class Complaints(list[str]):
    """What the browser's console says against a page; `expected` lists parts of lines that a test provokes."""

    expected: tuple[str, ...] = ()

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.expected):
            self.append(message.text)


@pytest.fixture
def complaints() -> Complaints:
    """For tests that provoke a refusal: `complaints.expected = ("409",)`."""
    return Complaints()


def _open(browser: Browser, size: tuple[int, int], complaints: Complaints) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(10_000)
    asked: set[Request] = set()
    context.on("request", lambda request: asked.add(request))
    context.on("requestfinished", lambda request: asked.discard(request))
    context.on("requestfailed", lambda request: asked.discard(request))
    page = context.new_page()
    page.on("console", complaints.hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    _let_answer(context, asked)
    context.close()
    assert complaints == [], "The browser complained (scripts, policy, missing files):\n" + "\n".join(
        complaints
    )


def _let_answer(context: BrowserContext, asked: set[Request]) -> None:
    """A question that a page asks by itself is answered first: the database is emptied next, and would wait for it."""
    for _ in range(100):
        if not asked or not context.pages:
            return
        context.pages[0].wait_for_timeout(50)


@pytest.fixture
def page(browser: Browser, complaints: Complaints) -> Iterator[Page]:
    """1366 × 768."""
    yield from _open(browser, DESKTOP, complaints)


@pytest.fixture
def phone(browser: Browser, complaints: Complaints) -> Iterator[Page]:
    """390 × 844."""
    yield from _open(browser, PHONE, complaints)


@pytest.fixture(params=["desktop", "phone"])
def any_page(request: pytest.FixtureRequest, browser: Browser, complaints: Complaints) -> Iterator[Page]:
    """The same test at both sizes."""
    yield from _open(browser, DESKTOP if request.param == "desktop" else PHONE, complaints)
