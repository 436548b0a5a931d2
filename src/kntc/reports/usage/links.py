"""From a figure to the list behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from kntc.agencies.models import Agency
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.reports.usage.figures import Kinds, Usage


@dataclass(frozen=True)
class Figure:
    """A number and the address of its list ("" where there is none)."""

    value: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One agency of the table on the screen."""

    name: str
    uses: bool
    cells: tuple[Figure, ...]
    accounts: int | None


def kind_figures(usage: Usage) -> list[tuple[str, Figure]]:
    """The total and each kind, with their lists."""
    kinds = usage.kinds
    parts: list[tuple[str, int, dict[str, str]]] = [
        ("Tổng số đơn", kinds.total, {}),
        ("Khiếu nại", kinds.complaint, {"kind": Kind.COMPLAINT.value}),
        ("Tố cáo", kinds.denunciation, {"kind": Kind.DENUNCIATION.value}),
        ("Kiến nghị, phản ánh", kinds.reflection, {"kind": Kind.REFLECTION.value}),
        ("Trong đó: kiến nghị", kinds.proposal, {"reflection_kind": ReflectionKind.PROPOSAL.value}),
        ("Trong đó: phản ánh", kinds.feedback, {"reflection_kind": ReflectionKind.FEEDBACK.value}),
        ("Nhập bổ sung", usage.backfilled, {"backfilled": "1"}),
    ]
    return [(label, Figure(value, _list(usage, usage.agency, filters))) for label, value, filters in parts]


def lines(usage: Usage) -> Iterator[Line]:
    """The agencies below, each number with its list."""
    for unit in usage.units:
        yield Line(unit.agency.short_name, unit.uses, _cells(usage, unit.agency, unit.kinds), unit.accounts)
    if usage.own.total:
        name = f"{usage.agency.short_name} (trực tiếp)"
        yield Line(name, True, _cells(usage, usage.agency, usage.own, {"subtree": "0"}), None)


def _cells(
    usage: Usage, agency: Agency, kinds: Kinds, more: dict[str, str] | None = None
) -> tuple[Figure, ...]:
    counts: tuple[tuple[int, dict[str, str]], ...] = (
        (kinds.complaint, {"kind": Kind.COMPLAINT.value}),
        (kinds.denunciation, {"kind": Kind.DENUNCIATION.value}),
        (kinds.reflection, {"kind": Kind.REFLECTION.value}),
        (kinds.total, {}),
    )
    return tuple(Figure(n, _list(usage, agency, filters | (more or {}))) for n, filters in counts)


def _list(usage: Usage, agency: Agency, filters: dict[str, str]) -> str:
    query = {
        "agency": agency.code,
        "basis": usage.basis.value,
        "from": usage.start.isoformat(),
        "to": usage.end.isoformat(),
    }
    try:
        return f"{reverse('petitions:list')}?{urlencode(query | filters)}"
    except NoReverseMatch:
        return ""
