"""Reading a whole file before anything comes in: counts, faults, likely duplicates, what is not understood."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.walls import acting_as
from kntc.registers import duplicates, storage
from kntc.registers.actions import remembered, save_examination
from kntc.registers.building import Builder, Built
from kntc.registers.duplicates import MOST, Pair, Traits, traits_of
from kntc.registers.importing import CHUNK, MOST_WARNINGS, Reading, known_digests, open_reading, save_faults
from kntc.registers.meanings import meanings_of
from kntc.registers.models import Batch, LikelyDuplicate, RowFault, Status
from kntc.registers.reading.plan import SheetPlan, make_plan, restored, saved, with_choice
from kntc.registers.reading.records import Record, records
from kntc.registers.reading.signature import UnreadableRegister
from kntc.registers.reading.workbook import Workbook
from kntc.registers.survey import Survey, chunked


def plan_for(batch: Batch, book: Workbook) -> list[SheetPlan]:
    """As the person chose; else as proposed, with what the agency chose for this layout before."""
    if batch.plan:
        return restored(book, batch.plan)
    return [with_choice(plan, remembered(batch.agency, plan)) for plan in make_plan(book)]


@contextmanager
def planned(batch: Batch, by: Actor) -> Iterator[Reading]:
    """The batch's file ready to be read: under the plan that it has, or a new one. Raises `UnreadableRegister`."""
    with Workbook(storage.read(batch.stored)) as book:
        with acting_as(by):
            plans = plan_for(batch, book)
            require_rows(book, plans)
            reading = open_reading(batch, book, plans, by)
        yield reading


def look(content: bytes, agency: Agency, by: Actor) -> tuple["Found", list[SheetPlan]]:
    """What a file would bring, without writing anything. Raises `UnreadableRegister`."""
    with Workbook(content) as book, acting_as(by):
        plans = [with_choice(plan, remembered(agency, plan)) for plan in make_plan(book)]
        require_rows(book, plans)
        builder = Builder(agency, by, meanings_of(agency), timezone.localdate())
        return survey(Reading(book, plans, builder), by, compare=False), plans


def examine(batch: Batch, by: Actor) -> Batch:
    """Read the whole file and keep what would come in, all faults and likely duplicates. Writes no petition."""
    try:
        with Workbook(storage.read(batch.stored)) as book:
            return _examine(batch, book, by)
    except UnreadableRegister as problem:
        with acting_as(by):
            return save_examination(
                batch=batch, values={"status": Status.UNREADABLE, "message": str(problem)}, by=by
            )


def _examine(batch: Batch, book: Workbook, by: Actor) -> Batch:
    with acting_as(by):
        plans = plan_for(batch, book)
        require_rows(book, plans)
        reading = Reading(
            book, plans, Builder(batch.agency, by, meanings_of(batch.agency), timezone.localdate())
        )
        RowFault.objects.filter(batch=batch).delete()
        LikelyDuplicate.objects.filter(batch=batch).delete()
        found = survey(reading, by, batch=batch)
        _save_duplicates(batch, found.pairs)
        values: dict[str, Any] = {
            "plan": saved(plans),
            "preview": found.survey.as_json(),
            "rows": found.survey.rows,
            "status": Status.READY,
            "message": "",
        }
        return save_examination(batch=batch, values=values, by=by)


@dataclass
class Found:
    survey: Survey = field(default_factory=Survey)
    pairs: list[Pair] = field(default_factory=list)
    rejected: list[Built] = field(default_factory=list)
    doubtful: list[Built] = field(
        default_factory=list
    )  # come in with a warning; as many as anybody would read


