"""What a picker shows for the value that its form field carries."""

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField, ModelChoiceField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kntc.agencies.catalogue import bare_name
from kntc.agencies.models import Agency, Place
from kntc.vietnamese import short_date

register = template.Library()


def picked(field: BoundField) -> Agency | Place | None:
    """The body or place chosen; None where nothing (or nothing that exists) is. At most 1 SQL statement."""
    value = field.value()
    if value is None or isinstance(value, Agency | Place):
        return value
    if not isinstance(field.field, ModelChoiceField) or "\x00" in str(value):
        return None
    try:
        found: Agency | Place | None = field.field.to_python(value)
    except ValidationError:
        return None
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


@register.filter
def details(body: Agency) -> str:
    """The line under a body's name: kind, where (unless the name says so), and that it is closed or proposed."""
    parts = [body.get_kind_display()]
    if body.place:
        parts += [] if bare_name(body.place.name) in body.name else [body.place.full_name]
        parts += [body.place.parent.full_name] if body.place.parent and len(parts) == 1 else []
    if body.is_closed and body.valid_to:
        parts.append(f"đã kết thúc ngày {short_date(body.valid_to)}")
    if body.status == Agency.Status.PROPOSED:
        parts.append("chờ duyệt")
    return " · ".join(parts)
