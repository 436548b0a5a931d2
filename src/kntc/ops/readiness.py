"""Whether a home is as this release left it: a start that finds it so loads Django once, in the web server only."""

import hashlib
import os
import sysconfig
from pathlib import Path

import psycopg

import kntc
from kntc.ops.database import address
from kntc.ops.home import home, writable

MARK = "ready"
# All parts of the demonstration are in.
DEMO = "demo"


def release() -> str:
    """Fingerprint of everything that a set-up depends on: our own files and what is installed beside them."""
    digest = hashlib.sha256()
    root = Path(kntc.__path__[0])
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(folder, name))
            digest.update(f"{folder}/{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    installed = os.stat(sysconfig.get_paths()["purelib"])
    digest.update(str(installed.st_mtime_ns).encode())
    return digest.hexdigest()


def marks() -> dict[str, str]:
    """What has been set up in the database; nothing where there are no tables. Needs no Django."""
    try:
        with psycopg.connect(address(), connect_timeout=10) as connection:
            return dict(connection.execute("SELECT name, value FROM ops_mark").fetchall())
    except psycopg.Error:
        return {}


def is_ready(found: dict[str, str]) -> bool:
    """Database and home were both left ready by this release."""
    stamp = home() / MARK
    return stamp.exists() and stamp.read_text() == found.get(MARK) == release()


def keep() -> None:
    """Everything is set up (Django is loaded): remember it in the database and in the home."""
    from kntc.ops.models import Mark

    state = release()
    Mark.put(MARK, state)
    with writable(home() / MARK):
        (home() / MARK).write_text(state)
