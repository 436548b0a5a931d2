"""The form above the list of petitions: what stands in its address, read and checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import OuterRef

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.agencies.fields import VietnameseDateField
from kntc.agencies.models import Agency
from kntc.law.fields import field_tree
from kntc.petitions import search
from kntc.petitions.choices import Handling, Kind, ReflectionKind, Source, State
from kntc.petitions.filters import BACKFILLED, BASES, LATENESS, ME, NAMED, NONE, OPEN, OWN, REPEAT, Chosen

ANY = ("", "Tất cả")


class OneOf(forms.ChoiceField):
    """One of a closed list, or all."""

    default_error_messages = {
        "invalid_choice": "“%(value)s” không có trong danh sách này. Hãy chọn lại trong “Bộ lọc”."
    }

    def __init__(self, label: str, choices: Any, *, everything: tuple[str, str] | None = ANY) -> None:
        first = [everything] if everything else []
        super().__init__(label=label, required=False, choices=lambda: [*first, *_listed(choices)])


def _listed(choices: Any) -> Any:
    return choices() if callable(choices) else choices


def _fields() -> list[tuple[str, Any]]:
    """Each branch as a group that begins with the branch itself."""
    groups = [
        (
            branch.name,
            [
                (branch.code, f"Mọi việc về {_lower_first(branch.name)}"),
                *((leaf.code, leaf.name) for leaf in leaves),
            ],
        )
        for branch, leaves in field_tree()
    ]
    return [(NONE, "Chưa phân loại"), *groups]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


# A colleague comes in the address, from the screen that counts his work.
HOLDERS = [(ME, "Tôi"), (NONE, "Chưa giao cho ai")]


class ListForm(forms.Form):
    """Every value may be missing. What is wrong is said; nothing is silently left out of the question."""

    q = forms.CharField(label="Tìm đơn", required=False, max_length=search.LONGEST_QUERY)
    kind = OneOf("Loại đơn", Kind.choices)
    reflection_kind = OneOf(
        "Kiến nghị hay phản ánh", [*ReflectionKind.choices, (NONE, "Kiến nghị, phản ánh chưa tách")]
    )
    source = OneOf("Nguồn đơn", Source.choices)
    field = OneOf("Lĩnh vực", _fields)
    agency = forms.CharField(label="Cơ quan tiếp nhận", required=False, max_length=40)
    subtree = OneOf("Phạm vi", [("0", "Chỉ riêng cơ quan này")], everything=("", "Cả cơ quan trực thuộc"))
    basis = OneOf("Tính kỳ theo", lambda: [(k, b.label) for k, b in BASES.items()], everything=None)
    handling = OneOf("Hướng xử lý", [(NONE, "Chưa xử lý"), *Handling.choices])
    state = OneOf("Tình trạng", [(OPEN, "Chưa xong"), *State.choices])
    late = OneOf("Thời hạn", lambda: [(key, lateness.label) for key, lateness in LATENESS.items()])
    backfilled = OneOf("Nhập bổ sung", list(BACKFILLED.items()))
    repeat = forms.BooleanField(label=REPEAT, required=False)
    own = forms.BooleanField(label=OWN, required=False)
    assignee = forms.CharField(
        label="Người xử lý", required=False, max_length=20, widget=forms.Select(choices=[ANY, *HOLDERS])
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="loc-%s")
        # "from" is no name in Python.
        holder = str(data.get("assignee", ""))[:20]
        if holder and holder not in (ME, NONE):
            chosen = (holder, "Người đang chọn")
            self.fields["assignee"].widget = forms.Select(choices=[ANY, *HOLDERS, chosen])
        self.fields["from"] = VietnameseDateField(label="Từ ngày", required=False)
        self.fields["to"] = VietnameseDateField(label="Đến ngày", required=False)

    def clean_agency(self) -> Agency | None:
        code = self.cleaned_data["agency"].strip()
        if not code:
            return None
        below = Agency.objects.filter(lft__gte=OuterRef("lft"), lft__lte=OuterRef("rgt")).values("pk")
        found = Agency.objects.filter(code=code).annotate(below=ArraySubquery(below[: NAMED + 1])).first()
        if found is None:
            raise ValidationError(
                f"Không có cơ quan nào mang mã “{code}”. Hãy gõ tên cơ quan rồi chọn trong danh sách hiện ra."
            )
        return found

    def clean_assignee(self) -> str | Post:
        """`me`, `none`, or the post of a colleague."""
        text = str(self.cleaned_data["assignee"]).strip()
        if text in ("", ME, NONE):
            return text
        posts = Post.objects.select_related("account")
        found = posts.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 18 else None
        if found is None:
            raise ValidationError("Không có người xử lý này. Hãy chọn lại trong “Bộ lọc”.")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start: date | None = cleaned.get("from")
        end: date | None = cleaned.get("to")
        if start and end and start > end:
            self.add_error("to", "Đến ngày đứng trước từ ngày. Hãy đổi lại hai ngày này.")
        return cleaned

    def chosen(self, officer: Officer) -> Chosen:
        """The values of a valid form, asked by this officer."""
        values = self.cleaned_data
        assignee = values["assignee"]
        holder = officer.post if assignee == ME else assignee if isinstance(assignee, Post) else None
        plain = (
            "kind", "reflection_kind", "source", "field", "agency", "handling", "state", "late", "backfilled",
            "repeat",
        )  # fmt: skip
        return Chosen(
            **{name: values[name] for name in plain},
            subtree=values["subtree"] != "0",
            basis=values["basis"] or "received",
            start=values["from"],
            end=values["to"],
            own=officer.agency_id if values["own"] else None,
            assignee=holder.pk if holder else None,
            assignee_name=holder.account.full_name if holder else "",
            unassigned=assignee == NONE,
        )
