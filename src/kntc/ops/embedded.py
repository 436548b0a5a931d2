"""The embedded PostgreSQL of a KNTC_HOME, shared by all commands that use it at one time.

with running():      # starts the server unless it runs
    ...              # database_url() answers
# the last user stops it, whoever started it
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kntc.ops.cluster import Cluster
from kntc.ops.home import directory, home
from kntc.ops.locks import Users, gate


def database_url(at: Path | None = None) -> str:
    """The address of the embedded database, running or not."""
    return Cluster(at or home()).url


@contextmanager
def running(at: Path | None = None, *, durable: bool = True) -> Iterator[Cluster]:
    """Hold the server up. `durable=False` trades safety at a power cut for speed: for tests only."""
    cluster = Cluster((at or home()).absolute())
    directory(cluster.home)
    users = Users(cluster.home / "postgres.users")
    _enter(cluster, users, durable)
    try:
        yield cluster
    finally:
        _leave(cluster, users)


def _enter(cluster: Cluster, users: Users, durable: bool) -> None:
    with gate(cluster.home / "postgres.gate"):
        users.enter()
        try:
            cluster.ensure(durable=durable)
        except BaseException:
            if users.leave():
                cluster.stop()
            raise


def _leave(cluster: Cluster, users: Users) -> None:
    with gate(cluster.home / "postgres.gate"):
        if users.leave():
            cluster.stop()


def revive(at: Path | None = None) -> bool:
    """For a user of a running server: start it again if it was killed. Whether that was so."""
    cluster = Cluster((at or home()).absolute())
    if cluster.is_alive():
        return False
    with gate(cluster.home / "postgres.gate"):
        cluster.ensure()
    return True
