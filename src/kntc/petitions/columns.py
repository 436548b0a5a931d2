"""Columns that the list of petitions can show, on the screen and in Excel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kntc.documents.excel import Column as Cell
from kntc.documents.excel import Value
from kntc.law.fields import field_name
from kntc.petitions.choices import Handling, Kind, ReflectionKind, Source, State
from kntc.petitions.models import Petition

Part = tuple[Cell, Callable[[Petition], Value]]


@dataclass(frozen=True)
class Column:
    """`sorts`: the orders that its header offers, ascending first. `related`: what its cell reads of other tables."""

    key: str
    title: str
    excel: tuple[Part, ...]
    sorts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def _one(
    title: str, read: Callable[[Petition], Value], width: float = 16, kind: Any = "text"
) -> tuple[Part, ...]:
    return ((Cell(title, width, kind), read),)


def _name(body: Any) -> str:
    return body.name if body else ""


# A tenth of what `get_…_display` costs, four times a row of 100,000.
_KINDS: dict[str, str] = {str(key): str(name) for key, name in [*Kind.choices, *ReflectionKind.choices]}
_SOURCES: dict[str, str] = {str(key): str(name) for key, name in Source.choices}
_HANDLINGS: dict[str, str] = {"": "Chưa xử lý"} | {str(key): str(name) for key, name in Handling.choices}
_STATES: dict[str, str] = {str(key): str(name) for key, name in State.choices}

COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        Column("number", "Số đơn", _one("Số đơn", lambda p: p.number, 22), ("number", "-number")),
        Column(
            "petitioner", "Người viết đơn, nội dung",
            (
                (Cell("Người viết đơn", 26), lambda p: p.words.petitioner_line),
                (Cell("Trích yếu nội dung", 50), lambda p: p.words.summary),
            ),
            ("name", "-name"),
        ),
        Column("kind", "Loại đơn", _one("Loại đơn", lambda p: kind_text(p), 20)),
        Column(
            "received_on", "Ngày nhận", _one("Ngày nhận đơn", lambda p: p.received_on, 12, "date"),
            ("received", "-received"),
        ),
        Column("source", "Nguồn đơn", _one("Nguồn đơn", lambda p: _SOURCES[p.source], 24)),
        Column(
            "agency", "Cơ quan", _one("Cơ quan tiếp nhận", lambda p: p.agency.name, 32), related=("agency",)
        ),
        Column("handling", "Hướng xử lý", _one("Hướng xử lý", lambda p: _HANDLINGS[p.handling], 20)),
        Column(
            "deadline", "Thời hạn",
            (
                (Cell("Hạn xử lý", 12, "date"), lambda p: p.due_on),
                (Cell("Ngày xử lý", 12, "date"), lambda p: p.handled_on),
            ),
            ("due", "-due"),
        ),
        Column("state", "Tình trạng", _one("Tình trạng", lambda p: _STATES[p.state], 18)),
        Column("field", "Lĩnh vực", _one("Lĩnh vực", lambda p: field_name(p.field), 30)),
        Column("written_on", "Ngày viết đơn", _one("Ngày viết đơn", lambda p: p.written_on, 12, "date")),
        Column("entered_on", "Ngày nhập", _one("Ngày nhập", lambda p: p.entered_on, 12, "date")),
        Column("backfilled", "Nhập bổ sung", _one("Nhập bổ sung", lambda p: "x" if p.backfilled else "", 10)),
        Column(
            "source_body", "Cơ quan chuyển đến", _one("Cơ quan chuyển đến", lambda p: _name(p.source_body), 30),
            related=("source_body",),
        ),
        Column("signatories", "Số người", _one("Số người", lambda p: p.signatories, 10, "number")),
        Column("instance", "Lần", _one("Lần", lambda p: p.instance, 8, "number")),
        Column("handled_on", "Ngày xử lý", _one("Ngày xử lý", lambda p: p.handled_on, 12, "date")),
        Column("handled_paper", "Văn bản xử lý", _one("Văn bản xử lý", lambda p: p.handled_paper, 22)),
        Column(
            "destination", "Chuyển, hướng dẫn đến",
            _one("Cơ quan được chuyển, hướng dẫn đến", lambda p: _name(p.destination), 30),
            related=("destination",),
        ),
        Column(
            "assignee", "Người xử lý",
            _one("Người xử lý", lambda p: p.assignee.account.full_name if p.assignee else "", 24),
            related=("assignee__account",),
        ),
        Column("matter", "Vụ việc", _one("Mã vụ việc", lambda p: p.matter.code, 18), related=("matter",)),
    )
}  # fmt: skip
USUAL = ("number", "petitioner", "kind", "received_on", "source", "agency", "handling", "deadline", "state")
# Who reads a row must be able to name it and to open it.
ALWAYS = "number"


# What fits into a column of the screen; Excel has the full names.
SHORT_SOURCES: dict[str, str] = {
    Source.COUNTER: "Trực tiếp",
    Source.POST: "Bưu chính",
    Source.SUGGESTION_BOX: "Hòm thư góp ý",
    Source.LEADERS: "Lãnh đạo chuyển",
    Source.ASSEMBLY: "Quốc hội, HĐND chuyển",
    Source.FRONT_PRESS: "MTTQ, báo chí chuyển",
    Source.OTHER_AGENCY: "Cơ quan khác chuyển",
    Source.ONLINE: "Trực tuyến",
}


def kind_text(petition: Petition) -> str:
    """ "Kiến nghị" or "Phản ánh" where the register tells them apart."""
    return _KINDS[petition.reflection_kind or petition.kind]


def chosen_columns(text: str) -> list[Column]:
    """The columns named in an address, in the order of the list; the usual ones where it names none."""
    wanted = set(text.split(",")) & COLUMNS.keys()
    keys = wanted | {ALWAYS} if wanted else set(USUAL)
    return [column for key, column in COLUMNS.items() if key in keys]


def related(columns: Iterable[Column]) -> list[str]:
    return sorted({name for column in columns for name in column.related})


def excel_parts(columns: Iterable[Column]) -> list[Part]:
    """The Excel columns in order; one that two columns bring stands once."""
    parts: dict[str, Part] = {}
    for column in columns:
        for cell, read in column.excel:
            parts.setdefault(cell.title, (cell, read))
    return list(parts.values())
