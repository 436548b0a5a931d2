"""Jobs whose worker died are done again, but not for ever."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from kntc.ops.jobs import TRIES, sweep


def interrupted(attempts: int, silent_for: int | None) -> int:
    """A job in the hands of a worker that last spoke so many seconds ago (None: whose row is gone)."""
    with connection.cursor() as cursor:
        worker = None
        if silent_for is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - %s * interval '1 second') RETURNING id",
                [silent_for],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id)"
            " VALUES ('default', 'some.task', '{}', 'doing', %s, %s) RETURNING id",
            [attempts, worker],
        )
        key: int = cursor.fetchone()[0]
    return key


def status(key: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=key).status)


def sweep_now() -> None:
    assert isinstance(app.connector, DjangoConnector)

    async def run() -> None:
        async with app.open_async():
            await sweep(app)

    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(run())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("attempts", "silent_for", "then"),
    [
        (1, 60, "todo"),
        (1, None, "todo"),
        (TRIES, 60, "failed"),
        (1, 5, "doing"),
    ],
    ids=["its worker fell silent", "its worker is gone", "it kills its workers", "its worker lives"],
)
def test_what_becomes_of_an_interrupted_job(attempts: int, silent_for: int | None, then: str) -> None:
    key = interrupted(attempts, silent_for)
    sweep_now()
    assert status(key) == then
