"""One form an operation: what a person says of it, made into a programme."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kntc.accounts.reorganisation import programme as asked
from kntc.accounts.reorganisation.programme import Heir, NewAgency, Programme
from kntc.agencies.fields import PickedField, VietnameseDateField
from kntc.agencies.models import Agency, BodyKind, Level, Place
from kntc.agencies.queries import PlaceFinder

OLDS, PARTS = range(1, 7), range(1, 5)


class _Form(forms.Form):
    """The day and the ground, which every operation has."""

    on = VietnameseDateField(
        label="Từ ngày", help_text="Ngày đầu tiên của tổ chức mới. Ngày đã qua: thực hiện ngay."
    )
    reason = forms.CharField(
        label="Căn cứ", max_length=250, required=False, help_text="Ví dụ: Nghị quyết số 1664/NQ-UBTVQH15."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("on", timezone.localdate())
        super().__init__(*args, **kwargs)

    @property
    def day(self) -> date:
        return self.cleaned_data["on"]  # type: ignore[no-any-return]

    def picked(self, name: str) -> str:
        """The code of the agency chosen; "" where none is."""
        found: Agency | None = self.cleaned_data.get(name)
        return found.code if found else ""

    def demand(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def programme(self) -> Programme:
        raise NotImplementedError


class MergeForm(_Form):
    into = PickedField(Agency, label="Cơ quan nhận (đang hoạt động)")
    new_code = forms.CharField(label="Mã cơ quan mới", max_length=40, required=False)
    new_name = forms.CharField(label="Tên cơ quan mới", max_length=255, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in OLDS:
            self.fields[f"old_{number}"] = PickedField(Agency, label=f"Cơ quan sáp nhập thứ {number}")

    @property
    def olds(self) -> list[forms.BoundField]:
        return [self[f"old_{number}"] for number in OLDS]

    def clean(self) -> None:
        self.demand("old_1", "Chọn cơ quan kết thúc hoạt động.")
        new = self.cleaned_data.get("new_code") or self.cleaned_data.get("new_name")
        if not new:
            self.demand("into", "Chọn cơ quan nhận, hoặc ghi mã và tên của cơ quan mới.")
        else:
            self.demand("new_code", "Ghi mã của cơ quan mới, ví dụ GLA-21583.")
            self.demand("new_name", "Ghi tên đầy đủ của cơ quan mới.")
            if self.cleaned_data.get("into"):
                self.add_error("into", "Chọn cơ quan đang có hoặc lập cơ quan mới, không cả hai.")

    def programme(self) -> Programme:
        olds = [code for number in OLDS if (code := self.picked(f"old_{number}"))]
        first: Agency = self.cleaned_data["old_1"]
        code = self.cleaned_data["new_code"].strip().upper()
        new = _like(first, code, self.cleaned_data["new_name"]) if code else None
        return asked.merger(
            olds, code or self.picked("into"), self.day, new=new, reason=self.cleaned_data["reason"]
        )


class SplitForm(_Form):
    old = PickedField(Agency, label="Cơ quan chia tách")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in PARTS:
            self.fields[f"heir_{n}"] = PickedField(Agency, label="Cơ quan đang có")
            self.fields[f"code_{n}"] = forms.CharField(
                label="hoặc mã cơ quan mới", max_length=40, required=False
            )
            self.fields[f"name_{n}"] = forms.CharField(
                label="Tên cơ quan mới", max_length=255, required=False
            )
            self.fields[f"places_{n}"] = forms.CharField(
                label="Địa bàn nhận, mỗi dòng một xã, phường",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["rest"] = forms.ChoiceField(
            label="Phần không rõ địa bàn giao cho",
            choices=[(str(n), f"Cơ quan kế thừa thứ {n}") for n in PARTS],
            help_text="Hồ sơ không ghi địa bàn, địa chỉ cũng không cho biết thì về đây và được liệt kê.",
        )

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [
            {"number": n, **{name: self[f"{name}_{n}"] for name in ("heir", "code", "name", "places")}}
            for n in PARTS
        ]

    def clean(self) -> None:
        self.demand("old", "Chọn cơ quan chia tách.")
        data = self.cleaned_data
        data["keys"] = {n: self._places(n) for n in PARTS}
        given = [n for n in PARTS if data.get(f"heir_{n}") or data.get(f"code_{n}")]
        for n in PARTS:
            if data.get(f"code_{n}"):
                self.demand(f"name_{n}", "Ghi tên đầy đủ của cơ quan mới.")
                if data.get(f"heir_{n}"):
                    self.add_error(f"heir_{n}", "Chọn cơ quan đang có hoặc lập cơ quan mới, không cả hai.")
        if len(given) < 2:
            self.add_error(f"heir_{min(len(given) + 1, 2)}", "Chia tách cần ít nhất hai cơ quan kế thừa.")
        elif data.get("rest") and int(data["rest"]) not in given:
            self.add_error("rest", "Cơ quan kế thừa này chưa được chọn ở trên.")

    def _places(self, number: int) -> tuple[str, ...]:
        name = f"places_{number}"
        lines = [line.strip() for line in self.cleaned_data.get(name, "").splitlines() if line.strip()]
        if not lines:
            return ()
        finder, near = PlaceFinder(), self.cleaned_data.get("old")
        found: list[str] = []
        for line in lines:
            place = Place.objects.filter(pk=line.upper()).first() or finder.find(line, near).commune
            if place is None:
                self.add_error(name, f"Không nhận ra địa bàn “{line}”: ghi tên xã, phường kèm tên tỉnh.")
            else:
                found.append(place.pk)
        return tuple(dict.fromkeys(found))

    def programme(self) -> Programme:
        data, old = self.cleaned_data, self.cleaned_data["old"]
        heirs, new = [], []
        for n in PARTS:
            code = data[f"code_{n}"].strip().upper()
            if code:
                new.append(_like(old, code, data[f"name_{n}"]))
            if heir := code or self.picked(f"heir_{n}"):
                heirs.append(Heir(heir, data["keys"][n], str(n) == data["rest"]))
        return asked.division(old.code, heirs, self.day, new=new, reason=data["reason"])


class RenameForm(_Form):
    agency = PickedField(Agency, label="Cơ quan đổi tên")
    name = forms.CharField(label="Tên mới", max_length=255)
    short_name = forms.CharField(label="Tên gọn mới", max_length=160, required=False)

    def clean(self) -> None:
        self.demand("agency", "Chọn cơ quan đổi tên.")

    def programme(self) -> Programme:
        data = self.cleaned_data
        return asked.renaming(
            self.picked("agency"),
            data["name"],
            self.day,
            short_name=data["short_name"],
            reason=data["reason"],
        )


class CloseForm(_Form):
    agency = PickedField(Agency, label="Cơ quan giải thể")
    successor = PickedField(Agency, label="Cơ quan kế thừa")

    def clean(self) -> None:
        self.demand("agency", "Chọn cơ quan giải thể.")
        self.demand("successor", "Chọn cơ quan nhận việc, hồ sơ và người.")

    def programme(self) -> Programme:
        return asked.closing(
            self.picked("agency"), self.picked("successor"), self.day, reason=self.cleaned_data["reason"]
        )


class MoveForm(_Form):
    agency = PickedField(Agency, label="Cơ quan chuyển")
    parent = PickedField(Agency, label="Cơ quan cấp trên mới")

    def clean(self) -> None:
        self.demand("agency", "Chọn cơ quan chuyển.")
        self.demand("parent", "Chọn cơ quan cấp trên mới.")

    def programme(self) -> Programme:
        return asked.placing(
            self.picked("agency"), self.picked("parent"), self.day, reason=self.cleaned_data["reason"]
        )


class FoundForm(_Form):
    parent = PickedField(Agency, label="Cơ quan cấp trên")
    code = forms.CharField(
        label="Mã", max_length=40, help_text="Chữ in hoa không dấu, số, gạch nối: GLA-SNV."
    )
    name = forms.CharField(label="Tên", max_length=255)
    short_name = forms.CharField(label="Tên gọn", max_length=160, required=False)
    level = forms.ChoiceField(label="Cấp", choices=Level.choices)
    kind = forms.ChoiceField(label="Loại", choices=BodyKind.choices)
    place = PickedField(Place, label="Địa bàn")

    def clean(self) -> None:
        self.demand("parent", "Chọn cơ quan cấp trên.")

    def programme(self) -> Programme:
        data = self.cleaned_data
        new = NewAgency(
            code=data["code"].strip().upper(),
            name=data["name"],
            parent=self.picked("parent"),
            level=data["level"],
            kind=data["kind"],
            short_name=data["short_name"],
            place=data["place"].pk if data["place"] else None,
        )
        return asked.founding(new, self.day, reason=data["reason"])


def _like(old: Agency, code: str, name: str) -> NewAgency:
    """A new agency of the sort of an old one, under the same agency."""
    parent = old.parent.code if old.parent else ""
    return NewAgency(code=code, name=name.strip(), parent=parent, level=old.level, kind=old.kind)


FORMS: dict[str, tuple[str, str, type[_Form]]] = {
    "sap-nhap": ("Sáp nhập", "git-merge", MergeForm),
    "chia-tach": ("Chia tách", "sitemap", SplitForm),
    "doi-ten": ("Đổi tên", "pencil", RenameForm),
    "giai-the": ("Giải thể", "circle-x", CloseForm),
    "chuyen": ("Chuyển cấp trên", "arrows-exchange", MoveForm),
    "thanh-lap": ("Thành lập", "plus", FoundForm),
}
