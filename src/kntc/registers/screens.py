"""What the pages of an import show: the tabs of a preview, the columns of a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.petitions.choices import Kind
from kntc.registers.filters import PARAMETER
from kntc.registers.meanings import CHOICES, FIELDS
from kntc.registers.models import Batch, LikelyDuplicate, RowFault, Status
from kntc.registers.queries import results_of
from kntc.registers.reading.cells import text_of
from kntc.registers.reading.columns import Column
from kntc.registers.reading.header import column_letter
from kntc.registers.reading.plan import SheetPlan
from kntc.registers.reading.workbook import Row

TEMPLATES = {
    Status.EXAMINING: "running",
    Status.RUNNING: "running",
    Status.READY: "preview",
    Status.DONE: "done",
    Status.DISCARDED: "closed",
    Status.UNREADABLE: "closed",
}
PAGE = 50
REASONS = {
    "total": "Dòng tổng",
    "heading": "Tiêu đề nhóm",
    "footer": "Phần ký, ghi chú cuối sổ",
    "page": "Tiêu đề lặp lại",
}
FIELD_NAMES = {"kind": "Loại đơn", "source": "Nguồn đơn", "handling": "Hướng xử lý", "body": "Tên cơ quan"}


@dataclass(frozen=True)
class Line:
    """One line of a table of counts; `url` opens its petitions, where they are in already."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class Summary:
    kinds: list[Line]
    years: list[Line]
    agencies: list[Line]
    url: str = ""

    @property
    def total(self) -> int:
        return sum(line.count for line in self.kinds)


def _what_would(preview: Mapping[str, Any]) -> Summary:
    counts = preview.get("kinds", {})
    return Summary(
        kinds=[Line(kind.value, counts.get(kind.value, 0)) for kind in Kind],
        years=[Line(str(year), count) for year, count in preview.get("years", ())],
        agencies=[Line(name, count) for name, count in preview.get("agencies", ())],
    )


def _what_came(batch: Batch, by: Actor) -> Summary:
    """Counted anew: what was voided or corrected since shows at once. Three statements."""
    came = results_of(batch, by)
    base = f"{reverse('petitions:list')}?{PARAMETER}={batch.pk}"
    return Summary(
        kinds=[Line(kind.value, came.kinds.get(kind.value, 0), f"{base}&kind={kind.value}") for kind in Kind],
        years=[
            Line(str(year), count, f"{base}&from=01/01/{year}&to=31/12/{year}") for year, count in came.years
        ],
        agencies=[
            Line(name, count, f"{base}&agency={code}&subtree=0") for code, name, count in came.agencies
        ],
        url=base,
    )


def parts(batch: Batch, wanted: str, after: str, by: Actor) -> dict[str, Any]:
    """The tabs and the chosen one's content. At most six statements."""
    errors = RowFault.objects.filter(batch=batch, level=RowFault.Level.ERROR)
    warnings = RowFault.objects.filter(batch=batch, level=RowFault.Level.WARNING)
    duplicates = LikelyDuplicate.objects.filter(batch=batch)
    preview = batch.preview
    waiting = batch.status == Status.READY
    counts: dict[str, tuple[str, int]] = {
        "loi": ("Dòng bị trả lại", preview.get("rejected", 0) if waiting else batch.rejected),
        "canh-bao": ("Cảnh báo", preview.get("warned", 0) if waiting else warnings.count()),
        "nghi-trung": ("Nghi trùng", duplicates.count()),
        "cach-ghi": ("Cách ghi chưa rõ", len(preview.get("unknown", ())) if waiting else 0),
        "bo-qua": ("Dòng không phải đơn", len(preview.get("skipped", ()))),
    }
    shown = {key: pair for key, pair in counts.items() if pair[1]}
    part = wanted if wanted in shown else ""
    start = int(after) if after.isdecimal() and len(after) < 18 else 0
    context: dict[str, Any] = {"part": part, "tabs": _tabs(batch, shown, part)}
    if not part:
        context["summary"] = _what_would(preview) if waiting else _what_came(batch, by)
    elif part == "loi":
        context |= _page(batch, errors, part, start)
    elif part == "canh-bao":
        context |= _page(batch, warnings, part, start)
    elif part == "nghi-trung":
        context |= _page(batch, duplicates.select_related("petition"), part, start)
    elif part == "cach-ghi":
        context["unknown"] = _unknown(batch)
    elif part == "bo-qua":
        context["skipped"] = [{**item, "reason": REASONS[item["reason"]]} for item in preview["skipped"]]
    return context


def _tabs(batch: Batch, shown: Mapping[str, tuple[str, int]], part: str) -> list[dict[str, Any]]:
    base = reverse("registers:batch", args=[batch.pk])
    first = "Kết quả" if batch.status == Status.DONE else "Sẽ nhập những gì"
    tabs: list[dict[str, Any]] = [{"label": first, "url": base, "active": not part, "count": None}]
    tabs += [
        {"label": label, "url": f"{base}?phan={key}", "active": key == part, "count": count}
        for key, (label, count) in shown.items()
    ]
    return tabs


def _page(batch: Batch, rows: QuerySet[Any], part: str, start: int) -> dict[str, Any]:
    found = list(rows.filter(pk__gt=start).order_by("pk")[: PAGE + 1])
    base = f"{reverse('registers:batch', args=[batch.pk])}?phan={part}"
    more = f"{base}&sau={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return {"rows": found[:PAGE], "next": more, "first": base if start else ""}


@dataclass(frozen=True)
class Unknown:
    """A writing that was not understood, with what it may mean."""

    number: int  # its place in the preview: how the form names it
    field: str
    label: str
    text: str
    count: int
    choices: list[tuple[str, str]]


def _unknown(batch: Batch) -> list[Unknown]:
    return [
        Unknown(number, field, FIELD_NAMES[field], text, count, CHOICES.get(field, []))
        for number, (field, text, count) in enumerate(batch.preview.get("unknown", ()))
    ]


def meanings_from(batch: Batch, data: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(field, writing) → meaning, from the form `v0`, `v1`, … over the preview's unknown writings."""
    given: dict[tuple[str, str], str] = {}
    for item in _unknown(batch):
        chosen = data.get(f"v{item.number}", "").strip()
        if item.field == "body" and chosen.isdecimal():
            chosen = Agency.objects.filter(pk=int(chosen)).values_list("code", flat=True).first() or ""
        if chosen and item.field in FIELDS:
            given[item.field, item.text] = "" if chosen == "none" else chosen
    return given


class SheetColumns:
    """One sheet on the screen of columns: its columns with samples, and its first rows to look at."""

    def __init__(self, plan: SheetPlan, head: Sequence[Row]) -> None:
        self.plan = plan
        self.key = f"s{plan.index}"
        self.first, self.last = plan.header.first + 1, plan.header.last + 1
        self.columns = [ColumnRow(f"{self.key}-c{column.index}", column) for column in plan.columns]
        self.letters = [column_letter(column.index) for column in plan.columns]
        self.rows = [
            (number + 1, [text_of(cell)[:60] for cell in row] + [""] * (len(plan.columns) - len(row)))
            for number, row in enumerate(head[: plan.header.data_start + 3])
        ]

    @property
    def doubtful(self) -> int:
        return sum(1 for row in self.columns if row.column.filled and not row.column.is_sure)


@dataclass(frozen=True)
class ColumnRow:
    name: str
    column: Column

    @property
    def tone(self) -> str:
        return "green" if self.column.is_sure else "yellow" if self.column.target else "secondary"
