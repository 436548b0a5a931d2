"""From entries to records: the same for one petition at the counter and for 100,000 rows of an old register."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from kntc.accounts.reorganisation.locks import require_standing
from kntc.audit import mass
from kntc.audit.actors import Actor
from kntc.audit.rights import Right
from kntc.audit.walls import beyond_scope
from kntc.people import vault
from kntc.people.identity import normalised
from kntc.people.models import SealedIdentity
from kntc.people.redaction import redact
from kntc.petitions import numbering, search
from kntc.petitions.choices import Kind, PartyRole, State
from kntc.petitions.derive import settle_values
from kntc.petitions.entry import NewParty, NewPetition
from kntc.petitions.models import Matter, Party, Petition, PetitionText
from kntc.vietnamese import name_key, squeeze

SEALED_LINE = "Người tố cáo (giữ bí mật)"
ANONYMOUS_LINE = "Không rõ người viết"
SUMMARY_LENGTH = 300
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class Records:
    """The rows that make one petition, before they have their keys."""

    petition: Petition
    text: PetitionText
    parties: list[Party]
    sealed: SealedIdentity | None = None
    matter: Matter | None = None
    search: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Entered:
    """Who enters and when: asked once for all rows."""

    post_id: int | None
    at: datetime
    on: date
    # The agency whose petitions the person who enters them then has in hand; None where that is not his work.
    handles_for: int | None = None

    @classmethod
    def now(cls, by: Actor) -> "Entered":
        now = timezone.now()
        handles_for = by.agency_id if by.post_id and by.has_right(Right.HANDLE) else None
        return cls(by.post_id, now, timezone.localdate(now), handles_for)

    def assignee_of(self, entry: NewPetition, keeper_id: int) -> int | None:
        """What is entered live is in the hand of who entered it until it is given to somebody else."""
        return self.post_id if self.handles_for == keeper_id and not entry.backfilled else None


def register_many(entries: Sequence[NewPetition], by: Actor) -> list[Petition]:
    """Write these entries: numbers, matters, petitions, texts, parties. Call inside an action, after the rules.

    A fixed number of statements for each 2,000 entries.
    """
    return register_prepared(prepare(entries, by))


def prepare(entries: Sequence[NewPetition], by: Actor) -> list[Records]:
    """The rows of these entries, but for what only the database knows. Needs no database."""
    entered = Entered.now(by)
    return [_build(entry, entered) for entry in entries]


def register_prepared(records: Sequence[Records]) -> list[Petition]:
    """Number the rows and write them."""
    require_standing({record.petition.keeper_id for record in records})
    for record, number in zip(records, _numbers_of([r.petition for r in records]), strict=True):
        record.petition.number = number
        record.text.search = f"{record.text.search} {search.document([number])}"
    _save(records)
    return [record.petition for record in records]


def _numbers_of(petitions: Sequence[Petition]) -> list[str]:
    if all(petition.keeper_id == petition.agency_id for petition in petitions):
        return _numbers(petitions)
    # A closed agency's book goes on under its successor, in whose scope it does not lie. What is numbered comes
    # before the wall by its keeper all the same.
    with beyond_scope():
        return _numbers(petitions)


def _numbers(petitions: Sequence[Petition]) -> list[str]:
    wanted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, petition in enumerate(petitions):
        wanted[petition.agency_id, petition.received_on.year].append(index)
    numbers = [""] * len(petitions)
    books = [(petitions[indexes[0]].agency, year, len(indexes)) for (_, year), indexes in wanted.items()]
    for indexes, taken in zip(wanted.values(), numbering.take(books), strict=True):
        for index, number in zip(indexes, taken, strict=True):
            numbers[index] = number
    return numbers


def _save(records: Sequence[Records]) -> None:
    mass.insert([r.matter for r in records if r.matter])
    for record in records:
        if record.matter:
            record.petition.matter = record.matter
    mass.insert([r.petition for r in records])
    mass.insert([r.sealed for r in records if r.sealed])
    for record in records:
        record.text.petition = record.petition
        for party in record.parties:
            party.petition = record.petition
            if record.sealed and party.role == PartyRole.PETITIONER:
                party.sealed = record.sealed
    mass.insert([r.text for r in records])
    mass.insert([p for r in records for p in r.parties])


def new_matter(opened_on: date) -> Matter:
    """A matter with a code that cannot be guessed or counted."""
    drawn, code = secrets.randbelow(len(_ALPHABET) ** 9), ""
    for _ in range(9):
        drawn, place = divmod(drawn, len(_ALPHABET))
        code += _ALPHABET[place]
    return Matter(code=f"VV-{opened_on:%y}-{code}", opened_on=opened_on)


def _build(entry: NewPetition, entered: Entered) -> Records:
    keeper_id = entry.keeper_id or entry.agency.pk
    petition = _petition(entry, keeper_id, entered)
    sealed = seal_entry(entry, keeper_id) if entry.kind == Kind.DENUNCIATION else None
    text = PetitionText(keeper_id=keeper_id)
    fill_text(text, petition, entry, sealed is not None)
    parties = [party_row(party, keeper_id, index, sealed) for index, party in enumerate(entry.parties)]
    matter = None if entry.matter_id else new_matter(entry.received_on)
    return Records(petition, text, parties, sealed, matter)


def _petition(entry: NewPetition, keeper_id: int, entered: Entered) -> Petition:
    petition = Petition(
        matter_id=entry.matter_id,  # type: ignore[misc]  # a new one gets its key in _save
        agency=entry.agency,
        keeper_id=keeper_id,
        entered_at=entered.at,
        entered_on=entered.on,
        entered_by_id=entered.post_id,
        assignee_id=entered.assignee_of(entry, keeper_id),
        backfilled=entry.backfilled,
        state=State.SETTLED if entry.settled else State.RECEIVED,
    )
    fill_petition(petition, entry)
    return petition


def fill_petition(petition: Petition, entry: NewPetition) -> None:
    """Write an entry's values onto the petition's own row, with what follows from them."""
    for name in PLAIN_FIELDS:
        setattr(petition, name, getattr(entry, name))
    petition.field = entry.field_code
    settle_values(petition)


PLAIN_FIELDS = (
    "kind", "reflection_kind", "source", "source_body_id", "source_paper", "received_on", "written_on", "signatories",
    "anonymous", "instance", "handling", "handled_on", "handled_paper", "destination_id", "prior_body_id", "place_id",
    "origin_id",
)  # fmt: skip


def fill_text(text: PetitionText, petition: Petition, entry: NewPetition, sealed: bool) -> None:
    """Write an entry's words, its line in lists and its search vector. A sealed petitioner appears in none of them."""
    hide = _secrets(entry) if sealed else []
    content = redact(entry.content, hide) if hide else entry.content
    summary = squeeze(entry.summary) or _first_sentence(entry.content)
    text.summary = (redact(summary, hide) if hide else summary)[:500]
    text.content, text.prior_note, text.note = content, entry.prior_note, entry.note
    text.petitioner_line = petitioner_line(entry, sealed)
    text.search = search_words(petition, text, [] if sealed else entry.parties)


