from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kntc.vietnamese import sort_key

IN_ORDER = [
    "10 năm",
    "a", "à", "ả", "ã", "á", "ạ", "ai", "ă", "ăn", "â", "ân",
    "ba", "ba ba", "bà", "bà ba", "bả", "ban", "bàn", "băn", "bân",
    "c", "d", "da", "đ", "đa", "e", "ê", "g", "h", "hòa", "hoàn", "i", "k", "l", "m", "n",
    "o", "ô", "ơ", "p", "q", "quận 2", "quận 10", "quý", "r", "s", "t", "thuý", "u", "ư", "v", "x", "y",
]  # fmt: skip


def test_the_alphabet_and_the_tones() -> None:
    for before, after in pairwise(IN_ORDER):
        assert sort_key(before) < sort_key(after), (before, after)


def test_case_marks_and_schools_of_writing_do_not_matter() -> None:
    assert sort_key("XÃ ĐẮK RONG") == sort_key("xã  đắk rong,")
    assert sort_key("hoà") == sort_key("hòa")


def test_bytes_are_ordered_as_text() -> None:
    keys = [sort_key(word) for word in IN_ORDER]
    assert sorted(keys, key=lambda key: key.encode()) == keys


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert sort_key(text) == sort_key(text)
    assert "\x00" not in sort_key(text)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_numbers_go_by_value(one: int, other: int) -> None:
    assert (sort_key(f"Phường {one}") < sort_key(f"Phường {other}")) == (one < other)
