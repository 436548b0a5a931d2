"""Tabler icons as inline SVG: one file an icon, read once a process."""

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "vendor" / "tabler-icons-3.52.0"
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BACKGROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


class UnknownIcon(LookupError):
    """A template names an icon that is not vendored: a fault of ours, found by the first test that shows the page."""


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon without `label` is decoration and hidden from screen readers."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        f" {css}" if css else "",
        voice,
        _paths(name),
    )


@lru_cache(maxsize=256)
def _paths(name: str) -> SafeString:
    file = FOLDER / f"{name}.svg"
    inside = _INSIDE.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    if inside is None:
        raise UnknownIcon(name)
    # Our own vendored files, not user input.
    return mark_safe(" ".join(inside[1].replace(_BACKGROUND, "").split()))  # noqa: S308
