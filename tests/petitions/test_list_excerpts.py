"""Where a search found a petition is shown, also where it is deep in the content."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kntc.accounts.officers import Officer
from kntc.petitions.excerpts import excerpt
from kntc.vietnamese import fold, squeeze
from tests.factories import Country, make_officer, make_petition
from tests.petitions.browsing import page_of

LONG = (
    "Gia đình tôi trình bày như sau. " * 20 + "Con mương bị lấp từ năm ngoái. " + "Kính mong xem xét. " * 20
)


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


def test_the_place_in_the_content_is_shown(clerk: Officer) -> None:
    make_petition(clerk.agency, summary="Đơn kiến nghị", content=LONG)
    page = page_of(clerk, "q=muong lap")
    assert "Con <mark>mương</mark> bị <mark>lấp</mark> từ năm ngoái" in page
    assert "Đơn kiến nghị</span>" in page_of(clerk)
    assert "Đơn <mark>kiến</mark> nghị</span>" in page_of(clerk, "q=kien")


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Con mương bị lấp", ["muong"], "Con mương bị lấp"),
        ("Con mương bị lấp", ["zzz"], ""),
        ("", ["a"], ""),
        ("một\n\nhai   ba", ["ha"], "một hai ba"),
    ],
)
def test_short_texts_are_shown_whole(text: str, words: list[str], shown: str) -> None:
    assert excerpt(text, words) == shown


@given(st.text(max_size=400), st.text("abcdghin ", max_size=300), st.sampled_from(["dat", "ruong"]))
def test_an_excerpt_is_a_part_of_its_text_that_holds_the_word(before: str, after: str, word: str) -> None:
    text = squeeze(f"{before} {word} {after}")
    shown = excerpt(text, [word])
    assert any(fold(part).startswith(word) for part in re.findall(r"[^\W_]+", shown))
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert len(shown) <= 400
