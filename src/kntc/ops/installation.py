"""`kntc init`: the tables and the catalogues, brought to the state of this release; quick when they are."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# One set-up at a time in one database, whichever machine it is started from.
_LOCK = 0x6B6E7463


def initialise() -> None:
    """Create or upgrade everything that is not a record. Runs as the owner of the database."""
    with _alone():
        _migrate()
        _load_catalogues()


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def pending_migrations() -> list[str]:
    """Names of the migrations that this release brings and the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _migrate() -> None:
    from kntc.ops.models import Mark

    executor = MigrationExecutor(connection)
    known = sorted(f"{app}.{name}" for app, name in executor.loader.disk_migrations or {})
    release = hashlib.sha256("\n".join(known).encode()).hexdigest()
    # The mark is put after the rights are granted, so that an interruption between the two is made good.
    applied = ("ops", "0001_initial") in executor.loader.applied_migrations
    if not (applied and Mark.stands("schema", release)):
        call_command("migrate", interactive=False, verbosity=0)
        Mark.put("schema", release)


def _load_catalogues() -> None:
    from kntc.agencies.load import load_catalogues
    from kntc.ops.models import Mark

    state = _fingerprint(Path(str(files("kntc.agencies"))) / "data")
    if not Mark.stands("catalogues", state):
        load_catalogues()
        Mark.put("catalogues", state)


def _fingerprint(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in directory.rglob("*") if p.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
