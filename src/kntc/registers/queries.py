"""Reads about imports with more than one line."""

from dataclasses import dataclass

from django.db.models import Count

from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach
from kntc.petitions.models import Petition
from kntc.registers import rejects, storage
from kntc.registers.models import Batch, ImportedRow, RowFault
from kntc.registers.reading.plan import restored
from kntc.registers.reading.workbook import Workbook

FaultRow = tuple[str, int, str, str, str, str]


PAGE = 20


@dataclass(frozen=True)
class BatchPage:
    batches: list[Batch]
    next: str = ""  # where the next page begins


def page_of_batches(by: Actor, after: str) -> BatchPage:
    """Newest first. One statement."""
    batches = Batch.objects.visible_to(by).select_related("agency").order_by("-pk").defer("plan", "preview")
    if after.isdecimal() and len(after) < 18:
        batches = batches.filter(pk__lt=int(after))
    found = list(batches[: PAGE + 1])
    return BatchPage(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def visible_batch(pk: int, by: Actor) -> Batch:
    """Raises OutOfReach. One statement."""
    found: Batch | None = (
        Batch.objects.visible_to(by).filter(pk=pk).select_related("agency", "agency__place", "keeper").first()
    )
    if found is None:
        raise OutOfReach("Lần nhập sổ này")
    return found


@dataclass(frozen=True)
class Results:
    """How many live petitions a batch has brought in."""

    kinds: dict[str, int]
    years: list[tuple[int, int]]
    agencies: list[tuple[str, str, int]]  # code, name, count; most first


def results_of(batch: Batch, by: Actor) -> Results:
    """Three statements."""
    came = (
        Petition.objects.visible_to(by)
        .live()
        .filter(pk__in=ImportedRow.objects.filter(batch=batch).values("petition_id"))
    )
    counted = (
        came.values("agency__code", "agency__name").annotate(n=Count("pk")).order_by("-n", "agency__code")
    )
    return Results(
        kinds=dict(came.values_list("kind").annotate(n=Count("pk")).order_by()),
        years=list(
            came.values_list("received_on__year").annotate(n=Count("pk")).order_by("received_on__year")
        ),
        agencies=[(row["agency__code"], row["agency__name"], row["n"]) for row in counted],
    )


def faulty_rows(batch: Batch, level: str = RowFault.Level.ERROR) -> list[FaultRow]:
    """(sheet, row, column, value, message, proposal) of every error, in the order of the file. One statement."""
    found = RowFault.objects.filter(batch=batch, level=level).order_by("pk")
    return list(found.values_list("sheet", "row", "column", "value", "message", "proposal"))


def rejects_of(batch: Batch) -> bytes:
    """The workbook of the batch's rejected rows. Reads the file again."""
    with Workbook(storage.read(batch.stored)) as book:
        found = rejects.gather(
            (sheet, row, column, message, proposal)
            for sheet, row, column, _, message, proposal in faulty_rows(batch)
        )
        return rejects.write(book, restored(book, batch.plan), found)
