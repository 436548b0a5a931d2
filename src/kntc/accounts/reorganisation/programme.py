"""What is asked of a reorganisation, as data: every operation is a programme of these five things.

Agencies go by code. Knows nothing of the database, so that it can wait for its day in a row of JSON.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from kntc.agencies.models import AgencyChange

Kind = AgencyChange.Kind


@dataclass(frozen=True)
class NewAgency:
    """An agency to be founded; `parent` may be founded in the same programme."""

    code: str
    name: str
    parent: str
    level: str
    kind: str
    short_name: str = ""
    place: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heir:
    """Who takes over: the matters of `places`, the people of `logins`; the default takes all the rest."""

    code: str
    places: tuple[str, ...] = ()
    is_default: bool = False
    logins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    code: str
    heirs: tuple[Heir, ...]

    @property
    def default(self) -> str:
        return next((heir.code for heir in self.heirs if heir.is_default), "")


@dataclass(frozen=True)
class NewName:
    code: str
    name: str
    short_name: str = ""


@dataclass(frozen=True)
class NewParent:
    code: str
    parent: str


@dataclass(frozen=True)
class Programme:
    """`on`: the first day of the new order; what ends does so on its eve."""

    kind: str
    on: date
    founded: tuple[NewAgency, ...] = ()
    ended: tuple[Ending, ...] = ()
    renamed: tuple[NewName, ...] = ()
    placed: tuple[NewParent, ...] = ()
    reason: str = ""
    title: str = field(default="")

    @property
    def eve(self) -> date:
        return self.on - timedelta(days=1)

    @property
    def codes(self) -> list[str]:
        """All agencies that the programme names, once each."""
        named: Iterable[str] = [
            *(ending.code for ending in self.ended),
            *(heir.code for ending in self.ended for heir in ending.heirs),
            *(row.code for row in self.renamed),
            *(code for row in self.placed for code in (row.code, row.parent)),
            *(code for row in self.founded for code in (row.code, row.parent)),
        ]
        return list(dict.fromkeys(named))

    @property
    def changed(self) -> list[str]:
        """Agencies that end, move or get another name."""
        return [
            *(row.code for row in self.ended),
            *(row.code for row in self.placed),
            *(row.code for row in self.renamed),
        ]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat()}


def from_json(values: dict[str, Any]) -> Programme:
    """The programme that `as_json` wrote."""
    return Programme(
        kind=values["kind"],
        on=date.fromisoformat(values["on"]),
        founded=tuple(NewAgency(**{**row, "aliases": tuple(row["aliases"])}) for row in values["founded"]),
        ended=tuple(Ending(row["code"], tuple(map(_heir, row["heirs"]))) for row in values["ended"]),
        renamed=tuple(NewName(**row) for row in values["renamed"]),
        placed=tuple(NewParent(**row) for row in values["placed"]),
        reason=values["reason"],
        title=values["title"],
    )


def _heir(row: dict[str, Any]) -> Heir:
    return Heir(row["code"], tuple(row["places"]), row["is_default"], tuple(row["logins"]))


def merger(
    olds: Iterable[str], into: str, on: date, *, new: NewAgency | None = None, reason: str = ""
) -> Programme:
    """A, B → C. C stands already, or is founded for it (`new`)."""
    heirs = (Heir(into, is_default=True),)
    return Programme(
        Kind.MERGE,
        on,
        founded=(new,) if new else (),
        ended=tuple(Ending(code, heirs) for code in olds),
        reason=reason,
    )


def division(
    old: str, heirs: Iterable[Heir], on: date, *, new: Iterable[NewAgency] = (), reason: str = ""
) -> Programme:
    """A → B, C by place: the default heir takes what no place tells."""
    return Programme(Kind.SPLIT, on, founded=tuple(new), ended=(Ending(old, tuple(heirs)),), reason=reason)


def renaming(code: str, name: str, on: date, *, short_name: str = "", reason: str = "") -> Programme:
    return Programme(Kind.RENAME, on, renamed=(NewName(code, name, short_name),), reason=reason)


def closing(code: str, successor: str, on: date, *, reason: str = "") -> Programme:
    return Programme(
        Kind.CLOSE, on, ended=(Ending(code, (Heir(successor, is_default=True),)),), reason=reason
    )


def placing(code: str, parent: str, on: date, *, reason: str = "") -> Programme:
    return Programme(Kind.MOVE, on, placed=(NewParent(code, parent),), reason=reason)


def founding(new: NewAgency, on: date, *, reason: str = "") -> Programme:
    return Programme(Kind.FOUND, on, founded=(new,), reason=reason)
