"""What a row of a register says, and what is wrong with its cells."""

from dataclasses import dataclass, field
from datetime import date

ERROR, WARNING = "error", "warning"
PERSON_TARGETS = ("name", "name_address", "address", "id_number", "phone", "birth_year", "gender")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell. An error keeps the row out, a warning lets it in."""

    row: int
    column: str  # title as the file has it
    value: str
    message: str
    proposal: str = ""
    level: str = ERROR
    target: str = ""


@dataclass
class Person:
    name: str = ""
    address: str = ""
    id_number: str = ""
    phone: str = ""
    birth_year: int | None = None
    gender: str = ""


@dataclass
class Entry:
    """A row as read: typed where that needs no database, names of bodies as written."""

    row: int
    last_row: int
    stt: str = ""
    number: str = ""
    received_on: date | None = None
    written_on: date | None = None
    kind: str = ""
    reflection_kind: str = ""
    instance: int | None = None
    source: str = ""
    source_body: str = ""
    source_paper: str = ""
    agency: str = ""
    people: list[Person] = field(default_factory=list)
    signatories: int | None = None
    anonymous: bool = False
    respondent: str = ""
    content: str = ""
    field_name: str = ""
    prior_body: str = ""
    handling: str = ""
    handled_on: date | None = None
    destination: str = ""
    paper: str = ""
    settled: bool | None = None
    outcome: str = ""
    settled_on: date | None = None
    decision: str = ""
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        return any(fault.level == ERROR for fault in self.faults)
