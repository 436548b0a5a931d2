from django import forms

from kntc.agencies.fields import PickedField
from kntc.agencies.models import BodyKind, Place

KINDS = [("", "Chọn loại"), *BodyKind.choices]


class ProposeBodyForm(forms.Form):
    """Two fields for a body that the catalogue does not have; the place is proposed."""

    name = forms.CharField(label="Tên cơ quan, tổ chức", max_length=255)
    kind = forms.ChoiceField(label="Loại", choices=KINDS)
    place = PickedField(Place, label="Địa bàn")
