"""Forms of the group screens."""

from typing import Any

from django import forms

from kntc.accounts.rights.granting import GROUP_RIGHTS
from kntc.accounts.rights.group_templates import TEMPLATES
from kntc.agencies.fields import PickedField
from kntc.agencies.models import Agency
from kntc.audit.rights import Right

RIGHT_CHOICES = [(right.value, right.label) for right in Right if right in GROUP_RIGHTS]


class NameForm(forms.Form):
    name = forms.CharField(label="Tên nhóm", max_length=120, error_messages={"required": "Hãy ghi tên nhóm."})


class RightsForm(forms.Form):
    rights = forms.MultipleChoiceField(
        label="Quyền của nhóm",
        choices=RIGHT_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cộng thêm vào quyền theo vai trò của từng người.",
        error_messages={"invalid_choice": "Nhóm không mang được quyền này."},
    )


class NewGroupForm(NameForm, RightsForm):
    """From a template, or of one's own."""

    agency = PickedField(Agency, label="Cơ quan")
    template = forms.ChoiceField(
        choices=[("", ""), *((one.key, one.name) for one in TEMPLATES)],
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ["agency", "name", "rights", "template"]

    def clean_agency(self) -> Any:
        if not self.cleaned_data["agency"]:
            raise forms.ValidationError("Hãy chọn cơ quan của nhóm.")
        return self.cleaned_data["agency"]
