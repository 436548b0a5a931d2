"""The small language of the forms: "7+8=9+10+11", "2<=1", "1=02/XLD:6". A number is a column, never a value."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_TERM = re.compile(r"(?:(\d{2}/[A-Z]+):)?(\d+)")
_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Term:
    """A column of this form, or of another one where `form` is named."""

    column: int
    form: str = ""

    def __str__(self) -> str:
        return f"cột ({self.column}) biểu {self.form}" if self.form else f"cột ({self.column})"


@dataclass(frozen=True)
class Sum:
    """Columns added up."""

    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return " + ".join(map(str, self.terms))


@dataclass(frozen=True)
class Comparison:
    """Two sums and what must hold between them; `sign` is "=", "<=" or ">="."""

    left: Sum
    sign: str
    right: Sum

    def holds(self, left: Decimal, right: Decimal) -> bool:
        return _OPERATORS[self.sign](left, right)

    def terms(self) -> Iterator[Term]:
        yield from self.left.terms
        yield from self.right.terms


def parse(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a rule; "6=7+8=9+10" are two with the same left side. Raises ValueError."""
    first, *rest = re.split(r"(<=|>=|=)", text.replace(" ", ""))
    left = _sum(first)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return tuple(Comparison(left, sign, _sum(side)) for sign, side in pairs)


def _sum(text: str) -> Sum:
    return Sum(tuple(_term(term) for term in text.split("+")))


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(f"not a column: {text!r}")
    return Term(int(found[2]), found[1] or "")
