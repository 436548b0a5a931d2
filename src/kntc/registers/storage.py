"""Uploaded registers on disk: sealed, for a register names denouncers (LTC Đ56)."""

import base64
import secrets
from pathlib import Path

from django.conf import settings

from kntc.people import vault

FOLDER = "registers"


def keep(content: bytes) -> str:
    """Writes the file sealed; returns its name below FILES."""
    name = f"{FOLDER}/{secrets.token_hex(16)}.sealed"
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_bytes(vault.seal({"file": base64.b64encode(content).decode()}))
    part.replace(path)  # whole or not there
    return name


def read(name: str) -> bytes:
    """The file as it was uploaded. Raises FileNotFoundError."""
    return base64.b64decode(vault.unseal(_path(name).read_bytes())["file"])


def remove(name: str) -> None:
    if name:
        _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.FILES) / name
