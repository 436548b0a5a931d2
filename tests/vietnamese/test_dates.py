from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kntc.vietnamese import DateProblem, long_date, parse_date, short_date

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (date(2018, 1, 6), date(2018, 1, 6)),
        (datetime(2018, 1, 6, 8, 30), date(2018, 1, 6)),
        (datetime(2018, 1, 6, 8, 30, tzinfo=UTC), date(2018, 1, 6)),
        (43115, date(2018, 1, 15)),
        (43115.75, date(2018, 1, 15)),
        ("43115", date(2018, 1, 15)),
        ("16/1/2018", date(2018, 1, 16)),
        ("16/01/2018 ", date(2018, 1, 16)),
        ("23.01.2018", date(2018, 1, 23)),
        ("14-04-19", date(2019, 4, 14)),
        ("26-02-18", date(2018, 2, 26)),
        ("1/2/58", date(1958, 2, 1)),
        ("9/4/2018", date(2018, 4, 9)),
        ("16 / 01 / 2018", date(2018, 1, 16)),
        ("16/01-2018", date(2018, 1, 16)),
        ("2018-01-16", date(2018, 1, 16)),
        ("2018/1/16", date(2018, 1, 16)),
        ("2018-01-16T08:30:00", date(2018, 1, 16)),
        ("2018-01-16 00:00:00", date(2018, 1, 16)),
        ("16/01/2018 8h30", date(2018, 1, 16)),
        ("20180116", date(2018, 1, 16)),
        ("16012018", date(2018, 1, 16)),
        ("20102018", date(2018, 10, 20)),
        ("ngày 5 tháng 2 năm 2018", date(2018, 2, 5)),
        ("Ngày 05 tháng 02 năm 2018.", date(2018, 2, 5)),
        ("NGÀY 5 THÁNG 2, NĂM 2018", date(2018, 2, 5)),
        ("5 tháng 2 năm 2018", date(2018, 2, 5)),
        ("ngày 16/01/2018", date(2018, 1, 16)),
        ("(16/01/2018)", date(2018, 1, 16)),
        ("29/02/2020", date(2020, 2, 29)),
    ],
)
def test_every_writing_of_a_date(written: object, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "message", "proposal"),
    [
        (
            "31/02/2018",
            "Ngày 31/02/2018 không có trong lịch: sửa thành ngày có thật, ví dụ 28/02/2018",
            date(2018, 2, 28),
        ),
        ("29/02/2019", "ví dụ 28/02/2019", date(2019, 2, 28)),
        ("31-04-19", "Ngày 31/04/2019 không có trong lịch", date(2019, 4, 30)),
        ("tháng 9/2018", "“tháng 9/2018” chỉ có tháng, thiếu ngày", None),
        ("9/2018", "chỉ có tháng, thiếu ngày", None),
        ("tháng 9 năm 2018", "chỉ có tháng, thiếu ngày", None),
        ("01/16/2018", "ghi ngày trước tháng sau, có phải 16/01/2018?", date(2018, 1, 16)),
        ("2018-16-01", "tháng phải từ 01 đến 12", date(2018, 1, 16)),
        ("31/31/2018", "tháng phải từ 01 đến 12", None),
        ("00/01/2018", "ngày bắt đầu từ 01", None),
        ("2018", "chỉ có năm", None),
        (2018, "chỉ có năm", None),
        (2018.0, "chỉ có năm", None),
        ("năm 2018", "chỉ có năm", None),
        ("16/01/218", "ghi đủ bốn chữ số", None),
        ("16/01/20188", "ghi đủ bốn chữ số", None),
        ("16/01/0018", "ghi năm từ 1900 đến 2100", None),
        (date(218, 1, 1), "ghi năm từ 1900 đến 2100", None),
        ("16/01/2018, 17/01/2018", "có nhiều ngày", None),
        ("", "Chưa có ngày", None),
        ("   ", "Chưa có ngày", None),
        (None, "Chưa có ngày", None),
        ("hôm qua", "Không đọc được ngày “hôm qua”", None),
        ("=1+1", "Không đọc được ngày", None),
        ("<script>alert(1)</script>" * 9, "“<script>alert(1)</script><script>alert(…”", None),
        (12, "Không đọc được ngày “12”", None),
        (float("nan"), "Không đọc được ngày", None),
        (float("inf"), "Không đọc được ngày", None),
        (-5, "Không đọc được ngày", None),
        (True, "Không đọc được ngày", None),
        (time(8, 30), "Không đọc được ngày", None),
        (timedelta(days=3), "Không đọc được ngày", None),
        ("99999999", "năm", None),
    ],
)
def test_what_is_no_date_says_so_in_vietnamese(written: object, message: str, proposal: date | None) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(written)
    assert message.lower() in str(problem.value).lower()
    assert problem.value.proposal == proposal


@given(st.text(max_size=30) | st.integers() | st.floats() | st.none() | st.booleans())
def test_nothing_else_than_a_date_or_a_date_problem(value: object) -> None:
    message = ""
    try:
        day = parse_date(value)
    except DateProblem as problem:
        message = str(problem)
    assert message or isinstance(day, date)


@given(DAYS)
def test_what_we_write_we_read(day: date) -> None:
    short_year = f"{day.day}.{day.month}.{day.year % 100:02d}"
    for written in (short_date(day), long_date(day), day.isoformat(), f"{day:%d%m%Y}", f"{day:%Y%m%d}"):
        assert parse_date(written) == day
    assert parse_date(short_year) == day


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1950, 2049))
def test_the_day_comes_first_or_not_at_all(day: int, month: int, year: int) -> None:
    try:
        parsed = parse_date(f"{day}/{month}/{year}")
    except DateProblem:
        with pytest.raises(ValueError, match="day"):
            date(year, month, day)
    else:
        assert (parsed.day, parsed.month, parsed.year) == (day, month, year)


def test_official_writing() -> None:
    assert short_date(date(2026, 2, 5)) == "05/02/2026"
    assert long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_date(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert long_date(date(2026, 12, 1)) == "ngày 01 tháng 12 năm 2026"
