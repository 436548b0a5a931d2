"""What is done at once and what in the background, and whether a background job still lives."""

from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.tasks import Task

from kntc.accounts.officers import Officer
from kntc.registers import tasks
from kntc.registers.examining import examine
from kntc.registers.models import Batch, Status
from kntc.registers.running import bring_in_all

# What takes a second or two: nobody should wait for a worker then.
SMALL_FILE = 2 * 1024 * 1024
FEW_ROWS = 1000
_ALIVE = {"todo", "doing"}


def examine_soon(batch: Batch, officer: Officer) -> Batch:
    if batch.file_size <= SMALL_FILE:
        return examine(batch, officer)
    return _defer(tasks.examine_batch, batch, officer)


def import_soon(batch: Batch, officer: Officer) -> Batch:
    if batch.rows - batch.position <= FEW_ROWS:
        return bring_in_all(batch, officer)
    return _defer(tasks.import_batch, batch, officer)


def _defer(task: Task, batch: Batch, officer: Officer) -> Batch:  # type: ignore[type-arg]
    lock = f"register-{batch.pk}"
    batch.job_id = task.configure(lock=lock).defer(batch_id=batch.pk, post_id=officer.post_id)
    batch.save(update_fields=["job_id"])
    return batch


def is_interrupted(batch: Batch) -> bool:
    """Whether the work on a batch has ended without coming to its end. One statement."""
    if batch.status not in {Status.EXAMINING, Status.RUNNING}:
        return False
    status = ProcrastinateJob.objects.filter(pk=batch.job_id).values_list("status", flat=True).first()
    return status not in _ALIVE
