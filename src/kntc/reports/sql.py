"""Statements put together from pieces, each with its parameters. Text is always ours, values are always parameters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sql:
    """A text with a %s for each of `values`, in order."""

    text: str
    values: tuple[Any, ...] = ()


def sql(text: str, *values: Any) -> Sql:
    return Sql(text, values)


def fill(template: str, **pieces: Sql) -> Sql:
    """The template with each {name} replaced; the parameters follow the order in which the names stand."""
    values = [value for name in _SLOT.findall(template) for value in pieces[name].values]
    return Sql(_SLOT.sub(lambda slot: pieces[slot[1]].text, template), tuple(values))


def join(separator: str, pieces: Iterable[Sql]) -> Sql:
    listed = list(pieces)
    return Sql(
        separator.join(piece.text for piece in listed), tuple(v for piece in listed for v in piece.values)
    )
