"""The benchmarks run, count what they should, and print what was measured."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from kntc.agencies.load import load_catalogues
from kntc.ops.bench import people
from kntc.ops.bench.__main__ import _cases, _table
from kntc.ops.bench.measure import WARM_UP, Case, Result, measure, percentile
from kntc.ops.demo import accounts, mass
from kntc.ops.progress import silent


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    people.client.cache_clear()
    people.officer.cache_clear()
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogues()
        accounts.create(silent)
        # Enough that Gia Lai, one of 34 provinces, has some of its own.
        mass.fill(2000, silent)
        yield
        transaction.set_rollback(True)


def test_every_section_measures_something_that_works(made: None, db: None) -> None:
    cases = list(_cases())
    assert len({case.name for case in cases}) == len(cases) > 10
    for case in cases:
        case.work(0)
        if case.by_hand:
            case.by_hand(0)


def test_rounds_are_timed_and_statements_counted(db: None) -> None:
    turns: list[int] = []

    def work(turn: int) -> None:
        turns.append(turn)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.execute("SELECT 2")

    result = measure(Case("một việc", work, lambda _turn: None, rounds=5))
    assert len(turns) == WARM_UP + 5
    assert (result.statements, len(result.times), len(result.by_hand)) == (2, 5, 5)
    assert result.ratio is not None
    assert result.ratio > 1


def test_a_percentile_is_one_of_the_times() -> None:
    times = [float(n) for n in range(1, 101)]
    assert percentile(times, 95) == 96
    assert percentile([7.0], 95) == 7.0


def test_the_table_says_what_was_asked_for_and_what_came() -> None:
    slow = Result("Chậm", [80.0] * 10, 9, [8.0] * 10, limit=60)
    fast = Result("Nhanh", [10.0] * 10, 4, limit=60)
    printed = _table([slow.as_json(), fast.as_json(), {"name": "Nhập sổ", "note": "2.500 dòng/s"}], 1_000_000)
    assert "1.000.000 đơn, tường" in printed
    lines = {line.split()[0]: line for line in printed.splitlines() if line}
    assert "80.0" in lines["Chậm"]
    assert "10.0" in lines["Chậm"], "the ratio"
    assert "CHƯA ĐẠT" in lines["Chậm"]
    assert "CHƯA" not in lines["Nhanh"]
    assert lines["Nhập"].endswith("2.500 dòng/s")
