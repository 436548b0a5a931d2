"""Large files in the background. Jobs are idempotent: one that died is done again and goes on where it stopped."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kntc.audit.actors import Actor
from kntc.audit.walls import acting_as
from kntc.registers.examining import examine
from kntc.registers.models import Batch, Status
from kntc.registers.running import bring_in_all
from kntc.registers.whose import actor_of

QUEUE = "registers"
AGAIN = RetryStrategy(max_attempts=3, wait=5)


@app.task(name="registers.examine", queue=QUEUE, retry=AGAIN)
def examine_batch(batch_id: int, post_id: int | None) -> None:
    by, batch = _work(batch_id, post_id)
    if batch.status == Status.EXAMINING:
        examine(batch, by)


@app.task(name="registers.import", queue=QUEUE, retry=AGAIN)
def import_batch(batch_id: int, post_id: int | None) -> None:
    by, batch = _work(batch_id, post_id)
    if batch.status == Status.RUNNING:
        bring_in_all(batch, by, in_parallel=True)


def _work(batch_id: int, post_id: int | None) -> tuple[Actor, Batch]:
    close_old_connections()
    by = actor_of(post_id)
    with acting_as(by):
        return by, Batch.objects.select_related("agency__place").get(pk=batch_id)
