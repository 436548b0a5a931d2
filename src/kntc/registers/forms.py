"""What people hand in: a file, the meaning of columns, the meaning of writings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kntc.registers.reading.plan import SheetPlan, replan, with_choice
from kntc.registers.reading.signature import UnreadableRegister, check_size
from kntc.registers.reading.targets import IGNORED, LABELS, TARGETS, TICKS
from kntc.registers.reading.workbook import Workbook

CHOICES = [(IGNORED, "Không nhập"), *((target.key, target.label) for target in TARGETS)]
TICK_CHOICES = [(target.key, target.label) for target in TICKS]
_HIGHEST_HEADER = 8


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp sổ theo dõi",
        error_messages={
            "required": "Hãy chọn tệp sổ theo dõi (.xlsx, .xls hoặc .ods).",
            "empty": "Tệp rỗng (0 byte): chọn lại tệp sổ, có thể lần lưu hoặc sao chép trước bị dở dang.",
        },
        max_length=255,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            check_size(file.size or 0)
        except UnreadableRegister as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file


@dataclass(frozen=True)
class Chosen:
    plans: list[SheetPlan]
    moved: bool  # a header lies elsewhere now: its columns have to be looked at anew


def chosen_plans(book: Workbook, plans: Sequence[SheetPlan], data: Mapping[str, str]) -> Chosen:
    """The plans as the screen of columns says.

    For sheet 0: `s0-on` selected, `s0-first` and `s0-last` its header, `s0-shown` the header under which its columns
    were shown, `s0-c3` the target of column 3.
    """
    chosen = [_chosen(book, plan, data) for plan in plans]
    return Chosen([plan for plan, _ in chosen], any(moved for _, moved in chosen))


def _chosen(book: Workbook, plan: SheetPlan, data: Mapping[str, str]) -> tuple[SheetPlan, bool]:
    key = f"s{plan.index}"
    first, last = (
        _row(data.get(f"{key}-first"), plan.header.first),
        _row(data.get(f"{key}-last"), plan.header.last),
    )
    if not first <= last < min(first + _HIGHEST_HEADER, book.sheets[plan.index].height):
        first, last = plan.header.first, plan.header.last
    if (first, last) != (plan.header.first, plan.header.last):
        plan = replan(book, plan, first, last)
    moved = data.get(f"{key}-shown", "") not in {"", f"{first + 1}-{last + 1}"}
    # Under another header what was chosen means nothing any more.
    plan = plan if moved else with_choice(plan, _targets(plan, data))
    return replace(plan, selected=f"{key}-on" in data), moved


def _row(text: str | None, default: int) -> int:
    """Rows are counted from 1 on the screen."""
    return int(text) - 1 if text and text.isdecimal() and 0 < int(text[:6]) < 10_000 else default


def _targets(plan: SheetPlan, data: Mapping[str, str]) -> dict[int, str]:
    given = ((column.index, data.get(f"s{plan.index}-c{column.index}")) for column in plan.columns)
    return {
        index: target
        for index, target in given
        if target is not None and (target in LABELS or target == IGNORED)
    }
