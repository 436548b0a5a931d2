"""`kntc health`: whether the system can do its work, in a form that a monitor reads."""

import shutil
from importlib.metadata import version
from typing import Any

from django.db import connection

from kntc.ops.database import is_embedded
from kntc.ops.home import home
from kntc.ops.installation import pending_migrations
from kntc.ops.jobs import SILENCE

LEAST_FREE = 1 << 30


def report() -> dict[str, Any]:
    """Five statements. `ok` is the sum: set up to this release, disk to write on."""
    pending = pending_migrations()
    free = shutil.disk_usage(home()).free
    return {
        "ok": not pending and free > LEAST_FREE,
        "version": version("kntc"),
        "database": _database(),
        "pending_migrations": pending,
        "workers": _value(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 second'",
            SILENCE,
        ),
        "jobs": _jobs(),
        "disk_free_bytes": free,
        # Without it papers come as Word only.
        "pdf": shutil.which("soffice") is not None,
    }


def _database() -> dict[str, Any]:
    return {
        "embedded": is_embedded(),
        "version": _value("SELECT current_setting('server_version')"),
        "size_bytes": _value("SELECT pg_database_size(current_database())"),
    }


def _jobs() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status"
        )
        return dict(cursor.fetchall())


def _value(query: str, *parameters: float) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]
