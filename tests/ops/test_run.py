"""`kntc run` as a person meets it: a real server, real signals."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from kntc.ops.cluster import Cluster
from kntc.ops.processes import wait_until


def kntc(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kntc", *arguments],
        env=environment(home) | more,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=120,
        check=False,
    )


def environment(home: Path) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "KNTC_DB_ROLE"}}
    return ours | {"KNTC_HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """One `kntc run --no-demo`, from its greeting to its end."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.started = home, free_port(), datetime.now(UTC)
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "kntc", "run", "--no-demo", "--port", str(self.port)],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait_for("KNTC đang chạy tại")

    def _listen(self) -> None:
        assert self.process.stdout is not None
        self.said.extend(self.process.stdout)

    def wait_for(self, words: str) -> str:
        found = wait_until(
            lambda: any(words in line for line in self.said) or self.process.poll() is not None, 60
        )
        assert found, f"“{words}” never said, but: {self.said}"
        return next((line for line in self.said if words in line), f"ended: {self.said}")

    def wait_for_worker(self) -> None:
        """Until the worker has written itself into the database."""
        with psycopg.connect(Cluster(self.home).url, autocommit=True) as connection:
            query = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > %s"
            assert wait_until(lambda: connection.execute(query, [self.started]).fetchone() is not None, 30)

    def status(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def children(self, words: str) -> list[psutil.Process]:
        family = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in family if words in " ".join(_arguments(process))]

    def interrupt(self) -> int:
        """Ctrl-C: the terminal sends it to the whole foreground group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run")
    done = kntc(path, "init", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["agencies"] > 3000
    return path


@pytest.fixture
def run(home: Path) -> Iterator[Run]:
    running = Run(home)
    yield running
    if running.process.poll() is None:
        running.interrupt()


def gone(home: Path) -> bool:
    return not Cluster(home).answers() and not any(str(home) in _environ(p) for p in psutil.process_iter())


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # or a zombie, which is one kind of it
        return []


def _environ(process: psutil.Process) -> str:
    try:
        return process.environ().get("KNTC_HOME", "") if "-m" in _arguments(process) else ""
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""


def test_ctrl_c_stops_all_that_was_started(run: Run) -> None:
    assert run.status() < 500
    assert Cluster(run.home).answers()
    assert run.interrupt() == 0
    assert gone(run.home)


def test_sigterm_stops_all_that_was_started(run: Run) -> None:
    run.process.terminate()
    assert run.process.wait(60) == 128 + signal.SIGTERM
    assert gone(run.home)


def test_web_and_worker_serve_as_the_role_that_owns_nothing(run: Run) -> None:
    run.wait_for_worker()
    for process in [*run.children("gunicorn"), *run.children("kntc worker")]:
        assert process.environ()["KNTC_DB_ROLE"] == "kntc_app"


def test_a_killed_web_server_is_noticed_and_replaced(run: Run) -> None:
    run.children("gunicorn")[0].kill()
    assert "đã khởi động lại" in run.wait_for("Máy chủ web dừng bất ngờ")
    assert wait_until(lambda: _answers(run.status), 30)


def test_a_killed_worker_is_noticed_and_replaced(run: Run) -> None:
    run.wait_for_worker()
    run.children("kntc worker")[0].kill()
    assert "đã khởi động lại" in run.wait_for("Tiến trình việc nền dừng bất ngờ")
    assert wait_until(lambda: bool(run.children("kntc worker")), 30)


def test_a_killed_database_is_noticed_and_replaced(run: Run) -> None:
    run.wait_for_worker()
    os.kill(int((run.home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    run.wait_for("PostgreSQL dừng bất ngờ, đã khởi động lại.")
    assert Cluster(run.home).answers()
    assert wait_until(lambda: run.status() < 500, 30)


def test_when_it_is_killed_outright_nothing_keeps_serving(run: Run) -> None:
    run.wait_for_worker()
    served = [*run.children("gunicorn"), *run.children("kntc worker")]
    run.process.kill()
    run.process.wait()
    assert not psutil.wait_procs(served, timeout=30)[1]
    # The database waits for the next command, which uses it and, as the last one, stops it.
    assert kntc(run.home, "health").returncode == 0
    assert gone(run.home)


def test_a_short_command_beside_it_leaves_it_running(run: Run) -> None:
    done = kntc(run.home, "health", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["database"]["embedded"] is True
    assert run.status() < 500


def test_a_port_in_use_is_refused_before_anything_starts(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kntc(home, "run", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert re.search(r"đang dùng cổng này.*kntc run --port \d+", done.stderr)
    assert not Cluster(home).answers()


def _answers(status: Callable[[], int]) -> bool:
    try:
        return status() < 500
    except OSError:
        return False
