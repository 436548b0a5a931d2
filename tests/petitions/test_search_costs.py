"""Which way through the index a search takes: worked examples, and what holds for every choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kntc.petitions.costs import LONGEST_STRETCH, plan, words_to_ask

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("words", "shares", "asked"),
    [
        (["nguyen", "van", "hbia"], [0.4, 0.75, 0.0], ["hbia"]),
        (["pham", "thi", "kim", "huyen"], [0.2, 0.75, 0.07, 0.107], ["kim", "huyen"]),
        (["gla", "2026", "000001"], [0.02, 0.9, 0.0], ["000001"]),
        (["siu"], [0.0], ["siu"]),
    ],
)
def test_words_that_are_looked_up(words: list[str], shares: list[float], asked: list[str]) -> None:
    assert words_to_ask(words, shares, 0.0)[0] == asked


def test_a_page_nearly_full_is_filled_by_reading_on() -> None:
    assert plan(["hoai"], [0.009], hits=18, limit=21, register=MILLION).stretch == 4666
    # Among 20,000 petitions the index names so few that fetching them costs less.
    assert plan(["hoai"], [0.009], hits=18, limit=21, register=10_000).stretch == 0


def test_what_is_nowhere_among_the_newest_is_left_to_the_index() -> None:
    assert plan(["hbia"], [0.0], hits=0, limit=21, register=MILLION).stretch == 0


@given(
    st.lists(
        st.tuples(st.text("abc", min_size=1), st.integers(0, 300).map(lambda n: n / 300)),
        min_size=1,
        max_size=12,
        unique_by=lambda p: p[0],
    ),
    st.integers(0, 40),
    st.integers(1, 60),
    st.integers(-1, 10**8),
)
def test_every_plan_asks_for_something_and_never_reads_without_end(
    pairs: list[tuple[str, float]], hits: int, limit: int, register: int
) -> None:
    words, shares = [word for word, _ in pairs], [share for _, share in pairs]
    found = plan(words, shares, hits, limit, register)
    assert found.asked
    assert set(found.asked) <= set(words)
    assert shares[words.index(found.asked[0])] == min(shares)
    assert 0 <= found.stretch <= LONGEST_STRETCH
