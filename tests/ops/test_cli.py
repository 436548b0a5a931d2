"""What every command does alike."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kntc.audit.errors import Refused
from kntc.cli.base import DATE, json_option, report_problems, show
from kntc.cli.main import COMMANDS, cli, main
from kntc.ops.errors import OpsProblem
from tests.ops.test_run import kntc


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    return code, out, err


def test_the_law_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    code = "import sys; from kntc.cli.main import cli; cli.main(['law', 'rules', '--json'], standalone_mode=False)"
    code += "; sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"KNTC_HOME": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_explains_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help or name == "django"


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["không-có"], "Không có lệnh 'không-có'"),
        (["run", "--cổng", "1"], "Không có tùy chọn --cổng"),
        (["run", "--port", "0"], "Giá trị của '--port' không dùng được"),
        (["backup"], "Thiếu 'FILE'"),
    ],
)
def test_a_wrong_call_is_explained_in_vietnamese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert said in err
    assert out == ""


@pytest.mark.parametrize("problem", [Refused("Đơn đã bị hủy."), OpsProblem("Đĩa đã đầy.")])
def test_a_refusal_is_one_message_and_an_exit_code(
    capsys: pytest.CaptureFixture[str], problem: Exception
) -> None:
    for as_json in (False, True):
        with pytest.raises(SystemExit) as ended, report_problems(as_json=as_json):
            raise problem
        out, err = capsys.readouterr()
        assert ended.value.code == 1
        assert err == f"{problem}\n"
        assert out == (json.dumps({"error": str(problem)}, ensure_ascii=False) + "\n" if as_json else "")


def test_what_is_no_refusal_stays_an_error() -> None:
    with pytest.raises(ZeroDivisionError), report_problems(as_json=False):
        raise ZeroDivisionError


@pytest.mark.parametrize("text", ["2026-02-05", "05/02/2026", "5.2.2026"])
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert DATE.convert(text, None, None).isoformat() == "2026-02-05"


def test_a_date_that_is_none_is_explained() -> None:
    with pytest.raises(click.BadParameter, match="31/02/2018"):
        DATE.convert("31/02/2018", None, None)


def test_json_is_one_line_with_vietnamese_letters(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    @json_option
    def shown(as_json: bool) -> None:
        show({"tên": "đơn"}, as_json, "một đơn")

    shown.main(["--json"], standalone_mode=False)
    assert capsys.readouterr().out == '{"tên": "đơn"}\n'
    shown.main([], standalone_mode=False)
    assert capsys.readouterr().out == "một đơn\n"


def test_a_database_without_tables_says_what_to_do(tmp_path: Path) -> None:
    done = kntc(tmp_path / "home", "worker", "--once")
    assert done.returncode == 1
    assert "kntc init" in done.stderr


def test_a_database_that_does_not_answer_says_where_to_look(tmp_path: Path) -> None:
    done = kntc(tmp_path / "home", "health", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "DATABASE_URL" in json.loads(done.stdout)["error"]


def test_a_backup_comes_back_whole(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "copy" / "kntc.dump"
    before = kntc(old, "init", "--json")
    assert kntc(old, "backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    restored = kntc(new, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert kntc(new, "init", "--json").stdout == before.stdout
    again = kntc(new, "restore", str(file))
    assert again.returncode == 1
    assert "không phục hồi đè" in again.stderr
