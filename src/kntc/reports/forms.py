"""What a person chooses for a table: agency and period, all of it in the address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from kntc.agencies.fields import VietnameseDateField
from kntc.vietnamese import DateProblem, parse_date, short_date


class TableForm(forms.Form):
    """The agency is a code beside a picker; a day may be written as people write it."""

    co_quan = forms.CharField(label="Cơ quan", max_length=40, required=False, widget=forms.HiddenInput)
    tu = VietnameseDateField(label="Từ ngày")
    den = VietnameseDateField(label="Đến ngày")

    def __init__(self, data: Mapping[str, Any], start: date, end: date) -> None:
        days = {name: _as_written(data.get(name) or day) for name, day in (("tu", start), ("den", end))}
        super().__init__({"co_quan": data.get("co_quan", "")} | days)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("tu"), values.get("den")
        if start and end and start > end:
            self.add_error("den", "Ngày cuối kỳ đứng trước ngày đầu kỳ: sửa lại một trong hai ngày.")
        return values

    @property
    def period(self) -> tuple[date, date]:
        return self.cleaned_data["tu"], self.cleaned_data["den"]


def _as_written(value: Any) -> str:
    """An address may carry 2026-03-14: the page shows it as people write it. What is no day the field explains."""
    try:
        return short_date(parse_date(value))
    except DateProblem:
        return str(value)
