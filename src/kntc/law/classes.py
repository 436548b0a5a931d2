"""Which column by field ("Đất đai", "Tham nhũng", "Khác") a petition belongs to. Data of the circular in force."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from kntc.law.documents import Document, documents
from kntc.law.errors import UnknownRule
from kntc.law.fields import fields
from kntc.law.texts import short_date


@dataclass(frozen=True)
class FieldClass:
    """One column by field for one kind of petition."""

    kind: str
    code: str
    label: str
    fields: tuple[str, ...] = ()
    default: bool = False


@dataclass(frozen=True)
class FieldFilter:
    """A class as a database can ask for it: the field is one of `codes`, or, where `negated`, none of them."""

    codes: frozenset[str]
    negated: bool

    def matches(self, field: str) -> bool:
        return (field in self.codes) is not self.negated


def classes(kind: str, on: date | None = None) -> tuple[FieldClass, ...]:
    """The classes for a kind of petition, by the circular of that day or the newest. Raises `UnknownRule`."""
    return tuple(found for found in _of(reporting_document(on)) if found.kind == kind)


def class_of(field: str, kind: str, on: date | None = None) -> FieldClass:
    """The one class that a petition of this kind and field belongs to."""
    choices = classes(kind, on)
    named = {beginning: choice for choice in choices for beginning in choice.fields}
    for beginning in _beginnings(field):
        if beginning in named:
            return named[beginning]
    return next(choice for choice in choices if choice.default)


@cache
def field_filter(kind: str, code: str, on: date | None = None) -> FieldFilter:
    """The class as a set of field codes. The default class is all that is not in another: also the unclassified."""
    chosen = next(choice for choice in classes(kind, on) if choice.code == code)
    inside = frozenset(entry.code for entry in fields() if class_of(entry.code, kind, on) == chosen)
    if not chosen.default:
        return FieldFilter(inside, negated=False)
    return FieldFilter(frozenset(entry.code for entry in fields()) - inside, negated=True)


@cache
def reporting_document(on: date | None) -> Document:
    """The circular on reporting that rules on a day, the newest where no day is given."""
    circulars = [document for document in documents() if "form" in document.content]
    ruling = [document for document in circulars if on is None or document.rules_on(on)]
    if not ruling:
        first = min(circular.valid_from for circular in circulars)
        raise UnknownRule(
            f"Chưa xác định biểu mẫu cho ngày {short_date(on or first)}: "
            f"bộ quy tắc chỉ có biểu của {circulars[0].name}, hiệu lực từ ngày {short_date(first)}."
        )
    return ruling[-1]


def _beginnings(code: str) -> tuple[str, ...]:
    """ "land.recovery" → ("land.recovery", "land")."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def _of(document: Document) -> tuple[FieldClass, ...]:
    return tuple(
        FieldClass(**{**entry, "fields": tuple(entry.get("fields", ()))})
        for entry in document.content["class"]
    )
