"""Forms of the directory of bodies."""

from typing import Any

from django import forms

from kntc.accounts.actions.bodies import BodyValues
from kntc.agencies.fields import PickedField
from kntc.agencies.forms import KINDS
from kntc.agencies.models import Agency, BodyKind, Place


class BodyForm(forms.Form):
    """A body as it should read."""

    name = forms.CharField(label="Tên đầy đủ", max_length=255)
    short_name = forms.CharField(
        label="Tên gọn",
        max_length=160,
        required=False,
        help_text="Hiện trong danh sách; bỏ trống là tên đầy đủ",
    )
    kind = forms.ChoiceField(label="Loại", choices=KINDS)
    place = PickedField(Place, label="Địa bàn")
    aliases = forms.CharField(
        label="Tên gọi khác, viết tắt",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một cách viết. Viết tắt thông dụng (UBND, THCS, BV…) hệ thống tự hiểu, không cần ghi.",
    )
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    reason = forms.CharField(label="Lý do sửa", max_length=500, required=False)

    def values(self) -> BodyValues:
        data = self.cleaned_data
        return BodyValues(
            name=data["name"],
            kind=data["kind"],
            place=data["place"],
            short_name=data["short_name"],
            address=data["address"],
            phone=data["phone"],
            aliases=data["aliases"].splitlines(),
        )


def initial_of(body: Agency) -> dict[str, Any]:
    """The form's values for a body as it reads now. One statement."""
    return {
        "name": body.name,
        "short_name": "" if body.short_name == body.name[:160] else body.short_name,
        "kind": body.kind,
        "place": body.place,
        "aliases": "\n".join(body.aliases.order_by("pk").values_list("text", flat=True)),
        "address": body.address,
        "phone": body.phone,
    }


class MergeForm(forms.Form):
    """Into which body, and why they are one."""

    kept = PickedField(Agency, label="Gộp vào cơ quan")
    reason = forms.CharField(label="Vì sao là một", max_length=500)

    def clean_kept(self) -> Agency:
        kept: Agency | None = self.cleaned_data["kept"]
        if kept is None:
            raise forms.ValidationError("Chọn cơ quan được giữ lại trong danh mục.")
        return kept


class PairForm(forms.Form):
    """Two bodies that are not one."""

    one = forms.ModelChoiceField(Agency.objects.all())
    other = forms.ModelChoiceField(Agency.objects.all())


class FilterForm(forms.Form):
    """What the list is asked for; anything unknown counts as not said."""

    q = forms.CharField(label="Tìm tên, viết tắt, tên gọi khác", max_length=200, required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("", "Mọi loại"), *BodyKind.choices], required=False)
