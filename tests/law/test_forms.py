"""The six forms of TT 06/2025: the same as the transcription of the official text, to the last column."""

import json
from datetime import date
from pathlib import Path

import pytest

from kntc.law.errors import UnknownRule
from kntc.law.formulas import parse
from kntc.law.tables import form, forms

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "tt-06-2025-forms.json").read_text(encoding="utf-8")
)
COLUMNS = {"01/TCD": 21, "02/XLD": 25, "03/GQKN": 23, "04/GQTC": 25, "05/KQTH": 31, "06/QLKNTC": 17}


def test_the_six_forms_are_there_with_all_their_columns():
    assert {found.code: len(found.columns) for found in forms()} == COLUMNS


@pytest.mark.parametrize("code", COLUMNS)
def test_a_form_is_the_reference_form(code):
    found, reference = form(code), REFERENCE["forms"][code]
    assert found.title == reference["title"]
    assert found.note_line == reference["note_line"]
    assert list(found.rules) == reference["rules"]
    columns = [{"number": c.number, "formula": c.formula, "header": list(c.header)} for c in found.columns]
    assert columns == reference["columns"]


def test_document_and_first_day_are_those_of_the_circular():
    assert {(found.document, found.valid_from, found.row_header) for found in forms()} == {
        (REFERENCE["document"], date.fromisoformat(REFERENCE["valid_from"]), REFERENCE["row_header"])
    }


@pytest.mark.parametrize("code", COLUMNS)
def test_columns_are_numbered_through_and_notes_follow(code):
    found = form(code)
    assert [column.number for column in found.columns] == list(range(1, COLUMNS[code] + 1))
    assert found.note_line == COLUMNS[code] + 1
    assert found.column(7).number == 7


@pytest.mark.parametrize("code", COLUMNS)
def test_every_formula_and_rule_can_be_read_and_names_real_columns(code):
    for rule in form(code).all_rules():
        for comparison in parse(rule):
            for term in comparison.terms():
                assert form(term.form or code).column(term.column).number == term.column


@pytest.mark.parametrize("code", COLUMNS)
def test_the_filling_guide_comes_with_the_form(code):
    assert form(code).guidance[-1] == f"Nội dung ghi chú viết vào dòng {form(code).note_line} (nếu có)"


def test_the_row_of_numbers_is_printed_with_formulas():
    assert form("02/XLD").column(6).printed == "6=7+8=9+10+11"
    assert form("02/XLD").column(7).printed == "7"


def test_money_and_land_are_not_counted_but_measured():
    measures = {column.number: column.measure for column in form("03/GQKN").columns}
    assert (measures[13], measures[14], measures[17]) == ("money", "area", "count")


def test_two_columns_may_share_a_name_but_not_a_header():
    for found in forms():
        headers = [column.header for column in found.columns]
        assert len(headers) == len(set(headers))


def test_a_form_is_chosen_by_day():
    assert form("02/XLD", date(2025, 9, 30)) == form("02/XLD")
    with pytest.raises(UnknownRule, match="Chưa xác định biểu mẫu cho ngày 29/09/2025"):
        form("02/XLD", date(2025, 9, 29))


def test_an_unknown_form_names_the_known_ones():
    with pytest.raises(UnknownRule, match=r"Không có biểu “07/ABC”.*02/XLD"):
        form("07/ABC")
