"""What browser tests say: who signs in, and that a page has no fault that axe can find."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from kntc.accounts.models import Account

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def sign_in(page: Page, account: Account, base_url: str) -> None:
    """Puts the session's cookie into the browser: the form itself has a test of its own."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": base_url}])


def sign_out(page: Page) -> None:
    """The session ends without the page noticing, as after a night."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def axe(page: Page, inside: str = "html") -> None:
    """Fails with each violation of WCAG 2.1 A and AA: rule, element, reason."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "([inside, rules]) => axe.run(inside, {runOnly: rules, resultTypes: ['violations']})", [inside, RULES]
    )
    assert result["violations"] == [], "\n".join(_described(one) for one in result["violations"])


def _described(violation: dict[str, Any]) -> str:
    nodes = "\n".join(
        f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"]
    )
    return f"{violation['id']}: {violation['help']}\n{nodes}"


def fits(page: Page) -> None:
    """Nothing makes the page itself scroll sideways."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, f"the page is {wide} px wide in a window of {seen} px"
