"""Reading a batch's file again and bringing its rows in, chunk by chunk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from kntc.audit.actors import Actor
from kntc.audit.errors import Refused
from kntc.petitions.bulk import Records, prepare, register_prepared
from kntc.petitions.choices import Handling
from kntc.petitions.entry import NewPetition
from kntc.petitions.models import Petition
from kntc.registers.building import Builder, Built, Made
from kntc.registers.meanings import meanings_of
from kntc.registers.models import Batch, ImportedRow, LikelyDuplicate, RowFault
from kntc.registers.reading.entry import ERROR
from kntc.registers.reading.plan import SheetPlan, read_entries
from kntc.registers.reading.records import Skipped
from kntc.registers.reading.workbook import Workbook
from kntc.settlement.actions import open_many

CHUNK = 2000
MOST_WARNINGS = 5000  # kept word for word; beyond that the preview's counts tell enough


@dataclass
class Reading:
    """A batch's file, open, with what is needed to build its rows."""

    book: Workbook
    plans: list[SheetPlan]
    builder: Builder
    skipped: list[tuple[SheetPlan, Skipped]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Rows of the selected sheets: at least as many as there are petitions."""
        return sum(self.book.sheets[plan.index].height for plan in self.plans if plan.selected)

    def rows(self) -> Iterator[Built]:
        """Every row in the order of the file; what is no petition is put aside in `skipped`."""
        for item in read_entries(self.book, self.plans, self.builder.today):
            if isinstance(item, tuple):
                self.skipped.append(item)
            else:
                yield self.builder.build(item)


def open_reading(batch: Batch, book: Workbook, plans: list[SheetPlan], by: Actor) -> Reading:
    return Reading(book, plans, Builder(batch.agency, by, meanings_of(batch.agency), timezone.localdate()))


def known_digests(digests: Sequence[bytes]) -> set[bytes]:
    """Those that have come in before. One statement."""
    return {bytes(d) for d in ImportedRow.objects.filter(digest__in=digests).values_list("digest", flat=True)}


def left_out(batch: Batch) -> set[tuple[str, int]]:
    """Rows that a person has decided not to bring in. One statement."""
    return set(LikelyDuplicate.objects.filter(batch=batch, skipped=True).values_list("sheet", "row"))


class Overtaken(Refused):
    """Two imports of the same rows at once: the later one takes this chunk back and looks again."""

    def __init__(self) -> None:
        super().__init__(
            "Một lần nhập khác vừa đưa vào một số dòng của tệp này. Hãy bấm “Nhập tiếp”: không dòng nào vào hai lần."
        )


@dataclass(frozen=True)
class Outcome:
    created: int = 0
    unchanged: int = 0
    rejected: int = 0


class Prepared:
    """Rows whose records are built while the database is busy with those before them."""

    def __init__(self, rows: Sequence[Made], records: Sequence[Records]) -> None:
        self._records = {made.digest: record for made, record in zip(rows, records, strict=True)}

    def of(self, rows: Sequence[Made], by: Actor) -> list[Records]:
        """The records of these rows; what was not prepared is built now."""
        missing = [made for made in rows if made.digest not in self._records]
        built = dict(zip((made.digest for made in missing), prepare(_petitions(missing), by), strict=True))
        return [self._records.get(made.digest) or built[made.digest] for made in rows]


def _petitions(rows: Sequence[Made]) -> list[NewPetition]:
    return [made.petition for made in rows if made.petition]


def to_bring_in(rows: Sequence[Made], skip: set[tuple[str, int]]) -> list[Made]:
    """Good rows that have not come in and that nobody has put aside. One statement."""
    return _fresh([made for made in rows if made.petition and (made.sheet, made.row) not in skip])


def prepared(rows: Sequence[Made], by: Actor) -> Prepared:
    """Needs no database."""
    return Prepared(rows, prepare(_petitions(rows), by))


NOTHING_PREPARED = Prepared([], [])


def bring_in(
    batch: Batch,
    rows: Sequence[Made],
    skip: set[tuple[str, int]],
    by: Actor,
    ready: Prepared = NOTHING_PREPARED,
) -> Outcome:
    """Registers the good rows of a chunk that are new. Call inside an action."""
    fresh = to_bring_in(rows, skip)
    petitions = register_prepared(ready.of(fresh, by))
    _remember(batch, fresh, petitions)
    _open_cases(fresh, petitions, by)
    save_faults(batch, rows)
    rejected = sum(1 for made in rows if made.petition is None)
    return Outcome(len(fresh), len(rows) - len(fresh) - rejected, rejected)


_REMEMBER = """
INSERT INTO registers_imported_row (digest, batch_id, keeper_id, petition_id, sheet, "row")
SELECT digest, %s, keeper, petition, sheet, number
FROM unnest(%s::bytea[], %s::bigint[], %s::bigint[], %s::text[], %s::int[])
  AS made (digest, keeper, petition, sheet, number)
ON CONFLICT (digest) DO NOTHING
"""


def _fresh(rows: Sequence[Made]) -> list[Made]:
    """Rows that have not come in, each once."""
    by_digest: dict[bytes, Made] = {}
    for made in rows:
        by_digest.setdefault(made.digest, made)
    known = known_digests(list(by_digest))
    return [made for digest, made in by_digest.items() if digest not in known]


def _remember(batch: Batch, rows: Sequence[Made], petitions: Sequence[Petition]) -> None:
    """Raises `Overtaken` when another import has brought in one of these rows meanwhile."""
    columns: list[list[Any]] = [
        [made.digest for made in rows],
        [petition.keeper_id for petition in petitions],
        [petition.pk for petition in petitions],
        [made.sheet for made in rows],
        [made.row for made in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [batch.pk, *columns])
        if cursor.rowcount != len(rows):
            raise Overtaken()


def _open_cases(rows: Sequence[Made], petitions: Sequence[Petition], by: Actor) -> None:
    """What the register says was accepted is being settled, or has been."""
    accepted = [
        (petition, made.petition is not None and made.petition.settled)
        for made, petition in zip(rows, petitions, strict=True)
        if petition.handling == Handling.ACCEPT
    ]
    if accepted:
        open_many([petition for petition, _ in accepted], [settled for _, settled in accepted], by)


def save_faults(batch: Batch, rows: Sequence[Made]) -> None:
    """All errors, and warnings as far as anybody would read them."""
    room = MOST_WARNINGS - RowFault.objects.filter(batch=batch, level="warning").count()
    faults = []
    for made in rows:
        for fault in made.faults:
            if fault.level == ERROR or room > 0:
                room -= fault.level != ERROR
                faults.append(
                    RowFault(
                        batch=batch,
                        keeper_id=batch.keeper_id,
                        sheet=made.sheet,
                        row=fault.row,
                        column=fault.column[:300],
                        value=fault.value[:200],
                        message=fault.message[:600],
                        proposal=fault.proposal[:200],
                        level=fault.level,
                        target=fault.target[:30],
                    )
                )
    RowFault.objects.bulk_create(faults, batch_size=1000)
