"""Rights in templates."""

from collections.abc import Iterable

from django import template

from kntc.audit.rights import Right

register = template.Library()


@register.filter
def right_label(value: str) -> str:
    return Right(value).label


@register.filter
def in_order(rights: Iterable[Right]) -> list[Right]:
    """As the list of rights has them."""
    there = set(rights)
    return [right for right in Right if right in there]


@register.filter
def at(values: list[object], index: int) -> object:
    return values[index]
