"""Days off of real years, as they were announced."""

from datetime import date, timedelta

import pytest

from kntc.law.calendar import (
    add_working_days,
    holidays,
    is_working_day,
    next_working_day,
    reason_off,
    working_days_between,
)
from kntc.law.documents import read

# Every day off of the year that is not a Saturday or Sunday.
WEEKDAYS_OFF = {
    2018: "01/01 14/02 15/02 16/02 19/02 20/02 25/04 30/04 01/05 03/09 31/12",
    2019: "01/01 04/02 05/02 06/02 07/02 08/02 15/04 29/04 30/04 01/05 02/09",
    2020: "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09",
    2021: "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09",
    2022: "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09",
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
}
WORKED_SATURDAYS = {
    2018: "",
    2019: "05/01 04/05",
    2020: "",
    2021: "",
    2022: "",
    2023: "",
    2024: "04/05",
    2025: "26/04",
    2026: "10/01 22/08",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_days_off_of_a_real_year(year):
    off = [day for day in days_of(year) if day.weekday() < 5 and not is_working_day(day)]
    assert " ".join(f"{day:%d/%m}" for day in off) == WEEKDAYS_OFF[year]


@pytest.mark.parametrize("year", WORKED_SATURDAYS)
def test_the_saturdays_that_were_worked(year):
    worked = [day for day in days_of(year) if day.weekday() >= 5 and is_working_day(day)]
    assert " ".join(f"{day:%d/%m}" for day in worked) == WORKED_SATURDAYS[year]


def test_each_day_off_has_its_name():
    assert reason_off(date(2026, 2, 16)) == "Tết Nguyên đán"
    assert reason_off(date(2026, 4, 27)) == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"
    assert reason_off(date(2026, 8, 31)) == "nghỉ hoán đổi làm bù 22/08/2026"
    assert reason_off(date(2026, 8, 29)) == "thứ Bảy"
    assert reason_off(date(2026, 8, 30)) == "Chủ nhật"
    assert reason_off(date(2026, 8, 22)) is None


def test_tet_lasts_five_days_beside_the_weekend():
    tet = [day for day, name in holidays(2026).items() if name == "Tết Nguyên đán"]
    assert (tet[0], tet[-1], len(tet)) == (date(2026, 2, 16), date(2026, 2, 20), 5)


def test_every_swap_moves_a_weekday_to_a_weekend_and_has_its_source():
    for swap in read("holidays")["swap"]:
        assert swap["off"].weekday() < 5 <= swap["work"].weekday()
        assert swap["source"]


def test_working_days_are_added_after_the_first_day():
    assert add_working_days(date(2026, 7, 1), 1) == date(2026, 7, 2)
    assert add_working_days(date(2026, 7, 3), 1) == date(2026, 7, 6)
    assert add_working_days(date(2026, 7, 4), 0) == date(2026, 7, 4)


def test_working_days_are_not_taken_away():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 7, 1), -1)


def test_the_next_working_day_may_be_the_day_itself():
    assert next_working_day(date(2026, 9, 3)) == date(2026, 9, 3)
    assert next_working_day(date(2026, 8, 29)) == date(2026, 9, 3)


def test_working_days_between_two_days():
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 23)) == 1
    assert working_days_between(date(2026, 7, 10), date(2026, 7, 10)) == 0
