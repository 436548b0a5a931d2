"""What would come in: counts, what is skipped, what does not add up, what is not understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kntc.petitions.choices import Kind
from kntc.registers.building import SECRET, Built
from kntc.registers.meanings import BODY_TARGETS
from kntc.registers.reading.entry import WARNING, Fault
from kntc.registers.reading.plan import SheetPlan
from kntc.registers.reading.records import Skipped

_SHOWN_SKIPPED = 200
_SHOWN_VALUES = 100


@dataclass
class Survey:
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    rejected: int = 0
    warned: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    agencies: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)  # (field of a meaning, writing)
    notices: list[str] = field(default_factory=list)
    named: tuple[str, str] | None = None  # code and name of another agency that the title names
    skipped: list[dict[str, Any]] = field(default_factory=list)

    def add(self, built: Built, known: bool) -> None:
        self.rows += 1
        self._count_unknown(built)
        if built.petition is None:
            self.rejected += 1
            return
        self.warned += any(fault.level == WARNING for fault in built.faults)
        if known or built.occurrence < 0:
            self.unchanged += 1
            return
        self.created += 1
        self.kinds[built.petition.kind] += 1
        self.agencies[built.petition.agency.name] += 1
        self.years[built.petition.received_on.year] += 1

    def skip(self, plan: SheetPlan, item: Skipped) -> None:
        if item.total is not None and item.total not in item.counted:
            self.notices.append(
                f"Trang “{plan.name}”, dòng {item.row}: dòng tổng ghi {item.total} đơn nhưng đọc được "
                f"{item.counted[1]} dòng đơn. Hãy kiểm tra có dòng nào thiếu hoặc thừa."
            )
        if len(self.skipped) < _SHOWN_SKIPPED:
            self.skipped.append(
                {"sheet": plan.name, "row": item.row, "reason": item.reason, "text": item.text}
            )

    def _count_unknown(self, built: Built) -> None:
        for fault in built.faults:
            if (name := meaning_field(fault)) and fault.value and fault.value != SECRET:
                self.unknown[name, fault.value] += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "created": self.created,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "warned": self.warned,
            "kinds": {kind: self.kinds[kind] for kind in Kind.values},
            "agencies": self.agencies.most_common(),
            "years": sorted(self.years.items()),
            "unknown": [[name, text, n] for (name, text), n in self.unknown.most_common(_SHOWN_VALUES)],
            **self.told(),
        }

    def told(self) -> dict[str, Any]:
        """What a person should know of the file beside its rows."""
        return {"notices": self.notices, "named": self.named, "skipped": self.skipped}


def meaning_field(fault: Fault) -> str:
    """Which list of meanings could explain this cell; empty where none can."""
    if fault.target in BODY_TARGETS:
        return "body"
    return fault.target if fault.target in {"kind", "source", "handling"} else ""


def chunked(rows: Iterator[Built], size: int) -> Iterator[list[Built]]:
    chunk: list[Built] = []
    for built in rows:
        chunk.append(built)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
