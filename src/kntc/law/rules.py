"""The terms that the law sets, as versions in time. Read from the documents; nothing is computed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

from kntc.law.documents import Document, documents
from kntc.law.errors import UnknownRule
from kntc.law.texts import short_date

Unit = Literal["calendar", "working"]


@dataclass(frozen=True)
class Extension:
    """How often a term may be extended, and by how many days each time."""

    most: int
    days: int


@dataclass(frozen=True)
class Variant:
    """Another number of days where all of `when` ("complex", "remote") hold."""

    when: frozenset[str]
    days: int
    because: str
    extension: Extension | None


@dataclass(frozen=True)
class RuleInfo:
    """One rule as one document sets it, for start events from `valid_from` to `valid_to`."""

    name: str
    label: str
    event: str
    article: str
    unit: Unit
    days: int
    document: str
    valid_from: date
    valid_to: date | None
    extension: Extension | None
    variants: tuple[Variant, ...]

    def rules_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def variant(self, conditions: frozenset[str]) -> Variant | None:
        """The variant that fits these conditions most closely."""
        fitting = [variant for variant in self.variants if variant.when <= conditions]
        return max(fitting, key=lambda variant: len(variant.when), default=None)


@dataclass(frozen=True)
class Ground:
    """Why a term may stand still, by which article, as long as its document rules."""

    rules: frozenset[str]
    name: str
    article: str
    document: Document


@dataclass(frozen=True)
class Unknown:
    """A question that people ask and that our texts do not answer."""

    name: str
    label: str
    reason: str


@cache
def rules() -> tuple[RuleInfo, ...]:
    """Every version of every rule, by name and by day."""
    return tuple(sorted(_versions(), key=lambda rule: (rule.name, rule.valid_from)))


@cache
def unknown_rules() -> dict[str, Unknown]:
    entries = [entry for document in documents() for entry in document.content.get("unknown", [])]
    return {entry["name"]: Unknown(**entry) for entry in entries}


@cache
def rule_names() -> tuple[str, ...]:
    return tuple(sorted({rule.name for rule in rules()}))


@cache
def find(name: str, day: date) -> RuleInfo:
    """The version that rules a start event of that day. Raises `UnknownRule`."""
    versions = [rule for rule in rules() if rule.name == name]
    for rule in versions:
        if rule.rules_on(day):
            return rule
    raise UnknownRule(_refusal(name, day, versions))


def ground_for(rule: str, day: date) -> Ground | None:
    """On which ground the rule may be suspended from that day on."""
    for ground in _grounds():
        if rule in ground.rules and ground.document.rules_on(day):
            return ground
    return None


def _refusal(name: str, day: date, versions: list[RuleInfo]) -> str:
    if unknown := unknown_rules().get(name):
        return f"Chưa xác định thời hạn “{unknown.label}”. {unknown.reason}"
    if not versions:
        near = get_close_matches(name, rule_names(), n=3) or ["complaint.accept", "denunciation.settle"]
        return f"Chưa xác định: không có quy tắc thời hạn tên “{name}”. Gần nhất: {', '.join(near)}."
    spans = "; ".join(f"từ {short_date(rule.valid_from)}{_until(rule)}" for rule in versions)
    return (
        f"Chưa xác định thời hạn “{versions[0].label}” cho sự kiện ngày {short_date(day)}: "
        f"bộ quy tắc chỉ có văn bản hiệu lực {spans}."
    )


def _until(rule: RuleInfo) -> str:
    return f" đến {short_date(rule.valid_to)}" if rule.valid_to else ""


def _versions() -> Iterator[RuleInfo]:
    for document in documents():
        for entry in document.content.get("rule", []):
            yield _rule(entry, document)


def _rule(entry: dict[str, Any], document: Document) -> RuleInfo:
    return RuleInfo(
        name=entry["name"],
        label=entry["label"],
        event=entry["event"],
        article=entry["article"],
        unit=entry["unit"],
        days=entry["days"],
        document=document.name,
        valid_from=entry.get("valid_from", document.valid_from),
        valid_to=entry.get("valid_to", document.valid_to),
        extension=_extension(entry),
        variants=tuple(_variant(variant) for variant in entry.get("variant", [])),
    )


def _variant(entry: dict[str, Any]) -> Variant:
    return Variant(frozenset(entry["when"]), entry["days"], entry["because"], _extension(entry))


def _extension(entry: dict[str, Any]) -> Extension | None:
    return Extension(**entry["extension"]) if "extension" in entry else None


@cache
def _grounds() -> tuple[Ground, ...]:
    return tuple(
        Ground(frozenset(entry["rules"]), entry["ground"], entry["article"], document)
        for document in documents()
        for entry in document.content.get("suspension", [])
    )
