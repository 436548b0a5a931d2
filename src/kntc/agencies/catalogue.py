"""The catalogue as it is delivered: data files read into plain entries. Knows nothing of the database."""

import csv
import gzip
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources
from typing import Any

from kntc.vietnamese import squeeze

DATA = resources.files("kntc.agencies") / "data"
REFORM = date(2025, 7, 1)  # two levels of local government, 34 provinces
ROOT = "TTCP"
LAST_OLD_DAY = REFORM - timedelta(days=1)

Row = dict[str, str]


@dataclass(frozen=True)
class Unit:
    """An administrative unit of the place files. `valid_to` is its last day."""

    id: str
    code: str
    name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Entry:
    """A body to be listed; `parent` and succession go by code."""

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    place: str | None
    valid_from: date | None
    valid_to: date | None
    uses_system: bool
    short_name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Succession:
    old: str
    new: str
    place: str | None
    is_default: bool


def rows(name: str) -> Iterator[Row]:
    path = DATA / name
    if name.endswith(".gz"):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    else:
        text = path.read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def tables(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def lower_kind(name: str) -> str:
    """The unit within a body's name: "Thành phố Quy Nhơn" → "thành phố Quy Nhơn"."""
    return name[0].lower() + name[1:]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_before(text: str) -> date | None:
    return date.fromisoformat(text) - timedelta(days=1) if text else None


def read_units() -> dict[str, Unit]:
    """All units by id. The file names the first day on which a unit was no more; we keep its last day."""
    return {
        row["id"]: Unit(
            row["id"],
            row["code"],
            squeeze(row["name"]),
            _kind(row),
            row["parent_id"] or None,
            _day(row["valid_from"]),
            _day_before(row["valid_to"]),
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
        )
        for row in rows("administrative-units.csv.gz")
    }


def _kind(row: Row) -> str:
    """The list calls two cities of provinces (Bắc Kạn, Đồng Hới) cities of the country."""
    return "provincial_city" if row["kind"] == "city" and row["parent_id"] else row["kind"]


def read_unit_successions(units: dict[str, Unit]) -> Iterator[tuple[str, str, bool]]:
    """(old, new, is the default). Of several parts the default keeps the code, else the name, else comes first."""
    parts: dict[str, list[str]] = {}
    for row in rows("administrative-successions.csv.gz"):
        parts.setdefault(row["old_id"], []).append(row["new_id"])
    for old, news in parts.items():
        default = min(news, key=lambda new: _distance(units[old], units[new]))
        yield from ((old, new, new == default) for new in news)


def _distance(old: Unit, new: Unit) -> int:
    if new.code == old.code:
        return 0
    return 1 if bare_name(new.name) == bare_name(old.name) else 2


_KIND = re.compile(
    r"(?:thành phố|thị trấn|thị xã|đặc khu|phường|huyện|quận|tỉnh|xã) ", re.IGNORECASE
)  # the list itself writes "Thành Phố" here and there


def bare_name(name: str) -> str:
    """ "Thành phố Quy Nhơn" → "Quy Nhơn"."""
    return _KIND.sub("", name, count=1) if _KIND.match(name) else name


@dataclass
class Catalogue:
    """Everything delivered about bodies."""

    units: dict[str, Unit]
    entries: dict[str, Entry] = field(default_factory=dict)
    # Which agency stands for which place: province, district or commune.
    committee_of: dict[str, str] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        if entry.code in self.entries:
            raise ValueError(f"duplicate code {entry.code}")
        self.entries[entry.code] = entry

    def of_parent(self, parent: str) -> Iterable[Unit]:
        return (unit for unit in self.units.values() if unit.parent == parent)
