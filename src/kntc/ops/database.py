"""The database a command works on: the one of DATABASE_URL, else the embedded one, started when needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kntc.ops.embedded import running


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


@contextmanager
def database() -> Iterator[None]:
    if is_embedded():
        with running():
            yield
    else:
        yield
