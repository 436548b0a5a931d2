import re
from pathlib import Path

import pytest
from django.test import Client

import kntc
from kntc.web.security import CONTENT_SECURITY_POLICY

SOURCES = Path(kntc.__file__).parent
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)


@pytest.mark.django_db
def test_every_page_says_what_the_browser_may_do() -> None:
    headers = Client().get("/dang-nhap/").headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_policy_allows_nothing_inline_and_no_eval() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "script-src 'self';" in CONTENT_SECURITY_POLICY
    assert "style-src 'self';" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_no_template_has_inline_scripts_styles_or_handlers() -> None:
    found = {
        str(file.relative_to(SOURCES)): INLINE.findall(file.read_text(encoding="utf-8"))
        for file in SOURCES.rglob("templates/**/*.html")
    }
    assert len(found) > 20
    assert {file: hits for file, hits in found.items() if hits} == {}
