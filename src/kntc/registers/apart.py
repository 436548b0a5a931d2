"""Rows read and built in a process of their own, while this one writes: `python -m kntc.registers.apart BATCH POST`.

Half of an import's work is reading; on two cores it costs no time of its own. The process writes pickles to stdout:
("plan", …), then ("rows", […]) again and again, then ("end", …); or ("fault", sentence).
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote, urlencode

from kntc.audit.errors import Refused

if TYPE_CHECKING:
    from kntc.audit.actors import Actor
    from kntc.registers.building import Made
    from kntc.registers.models import Batch


class ReaderDied(Refused):
    """The process that reads has ended without coming to its end."""

    def __init__(self, code: int) -> None:
        super().__init__(
            f"Việc đọc tệp bị dừng giữa chừng (mã {code}), có thể máy hết bộ nhớ. Hãy nhập lại tệp này: "
            "dòng đã vào không vào lần nữa."
        )


class Apart:
    """`with Apart(batch, by) as apart:` first `plan`, then the chunks of rows. Raises `UnreadableRegister`."""

    def __init__(self, batch: "Batch", by: "Actor") -> None:
        command = [sys.executable, "-m", "kntc.registers.apart", str(batch.pk), str(by.post_id or "")]
        environment = os.environ | {"DATABASE_URL": _database_url()}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        self.told: dict[str, Any] = {}  # `Survey.told`, once all chunks are read
        self._said = self._next()

    def __enter__(self) -> "Apart":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._process.wait()

    @property
    def plan(self) -> tuple[list[dict[str, Any]], int]:
        """What has to be kept to read the file again in the same way, and how many rows it has at most."""
        return self._said[1], self._said[2]

    def chunks(self) -> Iterator[list["Made"]]:
        while (message := self._next())[0] == "rows":
            yield message[1]
        self.told = message[1]

    def _next(self) -> tuple[Any, ...]:
        from kntc.registers.reading.signature import UnreadableRegister

        try:
            message: tuple[Any, ...] = pickle.load(self._process.stdout)  # type: ignore[arg-type]  # noqa: S301
        except (EOFError, pickle.UnpicklingError) as problem:
            raise ReaderDied(self._process.wait()) from problem
        if message[0] == "fault":
            self.__exit__(None, None, None)
            raise UnreadableRegister(message[1])
        return message


def _database_url() -> str:
    """Where this process works, which need not be where its environment points (tests have a database of their own)."""
    from django.db import connection

    given = connection.settings_dict
    options = {
        key: value for key, value in given["OPTIONS"].items() if isinstance(value, str) and key != "options"
    }
    host, port = given["HOST"], given["PORT"]
    place = "" if host.startswith("/") else host
    options |= {"host": host} if host.startswith("/") else {}
    who = ":".join(quote(part, safe="") for part in (given["USER"], given["PASSWORD"]) if part)
    where = f"{place}:{port}" if port else place
    return f"postgresql://{who}@{where}/{quote(given['NAME'], safe='')}" + (
        f"?{urlencode(options)}" if options else ""
    )


def _send(out: BinaryIO, *message: Any) -> None:
    pickle.dump(message, out, protocol=5)
    out.flush()


def _work(batch_id: int, post_id: int | None, out: BinaryIO) -> None:
    from itertools import islice

    from kntc.audit.walls import acting_as
    from kntc.registers.collecting import collecting_seldom
    from kntc.registers.examining import planned, tell
    from kntc.registers.importing import CHUNK
    from kntc.registers.models import Batch
    from kntc.registers.reading.plan import saved
    from kntc.registers.survey import Survey, chunked
    from kntc.registers.whose import actor_of

    by = actor_of(post_id)
    with acting_as(by):
        batch = Batch.objects.select_related("agency__place").get(pk=batch_id)
    with planned(batch, by) as reading, collecting_seldom():
        _send(out, "plan", saved(reading.plans), reading.height)
        # Rows before the position are read again, not sent again: which one of several alike rows a row is depends
        # on those before it.
        for chunk in chunked(islice(reading.rows(), batch.position, None), CHUNK):
            _send(out, "rows", [built.made for built in chunk])
        with acting_as(by):
            _send(out, "end", tell(reading, Survey()))


def main() -> None:
    import django

    django.setup()
    from kntc.registers.reading.signature import UnreadableRegister

    out = sys.stdout.buffer
    batch_id, post_id = sys.argv[1:3]
    try:
        _work(int(batch_id), int(post_id) if post_id else None, out)
    except UnreadableRegister as problem:
        _send(out, "fault", str(problem))
    except BrokenPipeError:
        # Nobody reads any more: what was read comes again when the import goes on.
        os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kntc.config.settings")
    main()
