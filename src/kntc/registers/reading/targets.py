"""What a column of a register can mean, read from `targets.toml`.

A target is a field, or a field with one value ("kind=complaint") where the register has a column of ticks a value.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kntc.vietnamese import fold


@dataclass(frozen=True)
class Target:
    """Phrases are folded, as the matcher compares them."""

    key: str
    label: str
    phrases: tuple[str, ...]
    within: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    repeats: bool = False  # several columns may have it


_TABLES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("targets.toml").read_text(encoding="utf-8")
)


def _target(entry: dict[str, Any]) -> Target:
    lists = {key: tuple(map(fold, value)) for key, value in entry.items() if isinstance(value, list)}
    return Target(**(entry | lists))


TARGETS: tuple[Target, ...] = tuple(map(_target, _TABLES["column"]))
TICKS: tuple[Target, ...] = tuple(map(_target, _TABLES["tick"]))

IGNORED = ""
LABELS: dict[str, str] = {target.key: target.label for target in (*TARGETS, *TICKS)}
REPEATING = frozenset(target.key for target in (*TARGETS, *TICKS) if target.repeats)
