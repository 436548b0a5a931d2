"""Reporting periods (TT 06/2025 Đ7)."""

import itertools
from datetime import date, timedelta

import pytest

from kntc.law.tables import UnknownRule, period, periods


@pytest.mark.parametrize(
    ("code", "start", "end", "due", "national", "narrative"),
    [
        ("2026-Q1", "2025-12-15", "2026-03-14", "2026-03-17", "2026-03-20", True),
        ("2026-Q2", "2026-03-15", "2026-06-14", "2026-06-17", "2026-06-20", False),
        ("2026-6M", "2025-12-15", "2026-06-14", "2026-06-17", "2026-06-20", True),
        ("2026-Q3", "2026-06-15", "2026-09-14", "2026-09-17", "2026-09-20", False),
        ("2026-9M", "2025-12-15", "2026-09-14", "2026-09-17", "2026-09-20", True),
        ("2026-Q4", "2026-09-15", "2026-12-14", "2026-12-17", "2026-12-20", False),
        ("2026-Y", "2025-12-15", "2026-12-14", "2026-12-17", "2026-12-20", True),
    ],
)
def test_a_preset(code, start, end, due, national, narrative):
    found = period(code)
    days = [date.fromisoformat(day) for day in (start, end, due, national)]
    assert [found.start, found.end, found.due_on, found.national_due_on] == days
    assert found.narrative is narrative
    assert found.article == "Điều 7 Thông tư 06/2025/TT-TTCP"


def test_the_four_quarters_are_the_year():
    quarters = [period(f"2026-Q{number}") for number in range(1, 5)]
    for earlier, later in itertools.pairwise(quarters):
        assert later.start == earlier.end + timedelta(days=1)
    assert (quarters[0].start, quarters[-1].end) == (period("2026-Y").start, period("2026-Y").end)


def test_one_year_follows_on_the_other():
    assert period("2027-Y").start == period("2026-Y").end + timedelta(days=1)


def test_the_national_assembly_counts_from_august_and_sets_its_own_day():
    found = period("2026-NA")
    assert (found.start, found.end) == (date(2025, 8, 1), date(2026, 7, 31))
    assert found.due_on is None


def test_the_order_of_periods():
    assert [found.code for found in periods(2026)] == [
        "2026-Q1", "2026-Q2", "2026-6M", "2026-Q3", "2026-9M", "2026-Q4", "2026-Y", "2026-NA",
    ]  # fmt: skip


def test_older_years_were_cut_by_the_circular_of_their_day():
    assert (period("2019-Q1").start, period("2019-Q1").end) == (date(2018, 12, 16), date(2019, 3, 15))
    assert (period("2024-Q1").start, period("2024-Q1").end) == (date(2023, 12, 15), date(2024, 3, 14))
    assert period("2019-Q1").due_on is None


def test_names_are_what_people_read():
    assert [found.name for found in periods(2026)][:3] == [
        "Quý I năm 2026",
        "Quý II năm 2026",
        "6 tháng đầu năm 2026",
    ]


@pytest.mark.parametrize("code", ["2026-Q5", "quý I", "", "20266-Q1", "2026"])
def test_an_unknown_period_is_refused(code):
    with pytest.raises(UnknownRule, match="Không có kỳ báo cáo"):
        period(code)


def test_years_before_the_first_circular_are_unknown():
    with pytest.raises(UnknownRule, match="Chưa xác định kỳ báo cáo"):
        periods(2010)
