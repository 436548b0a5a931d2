"""What an agency has said that a writing of its registers means."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kntc.agencies.models import Agency
from kntc.petitions.choices import Handling, Kind, Source
from kntc.registers.models import ValueMeaning
from kntc.registers.reading.entry import Entry
from kntc.registers.reading.titles import plain

FIELDS = ("kind", "source", "handling", "body")
# Targets whose cells a meaning of this field explains.
BODY_TARGETS = ("agency", "source_body", "destination", "prior_body")

CHOICES: dict[str, list[tuple[str, str]]] = {
    "kind": [
        (Kind.COMPLAINT, "Khiếu nại"),
        (Kind.DENUNCIATION, "Tố cáo"),
        ("proposal", "Kiến nghị"),
        ("feedback", "Phản ánh"),
        (Kind.REFLECTION, "Kiến nghị, phản ánh"),
    ],
    "source": list(Source.choices),
    "handling": [("", "Chưa xử lý"), *Handling.choices],
}


@dataclass
class Meanings:
    """Folded writing → meaning, by field."""

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, Agency] = field(default_factory=dict)

    def apply(self, entry: Entry) -> None:
        """Replaces what the reader could not know; its fault goes."""
        for name in ("kind", "source", "handling"):
            known = self.values.get(name)
            fault = next((f for f in entry.faults if f.target == name), None) if known else None
            if known and fault and (meaning := known.get(plain(fault.value))) is not None:
                entry.faults.remove(fault)
                _set(entry, name, meaning)


def _set(entry: Entry, name: str, meaning: str) -> None:
    if name == "kind" and meaning in {"proposal", "feedback"}:
        entry.kind, entry.reflection_kind = "reflection", meaning
        return
    setattr(entry, name, meaning)
    if name == "handling":
        entry.handled_on = (entry.handled_on or entry.received_on) if meaning else None


def meanings_of(agency: Agency) -> Meanings:
    """Two statements."""
    return _gathered(ValueMeaning.objects.filter(agency=agency))


def _gathered(rows: Iterable[ValueMeaning]) -> Meanings:
    found = Meanings({name: {} for name in FIELDS})
    for row in rows:
        found.values[row.field][row.text] = row.meaning
    codes = found.values["body"]
    agencies = Agency.objects.in_bulk(set(codes.values()), field_name="code") if codes else {}
    found.bodies = {text: agencies[code] for text, code in codes.items() if code in agencies}
    return found
