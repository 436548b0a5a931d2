import pytest

from kntc.web.highlight import highlight


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Đặng Thị Quỳnh Như", "quynh", "Đặng Thị <mark>Quỳnh</mark> Như"),
        ("Đặng Thị Quỳnh Như", "ĐẶNG như", "<mark>Đặng</mark> Thị Quỳnh <mark>Như</mark>"),
        ("Khiếu nại đất đai", "dat", "Khiếu nại <mark>đất</mark> đai"),
        ("Quy\u0300nh", "quynh", "<mark>Quỳnh</mark>"),
        ("không có gì", "xyz", "không có gì"),
        ("một chữ a", "a", "một chữ a"),
        ("", "a b", ""),
    ],
)
def test_search_words_are_marked_with_or_without_accents(text: str, query: str, shown: str) -> None:
    assert highlight(text, query) == shown


def test_html_in_text_and_query_is_escaped() -> None:
    shown = highlight("<script>alert(1)</script> & <b>đất</b>", "script <b dat")
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;<mark>script</mark>&gt;" in shown
    assert "<mark>&lt;b</mark>&gt;" in shown
    assert "&amp;" in shown
    assert "<mark>đất</mark>" in shown


def test_overlapping_words_make_one_mark() -> None:
    assert highlight("Nguyễn Văn Nguyên", "nguyen nguy") == "<mark>Nguyễn</mark> Văn <mark>Nguyên</mark>"
