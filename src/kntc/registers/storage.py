"""Uploaded registers on disk: sealed, for a register names denouncers (LTC Đ56)."""

import base64
import secrets
from pathlib import Path

from django.conf import settings

from kntc.audit.errors import Refused
from kntc.people import vault
from kntc.registers.reading.signature import UnreadableRegister

FOLDER = "registers"


class RegisterGone(Refused, UnreadableRegister):
    """The file that was uploaded is no longer on the disk: a backup without files, a disk that was changed."""


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
    """The file as it was uploaded. Raises RegisterGone."""
    try:
        sealed = _path(name).read_bytes()
    except FileNotFoundError:
        raise RegisterGone(
            "Tệp sổ đã tải lên không còn trên máy chủ, chưa nhập thêm dòng nào. Hãy tải lại chính tệp đó: "
            "những đơn đã nhập được nhận ra, không nhập hai lần."
        ) from None
    return base64.b64decode(vault.unseal(sealed)["file"])


def remove(name: str) -> None:
    if name:
        _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.FILES) / name