def petitioner_line(entry: NewPetition, sealed: bool) -> str:
    """How lists name who wrote: one name, and how many more."""
    if sealed:
        return SEALED_LINE
    names = [party.name for party in entry.petitioners if party.name]
    if not names:
        return ANONYMOUS_LINE
    more = max(entry.signatories, len(names)) - 1
    return f"{names[0]} và {more} người khác"[:250] if more else names[0][:250]


def search_words(petition: Petition, text: PetitionText, parties: Sequence[NewParty]) -> str:
    """Folded words by which the petition is found: letters and digits only."""
    people = [part for p in parties for part in (p.name, p.id_number, p.phone, p.address, p.organisation)]
    written = [
        petition.number,
        petition.source_paper,
        petition.handled_paper,
        text.summary,
        text.content,
        text.note,
    ]
    return search.document([*people, *written])


def party_row(party: NewParty, keeper_id: int, position: int, sealed: SealedIdentity | None) -> Party:
    """The row of one person; that of a sealed petitioner says nothing."""
    if sealed and party.role == PartyRole.PETITIONER:
        return Party(keeper_id=keeper_id, role=party.role, position=position)
    return Party(
        keeper_id=keeper_id,
        role=party.role,
        position=position,
        name=squeeze(party.name)[:200],
        name_key=name_key(party.name)[:200],
        id_number=normalised(party.id_number),
        birth_year=party.birth_year,
        gender=party.gender,
        phone=party.phone,
        address=squeeze(party.address)[:400],
        place_id=party.place_id,
        organisation=party.organisation,
        body_id=party.body_id,
    )


def seal_entry(entry: NewPetition, keeper_id: int) -> SealedIdentity | None:
    """The sealed identity of a denouncer; None where nothing is known of him."""
    people = entry.petitioners
    if not any(party.name or party.id_number or party.address or party.phone for party in people):
        return None
    first = people[0]
    identity = {
        "petitioners": [
            {
                "name": p.name,
                "id_number": normalised(p.id_number),
                "birth_year": p.birth_year,
                "gender": p.gender,
                "phone": p.phone,
                "address": p.address,
                "place_id": p.place_id,
            }
            for p in people
        ],
        "summary": entry.summary,
        "content": entry.content,
    }
    return SealedIdentity(
        keeper_id=keeper_id,
        cipher=vault.seal(identity),
        id_blind=vault.blind(normalised(first.id_number)),
        name_blind=vault.blind(name_key(first.name)),
    )


def _secrets(entry: NewPetition) -> list[str]:
    return [part for p in entry.petitioners for part in (p.name, p.id_number, p.address, p.phone) if part]


def _first_sentence(content: str) -> str:
    text = squeeze(content)
    end = text.find(". ")
    return text[: end if 0 < end < SUMMARY_LENGTH else SUMMARY_LENGTH]
