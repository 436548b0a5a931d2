"""Do the numbers of a table keep the form's own formulas and rules?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kntc.law.forms import Form
from kntc.law.formulas import Comparison, Sum, Term, parse

Values = Mapping[int, Decimal | int]

_SIGNS = {"=": "phải bằng", "<=": "không được lớn hơn", ">=": "không được nhỏ hơn"}


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold: `columns` are those of the checked form to look at."""

    rule: str
    message: str
    columns: tuple[int, ...]


def check(form: Form, values: Values, others: Mapping[str, Values] | None = None) -> list[Finding]:
    """What is wrong with the numbers. A rule on a column without a value, or on a form not given, is not judged."""
    known = {"": values, **(others or {})}
    return [*_negative(values), *_broken(form, known)]


def _negative(values: Values) -> Iterator[Finding]:
    for column, value in values.items():
        if value < 0:
            yield Finding(f"{column}>=0", f"Cột ({column}) = {_shown(value)} là số âm.", (column,))


def _broken(form: Form, known: Mapping[str, Values]) -> Iterator[Finding]:
    for rule in form.all_rules():
        for comparison in parse(rule):
            left, right = _value(comparison.left, known), _value(comparison.right, known)
            if left is not None and right is not None and not comparison.holds(left, right):
                yield Finding(rule, _message(comparison, left, right), _columns(comparison))


def _value(side: Sum, known: Mapping[str, Values]) -> Decimal | None:
    values = [_of(term, known) for term in side.terms]
    return None if None in values else sum((value for value in values if value is not None), Decimal())


def _of(term: Term, known: Mapping[str, Values]) -> Decimal | None:
    value = known.get(term.form, {}).get(term.column)
    return None if value is None else Decimal(value)


def _message(comparison: Comparison, left: Decimal, right: Decimal) -> str:
    side = str(comparison.left)
    return (
        f"{side[0].upper()}{side[1:]} = {_shown(left)} {_SIGNS[comparison.sign]} {comparison.right} = {_shown(right)}: "
        f"lệch {_shown(abs(left - right))}."
    )


def _columns(comparison: Comparison) -> tuple[int, ...]:
    return tuple(dict.fromkeys(term.column for term in comparison.terms() if not term.form))


def _shown(value: Decimal | int) -> str:
    """1248 → "1.248", 82.5 → "82,5"."""
    text = f"{Decimal(value):,f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")
