"""`kntc accounts create`: the way into an installation without demonstration data."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ops.test_run import kntc


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts")
    assert kntc(path, "init").returncode == 0
    return path


def create(home: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = kntc(home, "accounts", "create", *arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def test_it_is_made_once_with_a_password_that_is_shown(home: Path) -> None:
    given = ("Thu.Ha", "--name", "Lê Thu Hà", "--agency", "GLA", "--role", "unit_admin")
    code, made = create(home, *given)
    assert code == 0
    assert (made["login"], made["agency"], made["role"]) == ("thu.ha", "GLA", "unit_admin")
    assert len(made["password"]) >= 16
    code, refused = create(home, *given)
    assert code == 1
    assert "đã có người dùng" in refused["error"]
    listed = json.loads(kntc(home, "accounts", "list", "--agency", "GLA", "--json").stdout)
    assert [(row["login"], row["active"]) for row in listed] == [("thu.ha", True)]


def test_an_unknown_agency_is_named(home: Path) -> None:
    code, refused = create(home, "a", "--name", "A", "--agency", "XYZ", "--role", "officer")
    assert code == 1
    assert "XYZ" in refused["error"]


def test_a_short_password_is_refused(home: Path) -> None:
    code, refused = create(
        home, "b", "--name", "B", "--agency", "GLA", "--role", "officer", "--password-stdin"
    )
    assert code == 1
    assert refused["error"].startswith("Mật khẩu chưa dùng được")
