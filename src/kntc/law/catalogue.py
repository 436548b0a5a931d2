"""What petitions are sorted by: kinds, sources, handlings. (Fields: `fields`.) Read from `data/catalogue.toml`."""

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from kntc.law.documents import read
from kntc.law.fields import Field, field, field_tree, fields
from kntc.law.suggestions import suggest_field
from kntc.law.texts import plain

__all__ = [
    "Field",
    "Handling",
    "Kind",
    "ReflectionKind",
    "Source",
    "field",
    "field_tree",
    "fields",
    "find_handling",
    "find_kind",
    "find_reflection_kind",
    "find_source",
    "first_rule",
    "handlings",
    "kinds",
    "reflection_kinds",
    "settle_rule",
    "sources",
    "suggest_field",
]


@dataclass(frozen=True)
class Entry:
    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind(Entry):
    """`first_rule`, `settle_rule`: names of terms for instance 1 and 2; `instances`: how the instances are called."""

    short: str = ""
    articles: str = ""
    first_rule: tuple[str, ...] = ()
    settle_rule: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReflectionKind(Entry):
    """Kiến nghị or phản ánh, where a register tells them apart."""


@dataclass(frozen=True)
class Source(Entry):
    """`forwarded`: another body passed the petition on; `reception`: brought in person."""

    forwarded: bool = False
    reception: bool = False


@dataclass(frozen=True)
class Handling(Entry):
    """`eligible`, `competent`: what it says of a petition; None where it says nothing."""

    kinds: tuple[str, ...] = ()
    eligible: bool | None = None
    competent: bool | None = None
    destination: bool = False
    articles: str = ""
    caution: str = ""
    caution_for: tuple[str, ...] = ()

    def caution_about(self, kind: str) -> str:
        """What an officer should know before handling a petition of this kind so; empty where nothing."""
        return self.caution if kind in self.caution_for else ""


_AnyEntry = TypeVar("_AnyEntry", bound=Entry)


def _entries(section: str, cls: type[_AnyEntry]) -> tuple[_AnyEntry, ...]:
    return tuple(cls(**_frozen(entry)) for entry in read("catalogue")[section])


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


@cache
def kinds() -> tuple[Kind, ...]:
    return _entries("kind", Kind)


@cache
def reflection_kinds() -> tuple[ReflectionKind, ...]:
    return _entries("reflection_kind", ReflectionKind)


@cache
def sources() -> tuple[Source, ...]:
    return _entries("source", Source)


@cache
def _all_handlings() -> tuple[Handling, ...]:
    return _entries("handling", Handling)


def handlings(kind: str = "") -> tuple[Handling, ...]:
    """All handlings, or those that a petition of this kind may have."""
    return tuple(handling for handling in _all_handlings() if not kind or kind in handling.kinds)


def find_kind(text: str) -> Kind | None:
    """The kind that a register's words mean ("Đơn tố cáo", "KNPA"), with "Kiến nghị" and "Phản ánh" among them."""
    if found := _find(text, kinds()):
        return found
    return kinds()[-1] if find_reflection_kind(text) else None


def find_reflection_kind(text: str) -> ReflectionKind | None:
    return _find(text, reflection_kinds())


def find_source(text: str) -> Source | None:
    return _find(text, sources())


def find_handling(text: str) -> Handling | None:
    return _find(text, _all_handlings())


def _find(text: str, entries: tuple[_AnyEntry, ...]) -> _AnyEntry | None:
    return next((entry for entry in entries if plain(text) in _writings(entry)), None)


@cache
def _writings(entry: Entry) -> frozenset[str]:
    return frozenset({entry.code, *map(plain, (entry.label, *entry.aliases))})


def first_rule(kind: str, instance: int | None = None, source: str = "") -> str:
    """The term that runs from the day of receipt; empty where the law has none ("chưa xác định")."""
    if found := _rule(_kind(kind).first_rule, instance):
        return found
    by_reception = any(entry.reception for entry in sources() if entry.code == source)
    return "reception.answer" if by_reception else ""


def settle_rule(kind: str, instance: int | None = None) -> str:
    """The term that runs from acceptance; empty where the law has none."""
    return _rule(_kind(kind).settle_rule, instance)


def _rule(rules: tuple[str, ...], instance: int | None) -> str:
    return rules[1 if instance == 2 else 0] if rules else ""


def _kind(code: str) -> Kind:
    return next(kind for kind in kinds() if kind.code == code)
