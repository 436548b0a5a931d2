"""Large files in the background. Jobs are idempotent: one that died is done again and goes on where it stopped."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.audit.actors import Actor, SystemActor
from kntc.registers.examining import examine
from kntc.registers.models import Batch, Status
from kntc.registers.running import bring_in_all

QUEUE = "registers"
AGAIN = RetryStrategy(max_attempts=3, wait=5)


def officer_of(post_id: int | None) -> Actor:
    """Who acts in the job: the officer who asked for it, in that post."""
    if post_id is None:
        return SystemActor()
    return Officer(Post.objects.current().select_related("account", "agency", "oversees").get(pk=post_id))


@app.task(name="registers.examine", queue=QUEUE, retry=AGAIN)
def examine_batch(batch_id: int, post_id: int | None) -> None:
    close_old_connections()
    batch = Batch.objects.select_related("agency__place").get(pk=batch_id)
    if batch.status == Status.EXAMINING:
        examine(batch, officer_of(post_id))


@app.task(name="registers.import", queue=QUEUE, retry=AGAIN)
def import_batch(batch_id: int, post_id: int | None) -> None:
    close_old_connections()
    batch = Batch.objects.select_related("agency__place").get(pk=batch_id)
    if batch.status == Status.RUNNING:
        bring_in_all(batch, officer_of(post_id), in_parallel=True)
