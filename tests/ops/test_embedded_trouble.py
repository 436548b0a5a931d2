"""What goes wrong around the embedded server ends in one Vietnamese sentence, or mends itself."""

import os
import time
from pathlib import Path

import pytest

from kntc.ops.cluster import Cluster
from kntc.ops.embedded import running
from kntc.ops.errors import OpsProblem
from kntc.ops.processes import account_for
from tests.ops.commands import Holder


def make_cluster(home: Path) -> None:
    with running(home, durable=False):
        pass


def message(home: Path) -> str:
    with pytest.raises(OpsProblem) as caught, running(home, durable=False):
        pass
    return caught.value.message


@pytest.mark.parametrize("moment", [0.05, 0.15, 0.3, 0.45])
def test_an_interrupted_first_start_is_made_good_by_the_next(tmp_path: Path, moment: float) -> None:
    holder = Holder(tmp_path / "home")
    time.sleep(moment)
    holder.kill()
    make_cluster(tmp_path / "home")
    assert (tmp_path / "home" / "postgres" / "PG_VERSION").exists()


def test_what_an_interrupted_attempt_left_is_removed(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new.1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    make_cluster(tmp_path)
    assert not half.exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = message(tmp_path / "file" / "home")
    assert str(tmp_path / "file" / "home") in said
    assert "KNTC_HOME" in said


def test_a_home_without_the_right_to_write_is_named(tmp_path: Path) -> None:
    """In a child of its own account where we are root, whom no mode stops."""
    tmp_path.chmod(0o555)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        if account := account_for(tmp_path / "postgres"):
            os.setuid(account.pw_uid)
        os.write(writer, _attempt(tmp_path / "home").encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    tmp_path.chmod(0o755)
    assert said.startswith("Không ghi được vào"), said
    assert "KNTC_HOME" in said


def _attempt(home: Path) -> str:
    try:
        with running(home):
            return "started"
    except OpsProblem as problem:
        return problem.message


def test_data_of_another_version_are_left_alone(tmp_path: Path) -> None:
    make_cluster(tmp_path)
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    said = message(tmp_path)
    assert "PostgreSQL 16" in said
    assert "kntc restore" in said


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letter.txt").write_text("not a database")
    assert "không phải dữ liệu PostgreSQL" in message(tmp_path)
    assert (tmp_path / "postgres" / "letter.txt").exists()


def test_a_server_that_does_not_come_up_shows_its_log(tmp_path: Path) -> None:
    make_cluster(tmp_path)
    configuration = tmp_path / "postgres" / "postgresql.conf"
    good = configuration.read_text()
    configuration.write_text("no_such_setting = 1\n")
    said = message(tmp_path)
    assert "không khởi động được" in said
    assert "no_such_setting" in said
    configuration.write_text(good)
    make_cluster(tmp_path)
    assert not Cluster(tmp_path).answers()
