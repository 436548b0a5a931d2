"""Keys that the system makes for itself: from the environment, else kept in KNTC_HOME/secrets."""

import os
import secrets
from pathlib import Path

from kntc.ops.home import directory, home, writable


def secret_key() -> str:
    """Django's signing key."""
    return secret("secret_key")


def secret(name: str) -> str:
    """The secret of this name: KNTC_<NAME>, else 256 random bits made once and kept with mode 0600."""
    return os.environ.get(f"KNTC_{name.upper()}") or _kept(home() / "secrets" / name)


def _kept(path: Path) -> str:
    if not path.exists():
        _make(path)
    with writable(path):
        return path.read_text()


def _make(path: Path) -> None:
    directory(path.parent, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with writable(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        # Two commands that start at once: the first link wins, and both read that one.
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
