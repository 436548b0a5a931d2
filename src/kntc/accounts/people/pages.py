"""Pages by key over any ordered query: one begins behind the last row of the page before, whatever came since."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

M = TypeVar("M", bound=models.Model)
_BETWEEN = "~"


@dataclass(frozen=True)
class KeyedPage(Generic[M]):
    """`previous` and `next`: what stands in the address of those pages; empty where there is none."""

    rows: list[M] = field(default_factory=list)
    previous: str = ""
    next: str = ""


def keyed_page(
    rows: QuerySet[M], order: tuple[str, ...], *, after: str = "", before: str = "", size: int = 50
) -> KeyedPage[M]:
    """`order` names fields that never are NULL, the last of them unique. One statement."""
    backwards = bool(before)
    place = _read(rows.model, order, before or after)
    if place is not None:
        rows = rows.filter(_beyond(order, place, "lt" if backwards else "gt"))
    ordered = rows.order_by(*(f"-{name}" if backwards else name for name in order))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return KeyedPage()
    leads, follows = (more, True) if backwards else (place is not None, more)
    return KeyedPage(
        found, _write(order, found[0]) if leads else "", _write(order, found[-1]) if follows else ""
    )


def _beyond(order: tuple[str, ...], place: list[Any], side: str) -> Q:
    condition = Q(**{f"{order[-1]}__{side}": place[-1]})
    for name, value in reversed(list(zip(order[:-1], place[:-1], strict=True))):
        condition = Q(**{f"{name}__{side}": value}) | (Q(**{name: value}) & condition)
    return condition


def _write(order: tuple[str, ...], row: models.Model) -> str:
    return _BETWEEN.join(str(_value(row, name)) for name in order)


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(model: type[M], order: tuple[str, ...], text: str) -> list[Any] | None:
    """What an address says of a place; None for anything that no page of ours has written."""
    parts = text.replace("\0", "").split(_BETWEEN) if text else []
    if len(parts) != len(order):
        return None
    return _converted(model, order, parts)


def _converted(model: type[M], order: tuple[str, ...], parts: list[str]) -> list[Any] | None:
    found: list[Any] = []
    for name, part in zip(order, parts, strict=True):
        if not _is_number(model, name):
            found.append(part)
        elif part.isascii() and part.isdecimal() and len(part) < 10:
            found.append(int(part))
        else:
            return None
    return found


def _is_number(model: Any, name: str) -> bool:
    *path, last = name.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model
    field_ = model._meta.pk if last == "pk" else model._meta.get_field(last)
    return isinstance(field_, models.IntegerField)
