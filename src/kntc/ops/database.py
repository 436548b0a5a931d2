"""The database a command works on: the one of DATABASE_URL, else the embedded one, started when needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kntc.ops import embedded


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def address() -> str:
    """Where the database is, as a postgresql:// address."""
    return os.environ.get("DATABASE_URL") or embedded.database_url()


@contextmanager
def database() -> Iterator[None]:
    if is_embedded():
        with embedded.running():
            yield
    else:
        yield


def keep_alive() -> bool:
    """Start the embedded server again if it was killed; whether that was so. Only for whoever holds it up."""
    return embedded.revive()
