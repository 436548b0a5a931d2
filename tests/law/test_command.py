"""`kntc law`: the shapes that scripts rely on, and words for people."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kntc.cli.law import law

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "tt-06-2025-forms.json").read_text(encoding="utf-8")
)


def run(*arguments: str):
    return CliRunner().invoke(law, list(arguments))


def test_a_deadline_as_json():
    result = run("deadline", "complaint.accept", "--start", "2026-08-26", "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(data) == {"due", "unit", "days", "article", "explanation"}
    assert (data["due"], data["unit"], data["days"]) == ("2026-09-09", "working", 7)
    assert data["article"].startswith("Điều 27 Luật Khiếu nại 2011")
    assert all(isinstance(line, str) for line in data["explanation"])


def test_options_reach_the_rule():
    both = ("--complex", "--remote", "--json")
    result = run("deadline", "complaint.settle-first", "--start", "06/07/2026", *both)
    assert json.loads(result.stdout)["due"] == "2026-09-04"
    result = run("deadline", "denunciation.settle", "--start", "2026-01-05", "--extensions", "2", "--json")
    assert json.loads(result.stdout)["due"] == "2026-04-06"


def test_a_deadline_in_words():
    result = run("deadline", "complaint.accept", "--start", "26/08/2026")
    assert result.stdout.startswith("Thụ lý khiếu nại lần đầu: thứ Tư 09/09/2026\n07 ngày làm việc")
    assert "- Không tính ngày nghỉ:" in result.stdout


@pytest.mark.parametrize("written", ["31/02/2026", "tháng 9/2026", "hôm qua", ""])
def test_a_bad_date_is_refused_in_vietnamese(written):
    result = run("deadline", "complaint.accept", "--start", written)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert "ngày" in result.stderr.lower()


def test_an_unknown_rule_ends_with_one_sentence():
    result = run("deadline", "complaint.guide", "--start", "2026-01-01")
    assert result.exit_code == 1
    assert "Chưa xác định thời hạn" in result.stderr


def test_rules_lists_the_names():
    data = json.loads(run("rules", "--json").stdout)
    assert {"complaint.lodge", "complaint.accept", "denunciation.transfer"} <= set(data)
    assert [version["valid_from"] for version in data["complaint.accept"]] == ["2012-07-01", "2026-07-01"]
    assert data["complaint.settle-first"][0]["variants"][-1] == {
        "when": ["complex", "remote"],
        "days": 60,
        "because": "vụ việc phức tạp ở vùng sâu, vùng xa đi lại khó khăn",
        "extension": None,
    }


def test_rules_in_words_names_what_is_unknown():
    lines = run("rules").stdout.splitlines()
    assert any(line.startswith("complaint.lodge ") for line in lines)
    assert any(line.startswith("complaint.guide ") and "chưa xác định" in line for line in lines)


@pytest.mark.parametrize("code", REFERENCE["forms"])
def test_a_form_has_the_shape_of_the_reference(code):
    assert json.loads(run("tables", code, "--json").stdout) == REFERENCE["forms"][code]


def test_a_form_in_words():
    text = run("tables", "02/xld", "--on", "2026-01-01").stdout
    assert "Biểu 02/XLD (06/2025/TT-TTCP, hiệu lực từ 30/09/2025)" in text
    assert "6=7+8=9+10+11  Số đơn thuộc thẩm quyền › Khiếu nại › Tổng số đơn" in text
    assert "2<=1; 3<=2; 4<=3; 5<=4" in text


def test_a_form_of_a_day_without_one_is_unknown():
    result = run("tables", "02/XLD", "--on", "01/01/2020")
    assert result.exit_code == 1
    assert "Chưa xác định biểu mẫu cho ngày 01/01/2020" in result.stderr
