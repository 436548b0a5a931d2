"""kntc reports compile, kntc petitions count: what scripts read."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from click.testing import CliRunner, Result
from django.db import connections

from kntc.cli.petitions import petitions
from kntc.cli.reports import reports
from kntc.petitions.actions import void_petition
from kntc.petitions.choices import Kind
from tests.factories import SYSTEM, Country, make_petition
from tests.reports.tables import write
from tests.reports.test_table_numbers import BY_HAND, hand_made

QUARTER = ("--agency", "AAA", "--from", "15/12/2025", "--to", "2026-03-14")


@pytest.fixture
def run(country: Country) -> Any:
    """The command in the test's own database: it stays open when the command has ended."""

    def invoke(*arguments: str) -> Result:
        group = {"reports": reports, "petitions": petitions}[arguments[0]]
        with patch.object(connections, "close_all"):
            return CliRunner().invoke(group, list(arguments[1:]))

    return invoke


def test_compile_prints_every_column_for_scripts(country: Country, run: Any) -> None:
    write(hand_made(country))
    result = run("reports", "compile", "02/xld", *QUARTER, "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert (printed["form"], printed["document"]) == ("02/XLD", "06/2025/TT-TTCP")
    assert printed["columns"] == {str(number): value for number, value in BY_HAND.items()}
    assert list(printed["columns"]) == [str(number) for number in range(1, 26)]
    assert "áp dụng từ 30/09/2025" not in printed["notice"]


def test_a_period_before_the_circular_carries_a_notice(country: Country, run: Any) -> None:
    days = ("--from", "2018-01-01", "--to", "2019-04-15")
    printed = json.loads(run("reports", "compile", "02/XLD", "--agency", "AAA", *days, "--json").stdout)
    assert "áp dụng từ 30/09/2025" in printed["notice"]
    assert set(printed["columns"].values()) == {0}


def test_compile_in_words_names_columns_and_doubts(country: Country, run: Any) -> None:
    write(hand_made(country))
    shown = run("reports", "compile", "02/XLD", *QUARTER).stdout
    assert "Ủy ban nhân dân tỉnh A" in shown
    assert any(line.split()[:2] == ["6=7+8=9+10+11", "6"] for line in shown.splitlines())
    assert "Lưu ý: 1 đơn thuộc thẩm quyền chưa phân loại lĩnh vực" in shown


def test_compile_writes_the_form_in_excel(country: Country, run: Any, tmp_path: Path) -> None:
    write(hand_made(country))
    target = tmp_path / "bieu.xlsx"
    assert run("reports", "compile", "02/XLD", *QUARTER, "--xlsx", str(target)).exit_code == 0
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["Tổng số"][1:26] == list(BY_HAND.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("02/XLD", "--agency", "KHONG", "--from", "2026-01-01", "--to", "2026-02-01"),
            "Không có cơ quan mã “KHONG”",
        ),
        (("02/XLD", *QUARTER, "--xlsx", "/khong/co/thu-muc/a.xlsx"), "Không ghi được tệp"),
    ],
)
def test_compile_says_what_is_wrong(run: Any, arguments: tuple[str, ...], message: str) -> None:
    result = run("reports", "compile", *arguments)
    assert result.exit_code == 1
    assert message in result.output


@pytest.mark.parametrize(
    ("form", "days"), [("03/GQKN", ()), ("khong-co", ()), ("02/XLD", ("--from", "2026-05-01"))]
)
def test_refusals_of_the_room_are_raised_for_the_entry_point_to_print(
    run: Any, form: str, days: tuple[str, ...]
) -> None:
    result = run("reports", "compile", form, *QUARTER, *days)
    assert result.exit_code == 1
    assert "biểu" in str(result.exception).lower() or "Kỳ báo cáo" in str(result.exception)


def test_count_by_kind__R20(country: Country, run: Any) -> None:
    for kind, times in ((Kind.COMPLAINT, 3), (Kind.DENUNCIATION, 1), (Kind.REFLECTION, 2)):
        for _ in range(times):
            make_petition(country.commune, kind=kind, received_on=date(2026, 1, 10))
    void_petition(
        petition=make_petition(country.commune, received_on=date(2026, 1, 9)), reason="trùng", by=SYSTEM
    )
    make_petition(country.far_commune, received_on=date(2026, 1, 10))
    result = run("petitions", "count", *QUARTER, "--json")
    expected = {"complaint": 3, "denunciation": 1, "reflection": 2, "total": 6}
    assert json.loads(result.stdout) == expected
    assert "Khiếu nại: 3" in run("petitions", "count", *QUARTER).stdout
    assert (
        json.loads(run("petitions", "count", *QUARTER, "--basis", "entered", "--json").stdout)["total"] == 0
    )


def test_count_says_what_is_wrong(run: Any) -> None:
    assert run("petitions", "count", *QUARTER, "--to", "2020-01-01").exit_code == 1
    assert run("petitions", "count", *QUARTER, "--agency", "?").exit_code == 1
