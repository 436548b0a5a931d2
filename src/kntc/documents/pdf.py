"""Word and Excel files as PDF, by LibreOffice without a screen.

Each run has a user profile of its own: two LibreOffice processes on one profile refuse each other.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore

from kntc.audit.errors import Refused

TIMEOUT = 60.0  # seconds
PROGRAMS = ("soffice", "libreoffice")
# Each run takes a core and some 200 MB.
_turns = BoundedSemaphore(2)


class PdfProblem(Refused):
    """The PDF could not be made; the Word file can still be had."""


def to_pdf(data: bytes, suffix: str = ".docx", timeout: float = TIMEOUT) -> bytes:
    """The file as PDF. Raises PdfProblem where LibreOffice is missing, fails or takes too long."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise PdfProblem(
            "Máy chủ chưa cài LibreOffice nên chưa lập được PDF. Hãy tải bản Word, "
            "hoặc đề nghị người quản trị máy chủ cài gói libreoffice-writer và libreoffice-calc."
        )
    with _turns, tempfile.TemporaryDirectory(prefix="kntc-pdf-") as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(data)
        _convert(program, source, timeout)
        made = source.with_suffix(".pdf")
        if not made.is_file() or not made.stat().st_size:
            raise PdfProblem(
                "LibreOffice không lập được PDF từ văn bản này. Hãy tải bản Word; nếu văn bản dùng mẫu riêng "
                "của đơn vị, hãy mở lại mẫu bằng Word và lưu lại."
            )
        return made.read_bytes()


def _convert(program: str, source: Path, timeout: float) -> None:
    folder = source.parent
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--nologo", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {"HOME": str(folder)},
            start_new_session=True,
        )
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise PdfProblem(
                f"Lập PDF quá {timeout:.0f} giây nên đã dừng. Hãy thử lại sau ít phút, hoặc tải bản Word."
            ) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """soffice starts soffice.bin: the whole group goes, or it would work on in a folder that is gone."""
    with suppress(ProcessLookupError):  # ended by itself, and its children too
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
