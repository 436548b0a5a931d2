"""What a picker shows for the value that its form field carries."""

from django import template
from django.forms import BoundField, ModelChoiceField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kntc.agencies.models import Agency, Place

register = template.Library()


def picked(field: BoundField) -> Agency | Place | None:
    """The body or place chosen; None where nothing (or nothing that exists) is. At most 1 SQL statement."""
    value = field.value()
    if value is None or isinstance(value, Agency | Place):
        return value
    if not isinstance(field.field, ModelChoiceField) or field.field.queryset is None:
        return None
    model = field.field.queryset.model
    try:
        key = model._meta.pk.to_python(value)
    except ValueError:
        return None
    found: Agency | Place | None = model._default_manager.filter(pk=key).first() if key else None
    return found


@register.filter
def picked_label(field: BoundField) -> str:
    chosen = picked(field)
    if isinstance(chosen, Agency):
        return chosen.short_name
    return chosen.full_name if chosen else ""


@register.filter
def marked(text: str, asked: str) -> SafeString | str:
    """`text` with the part that was typed, if it stands there as it was typed, in <mark>."""
    at = text.lower().find(asked.lower()) if asked else -1
    if at < 0:
        return text
    end = at + len(asked)
    return format_html("{}<mark>{}</mark>{}", text[:at], text[at:end], text[end:])
