"""The census as an Excel file and at the command line: numbers as on the screen, sums that Excel works out itself."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from click.testing import CliRunner
from django.db import connections
from openpyxl.worksheet.worksheet import Worksheet

from kntc.accounts.census import Census
from kntc.accounts.models import Post
from kntc.accounts.roles import Role
from kntc.cli.accounts import accounts
from kntc.reports.census.excel import excel_of
from tests.accounts.test_census import crowd
from tests.factories import Country, make_officer

pytestmark = pytest.mark.django_db


def sheet_of(content: bytes, *, values: bool) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def worked_out(formula: str, sheet: Worksheet) -> int:
    """The value of `SUM(C7:C9)-1` or `SUMIFS(C7:C9,$B7:$B9,"Huyện")-1` over the cells of the sheet."""
    found = re.fullmatch(r'=SUM(?:IFS)?\(([A-Z]+)(\d+):\1(\d+)(?:,\$B\2:\$B\3,"(.+)")?\)([-+]\d+)?', formula)
    assert found, formula
    column, first, last, level, more = found.groups()
    rows = [row for row in range(int(first), int(last) + 1) if level in (None, sheet[f"B{row}"].value)]
    return sum(sheet[f"{column}{row}"].value for row in rows) + int(more or 0)


def test_sums_are_formulas_that_give_the_numbers_of_the_screen__R36(country: Country) -> None:
    crowd(country, 11)
    census = Census(country.root)
    content = excel_of(census)
    formulas, values = sheet_of(content, values=False), sheet_of(content, values=True)
    sums = [cell for row in formulas.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(sums) == 12 * (len(census.levels) + 1)
    for cell in sums:
        assert worked_out(str(cell.value), formulas) == values[cell.coordinate].value
    last = values.max_row
    assert values[f"A{last}"].value == "Tổng số"
    assert values[f"E{last}"].value == census.total.accounts


def test_each_agency_is_a_line_of_numbers_ready_to_print(country: Country) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    sheet = sheet_of(excel_of(Census(country.province)), values=True)
    (line,) = [row for row in sheet.iter_rows(values_only=True) if "xã An Lương" in str(row[0])]
    assert line[1:6] == ("Xã, phường, đặc khu", 1, 0, 1, 0)
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_the_command_tells_the_same(country: Country, tmp_path: Path) -> None:
    officer = make_officer(country.commune, Role.UNIT_ADMIN)
    Post.objects.create(account=officer.account, agency=country.sister, role=Role.OFFICER, title="Công chức")
    told = run("census", "--agency", "AAA", "--json", "--xlsx", str(tmp_path / "tk.xlsx"))
    told = json.loads(told)
    units: dict[str, Any] = {unit["code"]: unit for unit in told["agencies"]}
    assert list(units) == ["AAA", "AAA-SXD", "AAA-1", "AAA-2"]
    assert {name: units["AAA-1"][name] for name in ("administrators", "users", "never", "without_administrator")} == {
        "administrators": 1, "users": 0, "never": 1, "without_administrator": 0,
    }  # fmt: skip
    totals = told["totals"]
    assert (totals["accounts"], totals["administrators"], totals["users"], totals["shared"]) == (1, 1, 0, 1)
    assert (tmp_path / "tk.xlsx").stat().st_size > 1000


def test_the_command_in_words_explains_the_sums(country: Country) -> None:
    make_officer(country.commune)
    shown = run("census", "--agency", "AAA")
    assert "Tổng số" in shown
    assert "không kể tài khoản đã thôi sử dụng" in shown


def run(*arguments: str) -> str:
    with patch.object(connections, "close_all"):
        result = CliRunner().invoke(accounts, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout
