"""Rows that look like one another, or like a petition of the register: reasons for a person, never a decision (R05)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.functions import Left
from rapidfuzz import fuzz

from kntc.audit.actors import Actor
from kntc.people import vault
from kntc.petitions.choices import Kind
from kntc.petitions.models import Petition, PetitionText
from kntc.registers.building import Built
from kntc.vietnamese import fold, name_bag, name_key, short_date

_COMPARED = 240  # characters of the content: what a petition is about stands at its beginning
_HEAD = 40
_NEIGHBOURS = 12  # rows of one block that a row is compared with, the nearest before it
_SAME_CONTENT, _LIKE_CONTENT, _SAME_NAME = 92, 78, 82
MOST = 2000


@dataclass(frozen=True, slots=True)
class Traits:
    """What two petitions are compared by."""

    sheet: str
    row: int
    day: date
    bag: str
    key: str
    id_number: str
    content: str
    kind: str


@dataclass(frozen=True)
class Pair:
    sheet: str
    row: int
    score: int
    reasons: str
    other_sheet: str = ""
    other_row: int | None = None
    petition_id: int | None = None


def traits_of(built: Built) -> Traits:
    entry = built.entry
    first = entry.people[0] if entry.people else None
    name = first.name if first else ""
    return Traits(
        sheet=built.plan.name,
        row=entry.row,
        day=entry.received_on or date.min,
        bag=name_bag(name),
        key=name_key(name),
        id_number=first.id_number if first else "",
        content=built.folded[:_COMPARED],
        kind=entry.kind,
    )


def within(rows: Sequence[Traits]) -> list[Pair]:
    """Each row with the nearest earlier row that it resembles."""
    blocks: dict[str, list[int]] = defaultdict(list)
    best: dict[int, tuple[int, int, str]] = {}
    for index, row in enumerate(rows):
        for key in _keys(row):
            for other in blocks[key][-_NEIGHBOURS:]:
                score, reasons = alike(row, rows[other])
                if score and (index not in best or score > best[index][0]):
                    best[index] = (score, other, reasons)
            blocks[key].append(index)
    return [
        Pair(rows[i].sheet, rows[i].row, score, reasons, rows[other].sheet, rows[other].row)
        for i, (score, other, reasons) in sorted(best.items())
    ][:MOST]


def _keys(row: Traits) -> Iterator[str]:
    if row.id_number:
        yield f"i{row.id_number}"
    if row.bag:
        yield f"n{row.bag}"
    if len(row.content) > _HEAD:
        yield f"c{row.content[:_HEAD]}"


def alike(a: Traits, b: Traits) -> tuple[int, str]:
    """(0 to 100, reasons): 0 where they are hardly one petition."""
    same_id = bool(a.id_number) and a.id_number == b.id_number
    other_id = bool(a.id_number) and bool(b.id_number) and not same_id
    name = 100.0 if a.bag and a.bag == b.bag else fuzz.ratio(a.bag, b.bag)
    content = fuzz.ratio(a.content, b.content) if a.content and b.content else 0.0
    if not (same_id or name >= _SAME_NAME) or (other_id and content < _SAME_CONTENT):
        return 0, ""
    needed = _LIKE_CONTENT - 20 * same_id
    if content < needed and not (same_id and a.day == b.day):
        return 0, ""
    reasons = [f"nhận ngày {short_date(b.day)}"]
    if same_id:
        reasons.insert(0, "cùng số giấy tờ")
    if a.bag == b.bag:
        reasons.insert(0, "cùng họ tên")
    elif name >= _SAME_NAME:
        reasons.insert(0, "họ tên gần giống")
    if content >= needed:
        reasons.append(f"nội dung giống {content:.0f}%")
    return round(0.4 * (100 if same_id else name) + 0.6 * content), ", ".join(reasons)


# Behind the wall a join of all four tables is planned badly (the policies' share of rows is unknown): people first,
# then petitions and texts by key. The conditions repeat those of the partial indexes, which would not serve otherwise.
_PEOPLE = """
SELECT wanted.place, party.petition_id, party.name_key = wanted.name_key, party.id_number = wanted.id_number,
       party.name_key, party.id_number
FROM unnest(%(places)s::int[], %(names)s::text[], %(numbers)s::text[]) AS wanted (place, name_key, id_number)
CROSS JOIN LATERAL (
  (SELECT petition_id, name_key, id_number FROM petitions_party
   WHERE id_number <> '' AND id_number = wanted.id_number ORDER BY id DESC LIMIT 8)
  UNION
  (SELECT petition_id, name_key, id_number FROM petitions_party
   WHERE name_key <> '' AND name_key = wanted.name_key ORDER BY id DESC LIMIT 8)
) AS party
"""

_SEALED_PEOPLE = """
SELECT wanted.place, party.petition_id, sealed.name_blind = wanted.name_blind, sealed.id_blind = wanted.id_blind,
       '', ''
FROM unnest(%(places)s::int[], %(names)s::text[], %(numbers)s::text[]) AS wanted (place, name_blind, id_blind)
CROSS JOIN LATERAL (
  (SELECT id, name_blind, id_blind FROM people_sealed_identity
   WHERE id_blind <> '' AND id_blind = wanted.id_blind ORDER BY id DESC LIMIT 8)
  UNION
  (SELECT id, name_blind, id_blind FROM people_sealed_identity
   WHERE name_blind <> '' AND name_blind = wanted.name_blind ORDER BY id DESC LIMIT 8)
) AS sealed
CROSS JOIN LATERAL (SELECT petition_id FROM petitions_party WHERE sealed_id = sealed.id LIMIT 1) AS party
"""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int  # of the row among those asked about
    petition_id: int
    same_name: bool
    same_id: bool
    name_key: str
    id_number: str


def with_register(rows: Sequence[Traits], by: Actor) -> list[Pair]:
    """Each row with the petition in the actor's scope that it resembles most. Four statements."""
    candidates = [*_candidates(_PEOPLE, _open(rows)), *_candidates(_SEALED_PEOPLE, _sealed(rows))]
    known = _petitions({candidate.petition_id for candidate in candidates}, by)
    best: dict[int, Pair] = {}
    for candidate in candidates:
        pair = _compared(rows[candidate.place], candidate, known)
        if pair and (candidate.place not in best or pair.score > best[candidate.place].score):
            best[candidate.place] = pair
    return [best[place] for place in sorted(best)]


def _open(rows: Sequence[Traits]) -> list[tuple[int, str, str]]:
    return [(i, row.key, row.id_number) for i, row in enumerate(rows) if row.kind != Kind.DENUNCIATION]


def _sealed(rows: Sequence[Traits]) -> list[tuple[int, str, str]]:
    """Denouncers are compared by their blind indexes: equal or not, nothing else is known."""
    denunciations = ((i, row) for i, row in enumerate(rows) if row.kind == Kind.DENUNCIATION)
    return [(i, vault.blind(row.key), vault.blind(row.id_number)) for i, row in denunciations]


def _candidates(statement: str, wanted: Sequence[tuple[int, str, str]]) -> list[_Candidate]:
    if not wanted:
        return []
    places, names, numbers = (list(column) for column in zip(*wanted, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"places": places, "names": names, "numbers": numbers})
        return [_Candidate(*row) for row in cursor.fetchall()]


def _petitions(keys: set[int], by: Actor) -> dict[int, tuple[date, str, str]]:
    """Live petitions in scope: day, kind, folded beginning of the content."""
    petitions = (
        Petition.objects.visible_to(by).live().filter(pk__in=keys).values_list("pk", "received_on", "kind")
    )
    texts = PetitionText.objects.visible_to(by).filter(pk__in=keys)
    contents = dict(texts.values_list("pk", Left("content", 2 * _COMPARED)))
    return {pk: (day, kind, fold(contents.get(pk, ""))[:_COMPARED]) for pk, day, kind in petitions}


def _compared(row: Traits, candidate: _Candidate, known: dict[int, tuple[date, str, str]]) -> Pair | None:
    if candidate.petition_id not in known:
        return None
    day, kind, content = known[candidate.petition_id]
    bag = row.bag if candidate.same_name else name_bag(candidate.name_key)
    number = row.id_number if candidate.same_id else candidate.id_number
    score, reasons = alike(row, Traits("", 0, day, bag, "", number, content, kind))
    return Pair(row.sheet, row.row, score, reasons, petition_id=candidate.petition_id) if score else None
