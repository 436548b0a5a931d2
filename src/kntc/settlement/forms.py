"""Forms of a case's acts."""

from django import forms

from kntc.agencies.fields import VietnameseDateField
from kntc.settlement.models import Outcome


class SettleForm(forms.Form):
    """The result: a decision, a conclusion, or an answer."""

    outcome = forms.ChoiceField(label="Kết quả", choices=Outcome.choices)
    settled_on = VietnameseDateField(label="Ngày ban hành")
    decision_number = forms.CharField(label="Số quyết định, kết luận, văn bản", max_length=80, required=False)


class ReasonedForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label="Lý do", max_length=500)


class DatedForm(forms.Form):
    """An act on a day, with a reason where there is one."""

    on = VietnameseDateField(label="Ngày")
    reason = forms.CharField(label="Lý do", max_length=500, required=False)
