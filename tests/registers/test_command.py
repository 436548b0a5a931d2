"""`kntc registers import`: the shape that scripts rely on, exit codes, words for people."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from django.db import connections

from kntc.cli.base import report_problems
from kntc.cli.registers import registers
from kntc.petitions.models import Petition
from kntc.registers.models import Batch
from tests.factories import Country
from tests.registers.books import plain_register, row
from tests.registers.bringing import read

REGISTER = plain_register(row(1), row(2, "31/02/2018"), row(3, kind="Tố cáo"), row(4, kind="Đơn lạ"))


class _Spoken(click.Group):
    def main(self, *arguments: Any, **options: Any) -> Any:
        with report_problems(as_json=False):
            return super().main(*arguments, **{**options, "standalone_mode": False})


@click.group(cls=_Spoken, commands=registers.commands)
def spoken() -> None:
    """The commands as `kntc` runs them."""


@pytest.fixture
def run(transactional_db: None, country: Country, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    # A command closes its connections at the end; the test needs them still.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(content: bytes, *arguments: str) -> Result:
        file = tmp_path / "so.xlsx"
        file.write_bytes(content)
        return CliRunner().invoke(spoken, ["import", str(file), *arguments])

    return run


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_tells_all_and_writes_nothing__json(run: Any) -> None:
    result = run(REGISTER, "--agency", "AAA-1", "--dry-run", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["rows"], told["created"], told["unchanged"]) == (4, 2, 0)
    assert [(fault["row"], fault["column"], fault["value"]) for fault in told["rejected"]] == [
        (3, "Ngày nhận đơn", "31/02/2018"),
        (5, "Loại đơn", "Đơn lạ"),
    ]
    assert not Petition.objects.exists()
    assert not Batch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_and_the_same_again(run: Any) -> None:
    first = json.loads(run(REGISTER, "--agency", "aaa-1", "--json").stdout)
    assert (first["rows"], first["created"], first["unchanged"], len(first["rejected"])) == (4, 2, 0, 2)
    again = run(REGISTER, "--agency", "AAA-1", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout) == {**first, "created": 0, "unchanged": 2}
    in_words = run(REGISTER, "--agency", "AAA-1", "--dry-run").stdout
    assert "Đọc 4 dòng" in in_words
    assert "đã có từ trước 2" in in_words
    assert "dòng 3, cột “Ngày nhận đơn”: Ngày 31/02/2018 không có trong lịch" in in_words
    assert Petition.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (REGISTER, ["--agency", "KHONG"], "Không có cơ quan mã KHONG"),
        (b"", ["--agency", "AAA-1"], "0 byte"),
        (b"abc", ["--agency", "AAA-1"], "không phải tệp Excel"),
        (b"abc", ["--agency", "AAA-1", "--dry-run"], "không phải tệp Excel"),
        (plain_register(), ["--agency", "AAA-1"], "không có dòng đơn nào"),
        (plain_register(), ["--agency", "AAA-1", "--dry-run"], "không có dòng đơn nào"),
    ],
)
def test_what_cannot_be_done_is_said_with_an_exit_code(
    run: Any, content: bytes, arguments: list[str], said: str
) -> None:
    result = run(content, *arguments)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
    assert not Petition.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rejected_rows_can_be_had_as_a_workbook(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "tra-lai.xlsx"
    assert run(REGISTER, "--agency", "AAA-1", "--dry-run", "--rejected", str(out)).exit_code == 0
    assert [entry.stt for entry in read(out.read_bytes()).entries] == ["2", "4"]


def test_a_file_that_is_not_there(run: Any) -> None:
    result = CliRunner().invoke(spoken, ["import", "khong-co.xlsx", "--agency", "AAA-1"])
    assert result.exit_code == 1
    assert "Không có tệp khong-co.xlsx" in result.output


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", [["--dry-run"], []])
def test_doubts_and_a_total_that_disagrees_are_told_too(run: Any, mode: list[str]) -> None:
    content = plain_register(row(1, id_number="12345"), row(2), ["Tổng cộng", "", "", 5])
    told = json.loads(run(content, "--agency", "AAA-1", "--json", *mode).stdout)
    assert (told["created"], told["rejected"]) == (2, [])
    assert [(fault["row"], fault["column"], fault["value"]) for fault in told["warnings"]] == [
        (2, "Số CCCD", "12345")
    ]
    assert "dòng tổng ghi 5 đơn nhưng đọc được 2 dòng đơn" in told["notices"][0]
