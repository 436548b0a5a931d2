"""`kntc agencies`: the shapes that scripts rely on, and words for people."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from kntc.cli.agencies import agencies
from tests.agencies.conftest import Catalogue


@pytest.fixture
def run(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Any:
    # A command closes its connections at the end; here the test's transaction is on them.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(agencies, list(arguments))

    return run


def test_resolve(run: Any) -> None:
    result = run("resolve", "BQL GPMB tỉnh", "--near", "BDI", "--json")
    assert result.exit_code == 0
    matches = json.loads(result.stdout)["matches"]
    assert matches[0] == {
        "code": "BDI-BGPMB",
        "name": "Ban Giải phóng mặt bằng tỉnh Bình Định",
        "score": 1.0,
    }
    assert [match["score"] for match in matches] == sorted(
        (match["score"] for match in matches), reverse=True
    )


def test_resolve_for_a_day_and_in_words(run: Any) -> None:
    result = run("resolve", "Ban Dân nguyện", "--near", "gla", "--on", "01/06/2018")
    assert result.stdout.splitlines()[0].split()[1] == "BDN"
    assert "Không tìm thấy cơ quan nào" in run("resolve", "zzzzzz", "--near", "GLA").stdout


def test_list(run: Any) -> None:
    rows = json.loads(run("list", "--under", "BDI", "--json").stdout)
    assert len(rows) == 1 + 25 + 11 + 155
    assert set(rows[0]) == {"code", "name", "level", "kind", "valid_from", "valid_to"}
    assert (rows[0]["code"], rows[0]["valid_to"]) == ("BDI", "2025-06-30")
    lines = run("list").stdout.splitlines()
    assert len(lines) == 1 + 35
    assert lines[0].split()[0] == "TTCP"
    assert "  BDI            Ủy ban nhân dân tỉnh Bình Định (đến hết 30/06/2025)" in lines


def test_show(run: Any) -> None:
    data = json.loads(run("show", "BDI-QNH", "--json").stdout)
    assert (data["parent"], data["keeper"]) == ("BDI", "GLA-21583")
    assert data["successors"] == [
        "GLA-21553",
        "GLA-21583",
        "GLA-21589",
        "GLA-21592",
        "GLA-21601",
        "GLA-21607",
    ]
    words = run("show", "BDI-HNH").stdout
    assert "Cách viết khác: Ủy ban nhân dân huyện Hoài Nhơn" in words
    assert "Cơ quan phụ trách hiện nay: GLA-21640" in words


@pytest.mark.parametrize(
    "arguments", [("show", "XYZ"), ("list", "--under", "XYZ"), ("resolve", "Sở", "--near", "XYZ")]
)
def test_an_unknown_code_ends_with_a_sentence(run: Any, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert "Không có cơ quan mã “XYZ”" in result.stderr
