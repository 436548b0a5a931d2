"""The worker that does jobs in the background (large imports, reports), and the sweep of jobs whose worker died."""

import asyncio
import contextlib
import logging

from procrastinate import App
from procrastinate.contrib.django import app as current_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job, Status

log = logging.getLogger(__name__)

# A worker says every 10 s that it lives; after 30 s of silence it is taken for dead.
HEARTBEAT, SILENCE, SWEEP_EVERY = 10.0, 30.0, 15.0
# A job that kills its worker each time is not tried for ever.
TRIES = 3
LEAVE_WITHIN = 10.0


def run_worker(*, once: bool = False) -> None:
    """Do jobs until told to stop; `once`: until there is none left."""
    app: App = current_app
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError(f"not Django's connector: {app.connector!r}")
    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(_work(app, once))


async def _work(app: App, once: bool) -> None:
    async with app.open_async():
        await sweep(app)
        sweeper = asyncio.create_task(_sweep_for_ever(app))
        try:
            await app.run_worker_async(
                wait=not once,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENCE,
                shutdown_graceful_timeout=LEAVE_WITHIN,
            )
        finally:
            sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeper


async def _sweep_for_ever(app: App) -> None:
    while True:
        await asyncio.sleep(SWEEP_EVERY)
        await sweep(app)


async def sweep(app: App) -> None:
    """Give jobs of dead workers back to the queue. Jobs are idempotent: doing one again does no harm."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await _give_back(app, job)


async def _give_back(app: App, job: Job) -> None:
    if job.attempts < TRIES:
        log.warning("Việc nền %s (%s) bị ngắt giữa chừng: làm lại.", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    else:
        log.error("Việc nền %s (%s) bị ngắt %s lần: không làm lại nữa.", job.id, job.task_name, job.attempts)
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
