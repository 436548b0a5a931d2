"""pytest plugin (-p kntc.ops.testing): tests never touch the home of the developer.

They get a KNTC_HOME of their own and, unless DATABASE_URL names a server, an embedded PostgreSQL in it that forgets
everything afterwards. Workers of xdist share what their controller has started.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from kntc.ops import embedded

_MARK = "KNTC_TEST_HOME"
_open = ExitStack()

# Settings are read before any hook of ours could run: the environment is laid as soon as this module is loaded.
_is_worker = _MARK in os.environ
if not _is_worker:
    os.environ[_MARK] = os.environ["KNTC_HOME"] = tempfile.mkdtemp(prefix="kntc-test-")
    os.environ.pop("KNTC_DB_ROLE", None)
    # Where gathered static files would be: none are, and nobody is to be warned of it.
    (Path(os.environ[_MARK]) / "static").mkdir()


def pytest_sessionstart(session: pytest.Session) -> None:
    if not (_is_worker or os.environ.get("DATABASE_URL") or session.config.option.collectonly):
        _open.enter_context(embedded.running(Path(os.environ[_MARK]), durable=False))


def pytest_unconfigure() -> None:
    _open.close()
    if not _is_worker:
        shutil.rmtree(os.environ[_MARK], ignore_errors=True)
