"""`kntc accounts create --like | rename | retire | delete`: JSON, clear errors, exit code 0 only on success."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ops.test_run import kntc


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people")
    assert kntc(path, "init").returncode == 0
    for login, role in (("quan.tri", "unit_admin"), ("lan", "officer"), ("minh", "officer")):
        assert (
            run(path, "create", login, "--name", f"Nguyễn {login}", "--agency", "GLA", "--role", role)[0] == 0
        )
    return path


def run(home: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = kntc(home, "accounts", *arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def listed(home: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads(kntc(home, "accounts", "list", "--agency", "GLA", "--json").stdout)
    return {row["login"]: row for row in rows}


def test_a_colleague_like_another(home: Path) -> None:
    code, made = run(home, "create", "hoa", "--name", "Lê Thị Hoa", "--agency", "GLA", "--like", "lan")
    assert (code, made["role"]) == (0, "officer")
    assert made["password"]
    assert listed(home)["hoa"]["title"] == listed(home)["lan"]["title"]


def test_rename_and_its_refusals__R35(home: Path) -> None:
    code, renamed = run(home, "rename", "minh", "Minh.Nguyen")
    assert (code, renamed["old_login"], renamed["login"]) == (0, "minh", "minh.nguyen")
    for arguments, said in (
        (("rename", "minh", "x.y"), "Không có tài khoản"),
        (("rename", "lan", "minh"), "vừa được đổi"),
        (("rename", "lan", "có dấu"), "không dấu"),
        (("rename", "lan", "quan.tri"), "đã có người dùng"),
    ):
        code, refused = run(home, *arguments)
        assert code == 1
        assert said in refused["error"]


def test_delete_frees_the_name_at_once__R33(home: Path) -> None:
    given = ("create", "tam", "--name", "Trần Tạm", "--agency", "GLA", "--role", "leader")
    assert run(home, *given)[0] == 0
    assert run(home, "delete", "tam") == (0, {"login": "tam", "deleted": True})
    assert run(home, *given)[0] == 0
    code, refused = run(home, "delete", "quan.tri")
    assert code == 1
    assert "quản trị cuối cùng" in refused["error"]


def test_retire_with_who_takes_over__R33(home: Path) -> None:
    code, refused = run(home, "retire", "lan", "--hand-over", "khong.co")
    assert (code, "Không có tài khoản" in refused["error"]) == (1, True)
    code, refused = run(home, "retire", "lan", "--hand-over", "quan.tri")
    assert (code, "không nhận bàn giao" in refused["error"]) == (1, True)
    code, told = run(home, "retire", "lan", "--hand-over", "minh.nguyen", "--reason", "Nghỉ hưu")
    assert (code, told) == (0, {"login": "lan", "retired": True, "handed_over": {}})
    assert not listed(home)["lan"]["active"]
    assert run(home, "retire", "lan")[0] == 1


def test_create_without_role_or_colleague(home: Path) -> None:
    code, refused = run(home, "create", "x.y", "--name", "Lê X Y", "--agency", "GLA")
    assert code == 1
    assert "--like" in refused["error"]
