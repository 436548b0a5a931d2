"""The checker finds what does not add up, and says where."""

from decimal import Decimal

import pytest

from kntc.law.formulas import parse
from kntc.law.tables import check, form

# A sound 02/XLD: each total is the sum of its parts.
SOUND = {
    1: 120, 2: 100, 3: 90, 4: 60, 5: 55,
    6: 30, 7: 25, 8: 5, 9: 20, 10: 6, 11: 4,
    12: 10, 13: 8, 14: 2, 15: 6, 16: 2, 17: 1, 18: 1,
    19: 20, 20: 3, 21: 7, 22: 10,
    23: 30, 24: 12, 25: 18,
}  # fmt: skip


def found_in(values: dict, code: str = "02/XLD", **others) -> list[str]:
    return [finding.rule for finding in check(form(code), values, **others)]


def test_a_sound_table_has_no_findings():
    assert found_in(SOUND) == []


@pytest.mark.parametrize(
    ("column", "value", "rules"),
    [
        (1, 99, ["2<=1"]),
        (2, 89, ["3<=2"]),
        (3, 91, ["3=4+23"]),
        (5, 61, ["5<=4"]),
        (7, 26, ["6=7+8=9+10+11"]),
        (9, 21, ["6=7+8=9+10+11"]),
        (16, 3, ["12=13+14=15+16+17+18"]),
        (22, 9, ["19=20+21+22"]),
        (24, 13, ["23=24+25"]),
        (12, 11, ["4=6+12+19", "12=13+14=15+16+17+18", "12=13+14=15+16+17+18"]),
    ],
)
def test_a_planted_error_is_found(column, value, rules):
    assert found_in(SOUND | {column: value}) == rules


def test_a_finding_names_values_difference_and_columns():
    (finding,) = check(form("02/XLD"), SOUND | {24: 1013})
    assert finding.message == "Cột (23) = 30 phải bằng cột (24) + cột (25) = 1.031: lệch 1.001."
    assert finding.columns == (23, 24, 25)


def test_an_inequality_says_which_way():
    (finding,) = check(form("02/XLD"), SOUND | {1: 99})
    assert finding.message == "Cột (2) = 100 không được lớn hơn cột (1) = 99: lệch 1."


@pytest.mark.parametrize(
    ("code", "values", "other", "rule"),
    [
        ("03/GQKN", {1: 31}, {"02/XLD": {6: 30}}, "1=02/XLD:6"),
        ("04/GQTC", {1: 9}, {"02/XLD": {12: 10}}, "1=02/XLD:12"),
        ("05/KQTH", {1: 4}, {"03/GQKN": {7: 5}}, "1>=03/GQKN:7"),
        ("05/KQTH", {16: 1}, {"04/GQTC": {7: 2}}, "16>=04/GQTC:7"),
    ],
)
def test_forms_are_checked_against_each_other(code, values, other, rule):
    assert found_in(values, code, others=other) == [rule]
    assert found_in(values, code) == []


def test_a_reference_that_holds_is_no_finding():
    assert found_in({1: 30}, "03/GQKN", others={"02/XLD": {6: 30}}) == []
    assert found_in({1: 7}, "05/KQTH", others={"03/GQKN": {7: 5}}) == []


def test_the_message_names_the_other_form():
    (finding,) = check(form("03/GQKN"), {1: 31}, {"02/XLD": {6: 30}})
    assert "cột (6) biểu 02/XLD = 30" in finding.message
    assert finding.columns == (1,)


def test_money_is_compared_exactly():
    values = {2: 3, 3: 1, 4: 1, 5: 1, 6: 0, 13: Decimal("12.5"), 19: 2, 20: 2}
    assert found_in(values, "03/GQKN") == []


def test_money_is_shown_the_vietnamese_way():
    (finding,) = check(form("05/KQTH"), {2: Decimal("1234.50"), 1: 1})
    assert "1.234,5" in finding.message


def test_a_negative_number_is_found():
    assert found_in({24: -1}) == ["24>=0"]


def test_a_column_without_a_value_is_not_judged():
    assert found_in({6: 3, 7: 1}) == []


def test_a_formula_is_one_comparison_for_each_sum():
    assert [str(comparison.right) for comparison in parse("6= 7+8= 9+10+11")] == [
        "cột (7) + cột (8)",
        "cột (9) + cột (10) + cột (11)",
    ]


@pytest.mark.parametrize("text", ["6=7-8", "a<=b", "6=", "=7", "1=02/XLD"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(ValueError, match="not a column"):
        parse(text)
