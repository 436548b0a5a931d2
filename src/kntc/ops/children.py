"""The processes of `kntc run`: started, watched, restarted when one dies, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from kntc.ops.errors import OpsProblem
from kntc.ops.home import open_log

STOP_SECONDS = 15.0
# A child that dies this soon after its start, this often in a row, will not live.
YOUNG, PATIENCE = 10.0, 3
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process and its log."""

    name: str
    arguments: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    early_deaths: int = 0

    def start(self) -> None:
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self.environment,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self.started = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def mend(self) -> str | None:
        """Start again if dead; a sentence about it. Raises OpsProblem when it keeps dying."""
        if self.is_alive():
            return None
        young = time.monotonic() - self.started < YOUNG
        self.early_deaths = self.early_deaths + 1 if young else 0
        code = self.process.returncode if self.process else "?"
        if self.early_deaths >= PATIENCE:
            raise OpsProblem(f"{self.name} dừng liên tục (mã {code}). Xem nhật ký: {self.log}")
        self.start()
        return f"{self.name} dừng bất ngờ (mã {code}), đã khởi động lại. Nhật ký: {self.log}"

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_alive():
            self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Wait for the end; kill when it does not come, with all that the child has started."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _end_with_parent() -> None:
    """In the child, before its program: when `kntc run` is killed outright, the kernel ends the child too."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_all(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait(max(0.1, until - time.monotonic()))
