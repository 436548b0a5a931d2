"""The embedded server: starting, sharing, stopping. Real servers throughout."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from kntc.ops.cluster import Cluster
from kntc.ops.embedded import database_url, running
from kntc.ops.processes import account_for, as_account, orphans
from tests.ops.commands import Holder


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "home"
    yield path
    assert not orphans(path / "postgres"), "a server was left behind"


def value(cluster: Cluster, query: str) -> object:
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def keep_a_row(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('đơn')")


def server_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def test_it_answers_inside_and_is_gone_after(home: Path) -> None:
    with running(home, durable=False) as cluster:
        assert value(cluster, "SELECT current_database()") == "kntc"
        assert cluster.url == database_url(home)
    assert not cluster.answers()


def test_it_speaks_utf8_and_listens_on_no_port(home: Path) -> None:
    with running(home, durable=False) as cluster:
        assert value(cluster, "SHOW server_encoding") == "UTF8"
        assert value(cluster, "SELECT datlocale FROM pg_database WHERE datname = 'kntc'") == "C.UTF-8"
        assert value(cluster, "SELECT lower('ĐƠN KHIẾU NẠI')") == "đơn khiếu nại"
        assert value(cluster, "SHOW listen_addresses") == ""
        assert cluster.sockets.stat().st_mode & 0o777 == 0o700


def test_a_real_start_is_durable(home: Path) -> None:
    with running(home) as cluster:
        assert value(cluster, "SHOW fsync") == "on"


def test_data_outlive_the_server(home: Path) -> None:
    with running(home, durable=False) as cluster:
        keep_a_row(cluster)
    with running(home, durable=False) as cluster:
        assert value(cluster, "SELECT word FROM kept") == "đơn"


def test_two_homes_run_side_by_side(tmp_path: Path) -> None:
    with running(tmp_path / "a", durable=False) as first, running(tmp_path / "b", durable=False) as second:
        keep_a_row(first)
        assert value(second, "SELECT to_regclass('kept')") is None


def test_a_home_with_a_long_path_has_its_sockets_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("dài" * 40) / "home"
    with running(home, durable=False) as cluster:
        assert not cluster.sockets.is_relative_to(home)
        assert value(cluster, "SELECT 1") == 1
    cluster.sockets.rmdir()


def test_a_socket_directory_laid_by_another_is_refused(tmp_path: Path) -> None:
    trap = Cluster(tmp_path / ("dài" * 40) / "home").sockets
    trap.symlink_to(tmp_path)
    try:
        with (
            pytest.raises(Exception, match="thuộc tài khoản khác"),
            running(tmp_path / ("dài" * 40) / "home"),
        ):
            pass
    finally:
        trap.unlink()


def test_it_starts_again_after_kill_9(home: Path) -> None:
    with running(home) as cluster:
        keep_a_row(cluster)
        os.kill(server_pid(home), signal.SIGKILL)
        # Its zombie is still our child, and its own children still end: neither may be taken for a server.
        with running(home):
            assert value(cluster, "SELECT word FROM kept") == "đơn"


def test_a_pid_file_that_names_a_stranger_is_stale(home: Path) -> None:
    with running(home, durable=False):
        written = (home / "postgres" / "postmaster.pid").read_text()
    stranger = subprocess.Popen([*as_account(account_for(home / "postgres")), "sleep", "60"])
    try:
        lines = [str(stranger.pid), *written.split("\n")[1:]]
        (home / "postgres" / "postmaster.pid").write_text("\n".join(lines))
        with running(home, durable=False) as cluster:
            assert value(cluster, "SELECT 1") == 1
        assert stranger.poll() is None, "the stranger was harmed"
    finally:
        stranger.kill()
        stranger.wait()


def test_an_empty_pid_file_is_stale(home: Path) -> None:
    with running(home, durable=False):
        pass
    (home / "postgres" / "postmaster.pid").touch()
    with running(home, durable=False) as cluster:
        assert value(cluster, "SELECT 1") == 1


def test_the_last_user_stops_it_though_another_started_it(home: Path) -> None:
    starter = Holder(home)
    starter.wait_until_it_holds()
    other = Holder(home)
    other.wait_until_it_holds()
    starter.leave()
    assert Cluster(home).answers()
    other.leave()
    assert not Cluster(home).answers()


def test_a_short_command_leaves_the_server_of_a_long_one(home: Path) -> None:
    long = Holder(home)
    long.wait_until_it_holds()
    with running(home, durable=False):
        pass
    assert Cluster(home).answers()
    long.leave()


def test_a_killed_user_does_not_count(home: Path) -> None:
    victim = Holder(home)
    victim.wait_until_it_holds()
    victim.kill()
    assert Cluster(home).answers()
    with running(home, durable=False):
        pass
    assert not Cluster(home).answers()


def test_commands_that_start_at_once_share_one_server(home: Path) -> None:
    holders = [Holder(home) for _ in range(4)]
    for holder in holders:
        holder.wait_until_it_holds()
    assert len([p for p in psutil.process_iter() if str(home / "postgres") in _arguments(p)]) == 1
    for holder in holders:
        holder.leave()
    assert not Cluster(home).answers()


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(home: Path) -> None:
    with running(home, durable=False):
        assert os.getpgid(server_pid(home)) != os.getpgid(0)
