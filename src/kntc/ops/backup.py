"""A copy of the database in one file, and the way back. Keys and uploaded files lie in KNTC_HOME, beside it."""

import os
import subprocess
from pathlib import Path

from django.db import connection

from kntc.audit.grants import create_role
from kntc.ops.cluster import binary
from kntc.ops.errors import OpsProblem
from kntc.ops.home import directory


def backup(target: Path) -> None:
    """Write the database as of this moment to `target`; an interrupted attempt leaves no half file there."""
    directory(target.absolute().parent)
    draft = target.with_name(target.name + ".part")
    try:
        _run("pg_dump", "--format=custom", f"--file={draft}")
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def restore(source: Path) -> None:
    """Put back what `backup` wrote, into a database that is still empty; all of it or nothing."""
    if not source.exists():
        raise OpsProblem(f"Không có tệp {source}.")
    if connection.introspection.table_names():
        raise OpsProblem(
            "Cơ sở dữ liệu đã có dữ liệu nên không phục hồi đè lên. "
            "Hãy đặt KNTC_HOME tới thư mục mới (hoặc DATABASE_URL tới cơ sở dữ liệu rỗng) rồi chạy lại."
        )
    create_role()
    _run(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        f"--dbname={_target()['PGDATABASE']}",
        str(source),
    )


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(binary(program)), *arguments],
        env=os.environ | _target(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise OpsProblem(f"{program} không làm xong:\n{done.stderr.strip()}")


def _target() -> dict[str, str]:
    """Where the database is, as libpq's variables: a password on the command line would be seen by all."""
    parameters = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    return {variable: str(parameters[key]) for key, variable in names.items() if parameters.get(key)}
