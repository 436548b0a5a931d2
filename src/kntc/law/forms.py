"""The statutory forms as data: header tree, column numbers, printed formulas, rules, what columns count."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from kntc.law.bindings import Binding, binding
from kntc.law.classes import reporting_document
from kntc.law.documents import Document
from kntc.law.errors import UnknownRule

Measure = Literal["count", "money", "area"]

_MEASURES: dict[str, Measure] = {"Tiền (Trđ)": "money", "Đất (m2)": "area"}


@dataclass(frozen=True)
class Column:
    """`header` from the top down; `formula` as printed, without the column's own number."""

    number: int
    formula: str | None
    header: tuple[str, ...]
    binding: Binding | None = None

    @property
    def printed(self) -> str:
        """What the row of column numbers shows: "6=7+8=9+10+11", "7"."""
        return f"{self.number}={self.formula}" if self.formula else str(self.number)

    @property
    def measure(self) -> Measure:
        """Money is in million đồng, area in m²; anything else is counted."""
        return _MEASURES.get(self.header[-1], "count")


@dataclass(frozen=True)
class Form:
    """One table of a circular. `note_line` numbers the line for notes, `guidance` is the filling guide."""

    code: str
    title: str
    document: str
    valid_from: date
    row_header: str
    note_line: int
    columns: tuple[Column, ...]
    rules: tuple[str, ...]
    guidance: tuple[str, ...]

    def column(self, number: int) -> Column:
        return self.columns[number - 1]

    def all_rules(self) -> tuple[str, ...]:
        """The printed formulas and the demands of the filling guide, as comparisons."""
        return (*(column.printed for column in self.columns if column.formula), *self.rules)


def forms(on: date | None = None) -> tuple[Form, ...]:
    """The forms in force on a day, or the newest. Raises `UnknownRule`."""
    return _of(reporting_document(on))


def form(code: str, on: date | None = None) -> Form:
    """One form by its code, "02/XLD". Raises `UnknownRule`."""
    for found in forms(on):
        if found.code == code:
            return found
    raise UnknownRule(
        f"Không có biểu “{code}”. Các biểu của {reporting_document(on).name}: "
        f"{', '.join(found.code for found in forms(on))}."
    )


@cache
def _of(document: Document) -> tuple[Form, ...]:
    return tuple(_form(entry, document) for entry in document.content["form"])


def _form(entry: dict[str, Any], document: Document) -> Form:
    return Form(
        code=entry["code"],
        title=entry["title"],
        document=document.code,
        valid_from=document.valid_from,
        row_header=entry["row_header"],
        note_line=entry["note_line"],
        columns=tuple(_column(column) for column in entry["columns"]),
        rules=tuple(entry["rules"]),
        guidance=tuple(entry["guidance"]),
    )


def _column(entry: dict[str, Any]) -> Column:
    return Column(
        number=entry["number"],
        formula=entry.get("formula"),
        header=tuple(entry["header"]),
        binding=binding(entry["binding"]) if "binding" in entry else None,
    )
