from django import forms

from kntc.agencies.models import BodyKind


class ProposeBodyForm(forms.Form):
    """Two fields for a body that the catalogue does not have."""

    name = forms.CharField(label="Tên cơ quan, tổ chức", max_length=255)
    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), *BodyKind.choices])