def survey(reading: Reading, by: Actor, batch: Batch | None = None, *, compare: bool = True) -> Found:
    """Goes through all rows and writes nothing but a batch's faults. A fixed number of statements a chunk."""
    found, traits = Found(), list[Traits]()
    for rows in chunked(reading.rows(), CHUNK):
        known = known_digests([built.digest for built in rows if built.petition])
        fresh = []
        for built in rows:
            found.survey.add(built, built.digest in known)
            if built.petition is None:
                found.rejected.append(built)
            elif built.faults and len(found.doubtful) < MOST_WARNINGS:
                found.doubtful.append(built)
            if built.petition and built.digest not in known and built.occurrence >= 0:
                fresh.append(traits_of(built))
        if compare:
            found.pairs += duplicates.with_register(fresh, by)
            traits += fresh
        if batch:
            save_faults(batch, [built.made for built in rows])
    tell(reading, found.survey)
    found.pairs = (found.pairs + duplicates.within(traits))[:MOST]
    return found


def tell(reading: Reading, survey: Survey) -> dict[str, Any]:
    """What is known of the file once all its rows are read."""
    for plan, skipped in reading.skipped:
        survey.skip(plan, skipped)
    survey.notices = _notices(reading) + survey.notices
    survey.named = _named(reading)
    return survey.told()


def _notices(reading: Reading) -> list[str]:
    """What a person should know before anything else."""
    notices = []
    for plan in reading.plans:
        if not plan.selected:
            where = "ẩn" if not plan.visible else "khác mẫu"
            notices.append(f"Trang “{plan.name}” ({where}) cũng có tiêu đề sổ nhưng chưa được chọn để nhập.")
    for plan, agency in _others(reading):
        # A letterhead names its superiors: that alone is no reason to doubt.
        if not (_may_import_for(agency, reading) or _is_above(agency, reading.builder.near)):
            notices.append(
                f"Trang “{plan.name}” ghi tên {agency.name} nhưng đang nhập cho {reading.builder.near.name}. "
                "Hãy kiểm tra đã chọn đúng tệp."
            )
    return notices


def _named(reading: Reading) -> tuple[str, str] | None:
    """Another agency than the chosen one that the title of the register names, if it may be imported for."""
    return next(
        ((agency.code, agency.name) for _, agency in _others(reading) if _may_import_for(agency, reading)),
        None,
    )


def _others(reading: Reading) -> Iterator[tuple[SheetPlan, Agency]]:
    """Agencies named in titles that are not the chosen one."""
    near = reading.builder.near
    for plan in reading.plans:
        if plan.selected and plan.title.bodies:
            found = reading.builder.bodies.body(plan.title.bodies[-1], reading.builder.today)
            if isinstance(found, Agency) and found.pk != near.pk:
                yield plan, found


def _is_above(agency: Agency, other: Agency) -> bool:
    if agency.lft is None or agency.rgt is None or other.lft is None:
        return False
    return agency.lft <= other.lft <= agency.rgt


def _may_import_for(agency: Agency, reading: Reading) -> bool:
    bodies = reading.builder.bodies
    return agency.lft is not None and bodies.is_own(bodies.keeper_id(agency, None))


def require_rows(book: Workbook, plans: list[SheetPlan]) -> None:
    """Raises `UnreadableRegister` where there is a header and nothing below it."""
    for plan in plans:
        found = records(book, book.sheets[plan.index], plan.header, plan.targets) if plan.selected else ()
        if any(isinstance(item, Record) for item in found):
            return
    plan = next((plan for plan in plans if plan.selected), plans[0])
    raise UnreadableRegister(
        f"Trang “{plan.name}” có tiêu đề ở dòng {plan.header.last + 1} nhưng không có dòng đơn nào bên dưới. "
        "Hãy kiểm tra đã chọn đúng tệp, đúng trang tính."
    )


def _save_duplicates(batch: Batch, pairs: list[Pair]) -> None:
    LikelyDuplicate.objects.bulk_create(
        [
            LikelyDuplicate(
                batch=batch,
                keeper_id=batch.keeper_id,
                sheet=pair.sheet[:64],
                row=pair.row,
                other_sheet=pair.other_sheet[:64],
                other_row=pair.other_row,
                petition_id=pair.petition_id,
                score=pair.score,
                reasons=pair.reasons[:300],
            )
            for pair in pairs
        ],
        batch_size=1000,
    )
