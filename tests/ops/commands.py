"""Other commands beside the test: each a process of its own that holds the embedded server."""

import subprocess
import sys
from pathlib import Path

HOLD = """
import sys
from pathlib import Path
import psycopg
from kntc.ops.embedded import running
with running(Path(sys.argv[1]), durable=False) as cluster:
    with psycopg.connect(cluster.url) as connection:
        connection.execute("SELECT 1")
    print("holds", flush=True)
    sys.stdin.read()
"""


class Holder:
    """A command that uses the server of a home until it is told to leave, or killed."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_it_holds(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "holds\n", self.process.communicate()[1]

    def leave(self) -> None:
        _, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, errors

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()
