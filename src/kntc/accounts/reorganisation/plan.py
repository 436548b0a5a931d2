"""What a reorganisation moves, described: shown as the preview before it, kept as the report after it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """Records of one kind that go from one agency to another; `untold`: to the default, for want of a place."""

    kind: str
    label: str
    old: str
    new: str
    count: int
    open: int
    untold: int = 0


@dataclass(frozen=True)
class PostMove:
    login: str
    name: str
    title: str
    old: str
    new: str


@dataclass(frozen=True)
class GroupMove:
    """A group of the old agency; `joins`: the new one has a group of that name already, rights are added up."""

    name: str
    old: str
    new: str
    members: int
    joins: bool


@dataclass(frozen=True)
class Book:
    """A numbering book: of an agency that ends (`closes`), or of one that goes on."""

    code: str
    year: int
    last: int
    closes: bool


@dataclass(frozen=True)
class Watcher:
    """Who sees what an heir keeps: the heir's own people and those of agencies above it."""

    heir: str
    agency: str
    posts: int


@dataclass
class Plan:
    """Agencies by code; `names` says what they are called."""

    title: str
    kind: str
    on: str
    names: dict[str, str] = field(default_factory=dict)
    founded: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    placed: list[dict[str, str]] = field(default_factory=list)
    successions: int = 0
    aliases: int = 0
    lines: list[Line] = field(default_factory=list)
    posts: list[PostMove] = field(default_factory=list)
    without_post: list[str] = field(default_factory=list)
    groups: list[GroupMove] = field(default_factory=list)
    books: list[Book] = field(default_factory=list)
    watchers: list[Watcher] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"totals": self.totals}

    @property
    def totals(self) -> dict[str, int]:
        """Counts for the head of the report."""
        by_kind: dict[str, int] = {}
        for line in self.lines:
            by_kind[line.kind] = by_kind.get(line.kind, 0) + line.count
        return {
            "founded": len(self.founded),
            "ended": len(self.ended),
            "successions": self.successions,
            "posts": len(self.posts),
            "groups": len(self.groups),
            "records": sum(by_kind.values()),
            "open": sum(line.open for line in self.lines),
            "untold": sum(line.untold for line in self.lines),
            **by_kind,
        }

    @property
    def by_kind(self) -> list[Line]:
        """The lines of each kind together, old and new left out."""
        return _added(self.lines, lambda line: (line.kind, line.label, "", ""))

    @property
    def by_heir(self) -> list[Line]:
        """The lines by kind and heir."""
        return _added(self.lines, lambda line: (line.kind, line.label, "", line.new))

    @property
    def untold_lines(self) -> list[Line]:
        return [line for line in self.lines if line.untold]


def from_json(values: dict[str, Any]) -> Plan:
    known = {**values}
    known.pop("totals", None)
    for name, kind in (
        ("lines", Line), ("posts", PostMove), ("groups", GroupMove), ("books", Book), ("watchers", Watcher),
    ):  # fmt: skip
        known[name] = [kind(**row) for row in known.get(name, [])]
    return Plan(**known)


def _added(lines: Iterable[Line], key: Any) -> list[Line]:
    sums: dict[tuple[str, str, str, str], list[int]] = {}
    for line in lines:
        numbers = sums.setdefault(key(line), [0, 0, 0])
        for at, value in enumerate((line.count, line.open, line.untold)):
            numbers[at] += value
    return [Line(*where, *numbers) for where, numbers in sums.items()]
