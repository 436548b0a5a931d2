"""What every template may use without `{% load %}`: dates and numbers as papers write them, icons, badges."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kntc.vietnamese import long_date, number, short_date
from kntc.web import badges, highlight, icons
from kntc.web.badges import Badge

register = template.Library()

Moment = date | datetime


def _day(value: Moment) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def vn_date(value: Moment | None) -> str:
    """05/02/2026, or nothing."""
    return short_date(_day(value)) if value else ""


@register.filter
def vn_long_date(value: Moment | None) -> str:
    """Ngày 05 tháng 02 năm 2026, or nothing."""
    return long_date(_day(value)) if value else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """08:30 05/02/2026 in the time of Vietnam, or nothing."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {short_date(local.date())}"


@register.filter
def vn_number(value: int | float | Decimal | str | None, decimals: int | None = None) -> str:
    """1248 → 1.248; nothing for None; a text that somebody has already set stays as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    return number(value, decimals)


@register.filter(name="highlight")
def highlight_words(text: str | None, query: str | None) -> str | SafeString:
    """Escapes `text` and marks the words of `query` in it, with or without accents."""
    return highlight.highlight(text or "", query or "")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    return icons.icon(name, label, css)


@lru_cache(maxsize=2048)
def _html(badge: Badge) -> SafeString:
    return format_html(
        '<span class="badge {}{}-lt"{}>{}{}</span>',
        "badge-outline bg-" if badge.outline else "bg-",
        badge.tone,
        format_html(' title="{}"', badge.title) if badge.title else "",
        icons.icon(badge.icon) if badge.icon else mark_safe(""),
        badge.label,
    )


@register.simple_tag(name="badge")
def badge_tag(label: str, tone: str = "secondary", outline: bool = False, icon: str = "") -> SafeString:
    return _html(Badge(label, tone, icon, outline))


@register.simple_tag
def kind_badge(kind: str) -> SafeString:
    return _html(badges.KINDS[kind])


@register.simple_tag
def state_badge(state: str) -> SafeString:
    return _html(badges.STATES[state])


@register.simple_tag
def handling_badge(handling: str) -> SafeString:
    return _html(badges.HANDLINGS[handling])


@register.simple_tag
def deadline_badge(due_on: date | None, done_on: date | None = None, today: date | None = None) -> SafeString:
    return _html(badges.deadline(due_on, today or timezone.localdate(), done_on))


@register.filter
def styled(field: BoundField) -> SafeString:
    """The widget with the classes that its kind and its errors ask for; Django adds the aria attributes."""
    css = [field.field.widget.attrs.get("class", ""), _control_class(field.field.widget)]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, [*css, "is-invalid" if field.errors else ""]))}
    return field.as_widget(attrs=attrs)


@register.filter
def styled_choice(choice: BoundWidget) -> SafeString:
    """One radio button or tick of a list."""
    choice.data["attrs"] = {**choice.data["attrs"], "class": "form-check-input"}
    return choice.tag()


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Radio buttons and check lists: they need a fieldset, not a label."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


def _control_class(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.filter
def chart_rows(chart: dict[str, Any]) -> list[tuple[str, list[tuple[Any, str]]]]:
    """A chart as the rows of a table: each category with the (value, address) of every series."""
    series = [(part["values"], part.get("urls") or [""] * len(part["values"])) for part in chart["series"]]
    return [
        (category, [(values[at], urls[at]) for values, urls in series])
        for at, category in enumerate(chart["categories"])
    ]
