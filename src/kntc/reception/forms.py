"""The form of one visit: four fields when nobody hands in a petition."""

from django import forms

from kntc.agencies.fields import VietnameseDateField
from kntc.reception.models import VisitKind


class VisitForm(forms.Form):
    """Who came, about what, and what was said."""

    name = forms.CharField(
        label="Họ và tên người được tiếp",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id_number = forms.CharField(label="Số căn cước, CMND, hộ chiếu", max_length=20, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=400, required=False)
    summary = forms.CharField(label="Nội dung", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    received_on = VietnameseDateField(label="Ngày tiếp")
    kind = forms.ChoiceField(label="Hình thức tiếp", choices=VisitKind.choices)
    delegated = forms.BooleanField(label="Ủy quyền tiếp", required=False)
    online = forms.BooleanField(label="Tiếp trực tuyến", required=False)
    people_count = forms.IntegerField(label="Số người", min_value=1, max_value=99999, initial=1)
    repeat = forms.BooleanField(label="Đã được tiếp nhiều lần về việc này", required=False)
    result = forms.CharField(
        label="Kết quả tiếp", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
