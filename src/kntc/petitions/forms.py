"""The petition form (R51): what it asks for depends on kind and step; the rules themselves stand in rules.py."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from kntc.agencies.fields import PickedField, VietnameseDateField
from kntc.agencies.models import Agency, Place
from kntc.law.fields import field_tree
from kntc.petitions.choices import Handling, Kind, PartyRole, ReflectionKind, Source
from kntc.petitions.entry import NewParty, NewPetition
from kntc.vietnamese import squeeze


def whole_number(text: object) -> int:
    """What a browser sends as a number; 0 for anything else, however long."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


def field_choices() -> list[tuple[str, Any]]:
    """Fields of matters, grouped as the catalogue has them."""
    groups = [
        (top.name, [(leaf.code, leaf.name) for leaf in leaves] or [(top.code, top.name)])
        for top, leaves in field_tree()
    ]
    return [("", "Chưa phân loại"), *groups]


INSTANCES = [("", "Chưa rõ"), ("1", "Lần đầu"), ("2", "Lần hai (khiếu nại) / tố cáo tiếp")]


class PetitionForm(forms.Form):
    """Everything a petition may say, with few fields that everybody must fill."""

    kind = forms.ChoiceField(
        label="Loại đơn", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.COMPLAINT
    )
    reflection_kind = forms.ChoiceField(
        label="Kiến nghị hay phản ánh",
        choices=[("", "Cả hai, chưa tách"), *ReflectionKind.choices],
        required=False,
    )
    source = forms.ChoiceField(label="Nguồn đơn", choices=Source.choices, initial=Source.COUNTER)
    received_on = VietnameseDateField(label="Ngày nhận đơn")
    source_body = PickedField(Agency, label="Cơ quan chuyển đến")
    source_paper = forms.CharField(label="Số, ngày văn bản chuyển", max_length=80, required=False)

    anonymous = forms.BooleanField(label="Đơn không rõ người viết (nặc danh, mạo danh)", required=False)
    signatories = forms.IntegerField(
        label="Số người",
        min_value=1,
        max_value=99999,
        initial=1,
        help_text="Tổng số người đứng tên trong đơn",
    )
    respondent_name = forms.CharField(label="Người bị khiếu nại, tố cáo", max_length=200, required=False)
    respondent_organisation = forms.CharField(label="Chức vụ của người đó", max_length=250, required=False)
    respondent_body = PickedField(Agency, label="Cơ quan của người đó")

    summary = forms.CharField(
        label="Nội dung đơn",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một, hai câu: việc gì, ở đâu, đề nghị gì",
    )
    field_code = forms.ChoiceField(label="Lĩnh vực", choices=field_choices, required=False)
    instance = forms.TypedChoiceField(
        label="Lần", choices=INSTANCES, coerce=int, empty_value=None, required=False
    )
    place = PickedField(Place, label="Địa bàn xảy ra vụ việc")

    content = forms.CharField(
        label="Toàn văn đơn", required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    written_on = VietnameseDateField(label="Ngày viết đơn", required=False)
    prior_body = PickedField(Agency, label="Cơ quan đã giải quyết trước đó")
    prior_note = forms.CharField(
        label="Kết quả giải quyết trước đó",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Shown in corrections only: at first entry the examination has its own page.
    handling = forms.ChoiceField(
        label="Hướng xử lý", choices=[("", "Chưa xử lý"), *Handling.choices], required=False
    )
    handled_on = VietnameseDateField(label="Ngày xử lý", required=False)
    handled_paper = forms.CharField(label="Số văn bản xử lý", max_length=80, required=False)
    destination = PickedField(Agency, label="Cơ quan được hướng dẫn, chuyển đến")

    note = forms.CharField(
        label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_summary(self) -> str:
        return squeeze(str(self.cleaned_data["summary"]))


class PersonForm(forms.Form):
    """One of those who signed."""

    name = forms.CharField(
        label="Họ và tên",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id_number = forms.CharField(
        label="Số căn cước, CMND, hộ chiếu",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    address = forms.CharField(
        label="Nơi ở hiện nay",
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = PickedField(Place, label="Xã, phường, đặc khu")
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    birth_year = forms.IntegerField(label="Năm sinh", required=False, min_value=1850, max_value=2100)
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("", "Không rõ"), ("male", "Nam"), ("female", "Nữ")], required=False
    )

    def party(self) -> NewParty:
        """The person as handed in."""
        values = self.cleaned_data
        place: Place | None = values.get("place")
        return NewParty(
            name=squeeze(values.get("name", "")),
            id_number=values.get("id_number", ""),
            address=squeeze(values.get("address", "")),
            place_id=place.pk if place else None,
            phone=values.get("phone", ""),
            birth_year=values.get("birth_year"),
            gender=values.get("gender", ""),
        )


PersonFormSet: "type[BaseFormSet[PersonForm]]" = formset_factory(
    PersonForm, extra=0, min_num=1, max_num=200, absolute_max=200
)
_PEOPLE_ERRORS = {
    "missing_management_form": "Danh sách người đứng tên không đọc được. Hãy tải lại trang rồi nhập lại phần này.",
    "too_many_forms": "Một đơn ghi tên được nhiều nhất 200 người; số còn lại ghi tổng ở ô “Số người”.",
}

# Field of the rules → field of the form, where the names differ.
_SHOWN_AT = {"respondent": "respondent_name", "name": None, "address": None}


class Intake:
    """The petition form together with its people, as one thing to fill, check and show errors of."""

    def __init__(
        self,
        agency: Agency,
        data: Mapping[str, Any] | None = None,
        *,
        entry: NewPetition | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`data`: what is handed in; `entry`: a petition to show; `typed`: a draft to go on with, right or wrong."""
        self.agency = agency
        initial: Mapping[str, Any] = typed or (
            _initial(entry) if entry else {"received_on": timezone.localdate()}
        )
        people = _typed_people(typed) if typed else [_person(p) for p in entry.petitioners] if entry else []
        self.form = PetitionForm(data, initial=dict(initial))
        self.people = PersonFormSet(data, initial=people, prefix="nguoi", error_messages=_PEOPLE_ERRORS)

    def is_valid(self) -> bool:
        """Both parts, so that every fault is shown at once."""
        people = self.people.is_valid()
        return self.form.is_valid() and people

    def entry(self, base: NewPetition | None = None) -> NewPetition:
        """The values handed in; what the form does not ask for stays as in `base`."""
        values = self.form.cleaned_data
        entry = base or NewPetition(agency=self.agency, kind="", source="", received_on=date.min)
        for name in _PLAIN:
            setattr(entry, name, values[name])
        if entry.kind != Kind.REFLECTION:
            entry.reflection_kind = ""  # chosen before the kind was changed, and hidden since
        for name in _PICKED:
            picked = values[name]
            setattr(entry, f"{name}_id", picked.pk if picked else None)
        entry.parties = self._parties(entry)
        entry.place_id = entry.place_id or next((p.place_id for p in entry.petitioners if p.place_id), None)
        return entry

    def _parties(self, entry: NewPetition) -> list[NewParty]:
        values = self.form.cleaned_data
        people = [form.party() for form in self.people.forms]
        if values["anonymous"]:
            people = []  # hidden together with the tick: who is not known has no name
        parties = [p for p in people if p.name or p.id_number or p.address or p.phone]
        # Whoever the form does not show (a representative, a second respondent) stays on the petition.
        others = [p for p in entry.parties if p.role == PartyRole.REPRESENTATIVE]
        respondents = [p for p in entry.parties if p.role == PartyRole.RESPONDENT]
        first = respondents[0] if respondents else NewParty(role=PartyRole.RESPONDENT)
        first.name, first.organisation = (
            squeeze(values["respondent_name"]),
            squeeze(values["respondent_organisation"]),
        )
        body: Agency | None = values["respondent_body"]
        first.body_id = body.pk if body else None
        if first.name or first.organisation or first.body_id:
            others.append(first)
        return parties + others + respondents[1:]

    def show(self, errors: Mapping[str, str]) -> None:
        """Put the rules' sentences beside the fields that they are about."""
        for name, message in errors.items():
            if name.startswith("parties."):
                self._show_person(name, message)
            elif name in {"name", "address"}:
                self.people.forms[0].add_error(name, message)
            else:
                shown = _SHOWN_AT.get(name, name)
                self.form.add_error(shown if shown in self.form.fields else None, message)

    def _show_person(self, name: str, message: str) -> None:
        _, index, field = name.split(".")
        if int(index) < len(self.people.forms):
            self.people.forms[int(index)].add_error(field, message)
        else:
            self.form.add_error("respondent_name", message)

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """(address of the field, its label, sentence) of every fault, in the order of the page."""
        forms_ = [self.form, *self.people.forms]
        whole = self.people.non_form_errors() if self.people.is_bound else []
        found = [("", "", str(text)) for text in whole]
        for form in forms_:
            for name, messages in form.errors.items():
                bound = form[name] if name in form.fields else None
                label = str(bound.label) if bound else ""
                found += [(_address(bound), label, str(text)) for text in messages]
        return found


def _address(bound: forms.BoundField | None) -> str:
    """Where the focus goes: a picker's key is hidden, its text stands beside it."""
    if bound is None:
        return ""
    return f"{bound.auto_id}_text" if isinstance(bound.field, PickedField) else bound.id_for_label


_PLAIN = (
    "kind", "reflection_kind", "source", "received_on", "source_paper", "anonymous", "signatories", "summary",
    "field_code", "instance", "content", "written_on", "prior_note", "note", "handling", "handled_on", "handled_paper",
)  # fmt: skip
_PICKED = ("source_body", "prior_body", "place", "destination")


def _initial(entry: NewPetition) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(entry, name) for name in _PLAIN}
    values |= {name: getattr(entry, f"{name}_id") for name in _PICKED}
    respondent = next((p for p in entry.parties if p.role == PartyRole.RESPONDENT), NewParty())
    return values | {
        "respondent_name": respondent.name,
        "respondent_organisation": respondent.organisation,
        "respondent_body": respondent.body_id,
    }


def _typed_people(typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    count = whole_number(typed.get("nguoi-TOTAL_FORMS"))
    return [
        {name: typed.get(f"nguoi-{index}-{name}", "") for name in PersonForm.base_fields}
        for index in range(min(count, 200))
    ]


def _person(party: NewParty) -> dict[str, Any]:
    return {
        "name": party.name,
        "id_number": party.id_number,
        "address": party.address,
        "place": party.place_id,
        "phone": party.phone,
        "birth_year": party.birth_year,
        "gender": party.gender,
    }


class ReasonForm(forms.Form):
    """Why: for a void, a correction, an opening of the vault."""

    reason = forms.CharField(
        label="Lý do", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class HandlingForm(forms.Form):
    """The result of examining a petition."""

    handling = forms.ChoiceField(label="Hướng xử lý", choices=Handling.choices)
    handled_on = VietnameseDateField(label="Ngày xử lý")
    paper = forms.CharField(label="Số văn bản xử lý", max_length=80, required=False)
    destination = PickedField(Agency, label="Cơ quan được hướng dẫn, chuyển đến")
    field_code = forms.ChoiceField(label="Lĩnh vực", choices=field_choices, required=False)
    instance = forms.TypedChoiceField(
        label="Lần", choices=INSTANCES, coerce=int, empty_value=None, required=False
    )
    is_complex = forms.BooleanField(label="Vụ việc phức tạp", required=False)
    is_remote = forms.BooleanField(label="Vùng sâu, vùng xa đi lại khó khăn", required=False)
    version = forms.IntegerField(label="Bản đang xem", widget=forms.HiddenInput)
