"""`kntc run`: the web server and the worker under one supervisor, over a database that stays up."""

import http.client
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from types import FrameType

from kntc.ops.children import Child, stop_all
from kntc.ops.database import is_embedded, keep_alive
from kntc.ops.errors import OpsProblem
from kntc.ops.home import home
from kntc.ops.processes import wait_until

READY_SECONDS = 60.0
LOOK_EVERY = 1.0
THREADS = 8
# Static files under names that carry their content's hash: browsers keep them for ever.
STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
# Requests and jobs run as the role that owns nothing (audit/walls.py).
APP_ROLE = {"KNTC_DB_ROLE": "kntc_app"}


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def near(self) -> str:
        """Where this machine reaches the server itself."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def require_free(address: Address) -> None:
    """Refuse a port that is taken, before anything is started."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except PermissionError as error:
            raise OpsProblem(
                f"Không được phép dùng cổng {address.port}. Hãy chọn cổng từ 1024 trở lên."
            ) from error
        except OSError as error:
            raise OpsProblem(
                f"Không mở được {address.url}: {error.strerror}. Có thể chương trình khác (hay một `kntc run` khác) "
                f"đang dùng cổng này. Hãy dừng nó, hoặc chạy với cổng khác: kntc run --port {address.port + 1}"
            ) from error


def serve(address: Address, *, when_ready: Callable[[], None], say: Callable[[str], None]) -> None:
    """Serve until interrupted, then let the interruption go on. The database must be up and set up."""
    web, worker = _web(address), _worker()
    with _interruption() as asked:
        try:
            web.start()
            if _wait_until_it_answers(address, web, asked):
                when_ready()
                # Only now: two programs that load at once would keep people waiting.
                worker.start()
                _watch([web, worker], asked, say)
        finally:
            stop_all([web, worker])


@contextmanager
def _interruption() -> Iterator[threading.Event]:
    """A signal to stop sets the event instead of breaking in, say, between a process and the note of it."""
    asked = threading.Event()
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        asked.set()

    before = {
        number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received:
        signal.raise_signal(received[0])


def _web(address: Address) -> Child:
    return Child(
        name="Máy chủ web",
        arguments=[
            *("-m", "gunicorn", "kntc.config.wsgi:application", "--no-control-socket"),
            *("--bind", address.url.removeprefix("http://")),
            *("--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)),
            *("--timeout", "120", "--graceful-timeout", "10", "--max-requests", "20000"),
        ],
        log=home() / "log" / "web.log",
        environment=APP_ROLE,
    )


def _worker() -> Child:
    return Child(
        name="Tiến trình việc nền",
        arguments=["-m", "kntc", "worker"],
        log=home() / "log" / "worker.log",
        environment=APP_ROLE,
    )


def _wait_until_it_answers(address: Address, web: Child, asked: threading.Event) -> bool:
    """False when the wait was interrupted."""
    wait_until(lambda: asked.is_set() or not web.is_alive() or _answers(address), READY_SECONDS, 0.05)
    if asked.is_set() or (web.is_alive() and _answers(address)):
        return not asked.is_set()
    raise OpsProblem(f"Máy chủ web không khởi động được. Xem nhật ký: {web.log}")


def _answers(address: Address) -> bool:
    connection = http.client.HTTPConnection(address.near, address.port, timeout=30)
    try:
        connection.request("GET", "/suc-khoe/", headers={"Host": f"127.0.0.1:{address.port}"})
        # A redirect to TLS or a name it does not know is an answer too; an error of the server is none.
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _watch(children: list[Child], asked: threading.Event, say: Callable[[str], None]) -> None:
    while not asked.wait(LOOK_EVERY):
        if is_embedded() and keep_alive():
            say("PostgreSQL dừng bất ngờ, đã khởi động lại.")
        for child in children:
            if told := child.mend():
                say(told)
