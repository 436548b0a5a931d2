"""Static files gathered, compressed and named by their content in KNTC_HOME/static; again when one has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    """Bring KNTC_HOME/static to the state of this release. Quick when it is."""
    stamp = Path(settings.STATIC_ROOT) / ".state"
    state = _state()
    if not (stamp.exists() and stamp.read_text() == state):
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(state)


def _state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
