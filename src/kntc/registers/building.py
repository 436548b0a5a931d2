"""From an entry as read to a petition that can be registered: bodies, places, fields, the rules, the row's identity."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.conf import settings

from kntc.agencies.models import Agency
from kntc.agencies.places import PlaceFinder
from kntc.audit.actors import Actor
from kntc.law import catalogue
from kntc.people.redaction import redact
from kntc.petitions.choices import Kind, PartyRole, Source
from kntc.petitions.entry import NewParty, NewPetition
from kntc.petitions.rules import problems
from kntc.registers.bodies import Bodies, NotFound
from kntc.registers.meanings import Meanings
from kntc.registers.reading.entry import ERROR, WARNING, Entry, Fault, Person
from kntc.registers.reading.plan import SheetEntry, SheetPlan
from kntc.registers.reading.titles import plain
from kntc.vietnamese import fold, name_key

# Where the register does not say how a petition came: the broadest way (TT 05/2021 Đ5), with a warning.
UNSAID_SOURCE = Source.COUNTER
_PLACE_SURE = 0.6
_FIELD_SURE = 0.5
_TELLING = 600
# What the rules ask of a petition entered today and an old register may lack: the row comes in all the same.
_FORGIVEN = frozenset({"destination", "summary", "name", "address", "respondent"})
_PERSONAL = frozenset({"name", "name_address", "address", "id_number", "phone", "birth_year"})
SHEET_NAME = 64  # as much of it as is kept
SECRET = "(giữ bí mật)"  # noqa: S105  words for the screen


@dataclass(frozen=True, slots=True)
class Made:
    """What of a row goes into the database: light, for it travels between two processes."""

    sheet: str
    row: int
    faults: list[Fault]
    petition: NewPetition | None  # None: rejected
    digest: bytes


@dataclass
class Built:
    """A row of the file with all that was found out about it."""

    plan: SheetPlan
    entry: Entry
    faults: list[Fault] = field(default_factory=list)
    petition: NewPetition | None = None  # None: rejected
    digest: bytes = b""
    folded: str = ""  # the content
    occurrence: int = 0  # which one of several alike in the file; -1: the very same row once more

    @property
    def row(self) -> int:
        return self.entry.row

    @property
    def made(self) -> Made:
        return Made(self.plan.name[:SHEET_NAME], self.row, self.faults, self.petition, self.digest)


class Builder:
    """Builds the rows of one file in their order. `near`: whose register it is; `by`: who imports."""

    def __init__(self, near: Agency, by: Actor, meanings: Meanings, today: date) -> None:
        self.near, self.by, self.meanings, self.today = near, by, meanings, today
        self.bodies = Bodies(near, by, meanings.bodies)
        self._finder = PlaceFinder()
        self._place_of = lru_cache(maxsize=20_000)(self._find_place)
        self._seen: dict[bytes, dict[str, int]] = defaultdict(dict)

    def build(self, item: SheetEntry) -> Built:
        entry = item.entry
        self.meanings.apply(entry)
        built = Built(item.plan, entry, list(entry.faults))
        if not entry.is_rejected:
            self._fill(built)
        if entry.kind == Kind.DENUNCIATION:
            built.faults = [_without_person(fault) for fault in built.faults]
        return built

    def build_all(self, items: Iterable[SheetEntry]) -> Iterator[Built]:
        return map(self.build, items)

    # ---- one row

    def _fill(self, built: Built) -> None:
        entry, day = built.entry, built.entry.received_on
        built.folded = fold(entry.content)
        assert day is not None  # no date is an error, and errors do not get here
        agency = self.bodies.receiver(entry.agency, day)
        if isinstance(agency, NotFound):
            built.faults.append(
                self._fault(built, "agency", entry.agency, agency.message, ERROR, agency.proposal)
            )
            return
        parties = [self._party(person) for person in entry.people]
        place_id = next((party.place_id for party in parties if party.place_id), None)
        keeper_id = self.bodies.keeper_id(agency, place_id)
        if not self.bodies.is_own(keeper_id):
            message = f"Bạn không có quyền nhập đơn cho {agency.name}"
            built.faults.append(self._fault(built, "agency", entry.agency, message, ERROR))
            return
        petition = self._petition(built, agency, keeper_id, parties, day)
        petition.place_id = place_id if entry.kind != Kind.DENUNCIATION else None
        if self._passes(built, petition):
            built.petition = petition
            self._identify(built, petition)

    def _petition(
        self, built: Built, agency: Agency, keeper_id: int, parties: list[NewParty], day: date
    ) -> NewPetition:
        entry = built.entry
        notes = list(entry.notes)
        source = entry.source or self._unsaid_source(built)
        source_body = self._body(built, "source_body", entry.source_body, day, "Cơ quan chuyển đến", notes)
        destination = self._body(built, "destination", entry.destination, day, "Cơ quan nhận", notes)
        prior = self.bodies.body(entry.prior_body, day) if entry.prior_body else None
        if entry.decision:
            notes.append(f"Quyết định, kết luận giải quyết: {entry.decision}")
        if entry.number:
            notes.append(f"Số đến: {entry.number}")
        respondents = [NewParty(role=PartyRole.RESPONDENT, name=entry.respondent)] if entry.respondent else []
        return NewPetition(
            agency=agency,
            keeper_id=keeper_id,
            kind=entry.kind,
            reflection_kind=entry.reflection_kind,
            source=source,
            source_body_id=source_body,
            source_paper=entry.source_paper[:80],
            received_on=day,
            written_on=entry.written_on,
            content=entry.content,
            summary="" if entry.content else "Sổ không ghi nội dung đơn",
            parties=[*parties, *respondents],
            signatories=entry.signatories or 1,
            anonymous=entry.anonymous,
            field_code=self._field(built),
            instance=entry.instance,
            handling=entry.handling,
            handled_on=entry.handled_on,
            handled_paper=entry.paper[:80],
            settled=entry.settled is True,
            destination_id=destination,
            prior_body_id=prior.pk if isinstance(prior, Agency) else None,
            prior_note="" if isinstance(prior, Agency) else entry.prior_body,
            note=_note(notes, parties if entry.kind == Kind.DENUNCIATION else ()),
            backfilled=True,
        )

    def _unsaid_source(self, built: Built) -> str:
        if not any(fault.target == "source" for fault in built.faults):
            message = f"Sổ không ghi nguồn đơn: đơn vẫn nhập, tạm ghi “{UNSAID_SOURCE.label}”"
            built.faults.append(self._fault(built, "source", "", message))
        return UNSAID_SOURCE

    def _body(
        self, built: Built, target: str, text: str, day: date, label: str, notes: list[str]
    ) -> int | None:
        """The body's key; what is not recognised stays in the note, word for word."""
        if not text:
            return None
        found = self.bodies.body(text, day)
        if isinstance(found, Agency):
            return found.pk
        built.faults.append(
            self._fault(
                built,
                target,
                text,
                f"{found.message}. Đơn vẫn nhập, tên giữ ở ghi chú",
                proposal=found.proposal,
            )
        )
        notes.append(f"{label} (sổ ghi): {text}")
        return None

    def _party(self, person: Person) -> NewParty:
        return NewParty(
            name=person.name[:200],
            id_number=person.id_number,
            birth_year=person.birth_year,
            gender=person.gender,
            phone=person.phone[:20],
            address=person.address[:400],
            place_id=self._place_of(person.address) if person.address else None,
        )

    def _find_place(self, address: str) -> str | None:
        match = self._finder.find(address, near=self.near)
        return match.commune.pk if match.commune and match.confidence >= _PLACE_SURE else None

    def _field(self, built: Built) -> str:
        entry = built.entry
        if entry.field_name and (named := _field_by_name(plain(entry.field_name), entry.kind)):
            return named
        # The title and the first sentences say it; the rest would take most of an import's time.
        words = f"{fold(entry.field_name)} {built.folded[:_TELLING]}"
        code, confidence = catalogue.suggest_field(words, entry.kind)
        return code if confidence >= _FIELD_SURE else ""

    def _passes(self, built: Built, petition: NewPetition) -> bool:
        """The rules of every petition; what remains is what no reader has caught."""
        found = {name: text for name, text in problems(petition, self.today).items() if name not in _FORGIVEN}
        for name, text in found.items():
            target = name.rpartition(".")[2]
            built.faults.append(self._fault(built, target, "", text, ERROR))
        return not found

    def _fault(
        self, built: Built, target: str, value: str, message: str, level: str = WARNING, proposal: str = ""
    ) -> Fault:
        header = built.plan.header
        column = next(
            (index for index, key in built.plan.targets.items() if key.partition("=")[0] == target), None
        )
        title = header.title(column) if column is not None else ""
        return Fault(built.row, title, value[:200], message, proposal, level, target)

    # ---- the row's identity

    def _identify(self, built: Built, petition: NewPetition) -> None:
        """What makes a row the same row when it comes again: not its number, not how it was handled since."""
        entry = built.entry
        first = entry.people[0] if entry.people else Person()
        parts = [
            petition.agency.code,
            petition.received_on.isoformat(),
            petition.kind,
            name_key(first.name),
            first.id_number,
            fold(first.address),
            built.folded,
        ]
        base = _digest("|".join(parts))
        seen = self._seen[base]
        # Two rows alike under two numbers are two petitions; under one number they are one, copied twice.
        if entry.stt and entry.stt in seen:
            built.occurrence = -1
            number = seen[entry.stt]
        else:
            number = len(seen)
            seen[entry.stt or f"#{number}"] = number
            built.occurrence = number
        built.digest = base if number == 0 else _digest(f"{base.hex()}#{number}")


def _digest(text: str) -> bytes:
    # Keyed: a bare hash of a denouncer's name and number could be tried out.
    return hashlib.blake2b(
        text.encode(), key=settings.VAULT_KEY.encode()[:64], person=b"imported-row", digest_size=32
    ).digest()


def _note(notes: Sequence[str], sealed: Sequence[NewParty]) -> str:
    text = "\n".join(notes)
    hide = [part for p in sealed for part in (p.name, p.id_number, p.address, p.phone) if part]
    return redact(text, hide) if hide and text else text


def _without_person(fault: Fault) -> Fault:
    """A denouncer's name, address and number appear in no list of faults (LTC Đ56)."""
    if fault.target not in _PERSONAL or not fault.value:
        return fault
    return replace(fault, value=SECRET, message=fault.message.replace(fault.value, "…"), proposal="")


@lru_cache(maxsize=2048)
def _field_by_name(words: str, kind: str) -> str:
    """The field that the register names itself."""
    for entry in catalogue.fields():
        if plain(entry.name) == words and (not entry.kinds or kind in entry.kinds):
            return entry.code
    return ""
