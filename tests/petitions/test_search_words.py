"""Whatever is typed becomes words, and nothing but words."""

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kntc.petitions import search

QUERY = re.compile(r"([0-9a-z]+:\*( & [0-9a-z]+:\*)*)?")


@given(st.text())
def test_nothing_typed_can_be_an_operator(text: str) -> None:
    found = search.words(text)
    assert QUERY.fullmatch(search.query(found))
    assert len(found) <= search.MOST_WORDS
    assert len(found) == len(set(found))


@given(st.text())
def test_what_is_written_is_found_by_its_own_words(text: str) -> None:
    assert set(search.words(text[: search.LONGEST_QUERY])) <= set(
        search.document([text[: search.LONGEST_QUERY]]).split()
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Nguyễn Văn A", ["nguyen", "van", "a"]),
        ("  NGUYEN   van ", ["nguyen", "van"]),
        ("đất Đai", ["dat", "dai"]),
        ("052 075 001 234", ["052075001234"]),
        ("052.075.001234", ["052075001234"]),
        ("0905 123 456", ["0905123456"]),
        ("AAA-1-2026-000001", ["aaa", "1", "2026", "000001"]),
        ("145/QĐ-UBND", ["145", "qd", "ubnd"]),
        ("') OR 1=1 -- & | ! <-> :*", ["or", "1"]),
        ("đất đất", ["dat"]),
        ("", []),
        ("!!! *** :*", []),
        ("\x00\u202e\ufeff", []),
    ],
)
def test_words_as_people_type_them(typed: str, found: list[str]) -> None:
    assert search.words(typed) == found


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.text("0123456789eaxz", min_size=1, max_size=12), min_size=1, max_size=8))
def test_the_database_keeps_each_word_whole(words: list[str]) -> None:
    """PostgreSQL's own parser would take "12e3a" apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_to_tsvector(array_remove(string_to_array(%s, ' '), '')) @@ %s::tsquery",
            [search.document(words), search.query(words)],
        )
        assert cursor.fetchone() == (True,)
