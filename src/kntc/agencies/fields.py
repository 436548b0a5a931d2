"""Form fields that every room's forms share: a day as people write it, a body or place chosen by typing."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kntc.agencies.models import Agency, Place
from kntc.vietnamese import DateProblem, parse_date, short_date


class VietnameseDateField(forms.Field):
    """5/2/2026, 05.02.2026, 5-2-26. Says in words what is wrong with another writing."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "40", "data-date": ""}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_date(text[:80])
        except DateProblem as problem:
            raise ValidationError(str(problem)) from problem


class PickedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for type checkers only
    """The form carries the key of what was picked, the picker beside it its name."""

    def __init__(self, model: type[Agency] | type[Place], **kwargs: Any) -> None:
        super().__init__(
            queryset=model._default_manager.all(),
            widget=forms.HiddenInput(),
            required=False,
            error_messages={"invalid_choice": "Mục vừa chọn không còn trong danh mục. Hãy gõ và chọn lại."},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """A body merged while the form stood open is the one it was merged into."""
        picked = super().to_python(value)
        if isinstance(picked, Agency) and picked.merged_into is not None:
            return picked.merged_into
        return picked
