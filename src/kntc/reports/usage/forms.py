"""What a person chooses and writes for the usage report."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kntc.agencies.fields import VietnameseDateField
from kntc.agencies.models import Agency
from kntc.reports.usage.figures import Basis, Usage
from kntc.reports.usage.queries import default_period
from kntc.reports.usage.words import Head, default_head, default_texts
from kntc.vietnamese import short_date


def agency_label(agency: Agency) -> str:
    return (
        f"{agency.name} (đến {short_date(agency.valid_to)})"
        if agency.is_closed and agency.valid_to
        else agency.name
    )


class PeriodForm(forms.Form):
    """Agency, period and date basis; all of it in the address, so that a report can be found again."""

    co_quan = forms.ChoiceField(label="Cơ quan")
    tu = VietnameseDateField(label="Từ ngày")
    den = VietnameseDateField(label="Đến ngày")
    theo = forms.ChoiceField(
        label="Tính theo", choices=[(basis.value, basis.label.capitalize()) for basis in Basis]
    )

    def __init__(self, data: Any, agencies: list[Agency], agency: Agency) -> None:
        start, end = default_period(agency, timezone.localdate())
        values = {"tu": short_date(start), "den": short_date(end), "theo": Basis.RECEIVED.value}
        given = {name: data[name] for name in ("tu", "den", "theo") if data.get(name)}
        super().__init__(values | given | {"co_quan": agency.code})
        self.agency = agency
        self.fields["co_quan"].choices = [(one.code, agency_label(one)) for one in agencies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("tu"), values.get("den")
        if start and end and start > end:
            self.add_error("den", "Ngày cuối kỳ đứng trước ngày đầu kỳ: sửa lại một trong hai ngày.")
        return values

    @property
    def period(self) -> tuple[date, date, Basis]:
        values = self.cleaned_data
        return values["tu"], values["den"], Basis(values["theo"])


def _box(label: str, rows: int = 3, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=20_000, widget=widget, help_text=hint)


class PaperForm(forms.Form):
    """The paper's paragraphs and surroundings, filled in beforehand; what is written goes into the Word file."""

    opening = _box("Mở đầu", 2)
    direction = _box(
        "I.1. Công tác chỉ đạo, điều hành",
        hint="Có thể ghi thêm số, ngày các văn bản chỉ đạo; số lớp, số người được tập huấn; việc kiểm tra, hướng dẫn",
    )
    operation = _box(
        "I.2. Tình hình triển khai, phần viết thêm trước số liệu",
        hint="Có thể ghi tình hình máy tính, đường truyền, máy quét; cách phân công người nhập",
    )
    strengths = _box("II.1. Ưu điểm")
    limits = _box("II.2. Tồn tại, hạn chế", hint="Điền sẵn những gì số liệu cho thấy")
    proposals = _box("III. Đề xuất, kiến nghị")
    closing = _box("Kết thúc", 2)

    superior = forms.CharField(label="Cơ quan chủ quản", max_length=255, required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=255)
    number = forms.CharField(
        label="Số", max_length=20, required=False, help_text="Để trống nếu văn thư cho số sau"
    )
    symbol = forms.CharField(label="Ký hiệu", max_length=40, required=False)
    place = forms.CharField(label="Địa danh", max_length=120, required=False)
    day = VietnameseDateField(label="Ngày ký", required=False, help_text="Để trống nếu ghi tay khi ký")
    recipients = _box("Kính gửi", 2, "Mỗi nơi một dòng")
    signer_lines = _box(
        "Quyền hạn, chức vụ người ký", 2, "Mỗi dòng một ý, ví dụ: KT. CHỦ TỊCH, dòng sau PHÓ CHỦ TỊCH"
    )
    signer_name = forms.CharField(label="Họ và tên người ký", max_length=120, required=False)
    copies = _box("Nơi nhận", 3, "Mỗi nơi một dòng; dòng “Lưu” được thêm vào cuối")
    archive = forms.CharField(label="Lưu", max_length=80, required=False)

    TEXTS = ("opening", "direction", "operation", "strengths", "limits", "proposals", "closing")

    @classmethod
    def prefilled(cls, usage: Usage) -> "PaperForm":
        head = default_head(usage.agency, timezone.localdate())
        return cls(initial=default_texts(usage) | _shown(head))

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.TEXTS}

    @property
    def head(self) -> Head:
        values = {name: value for name, value in self.cleaned_data.items() if name not in self.TEXTS}
        for name in ("recipients", "signer_lines", "copies"):
            values[name] = [line.strip() for line in values[name].splitlines() if line.strip()]
        return Head(**values | {"archive": values["archive"] or "VT"})

    def text_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TEXTS]

    def head_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.TEXTS]


def _shown(head: Head) -> dict[str, Any]:
    values = {name: getattr(head, name) for name in head.__dataclass_fields__}
    for name in ("recipients", "signer_lines", "copies"):
        values[name] = "\n".join(values[name])
    return values
