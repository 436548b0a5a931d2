"""Worked examples, counted by hand on the calendar. Weekdays and days off that matter stand beside each."""

from datetime import date

import pytest

from kntc.law.deadlines import Suspension, deadline

COMPLEX = {"complex": True}
REMOTE = {"remote": True}
BOTH = {"complex": True, "remote": True}


def pause(first: str, resumed: str) -> dict[str, tuple[Suspension, ...]]:
    return {"suspensions": (Suspension(date.fromisoformat(first), date.fromisoformat(resumed)),)}


EXAMPLES = [
    # Thụ lý khiếu nại: 10 days to 30/6/2026, 07 working days from 01/7/2026
    ("complaint.accept", "2026-06-25", {}, "2026-07-06"),  # 05/7 is a Sunday
    ("complaint.accept", "2026-06-30", {}, "2026-07-10"),  # the last day of the old term
    ("complaint.accept", "2026-07-01", {}, "2026-07-10"),  # the first day of the new one
    ("complaint.accept", "2026-07-03", {}, "2026-07-14"),
    ("complaint.accept", "2026-08-19", {}, "2026-08-27"),  # Saturday 22/8 is worked
    ("complaint.accept", "2026-08-26", {}, "2026-09-09"),  # 29/8–02/9 off
    ("complaint.accept", "2026-11-19", {}, "2026-12-01"),  # 24/11 off
    ("complaint.accept", "2026-02-06", {}, "2026-02-23"),  # 16/02 lies in Tết, 16–20/02
    ("complaint.accept", "2026-04-20", {}, "2026-05-04"),  # 30/4, 01/5, weekend
    ("complaint.accept", "2026-04-17", {}, "2026-04-28"),  # 27/4 in place of Giỗ Tổ, a Sunday
    ("complaint.accept", "2018-02-05", {}, "2018-02-21"),  # Tết 14–20/02/2018
    ("complaint.accept", "2018-08-24", {}, "2018-09-04"),  # 03/9 in place of Sunday 02/9
    ("complaint.accept", "2018-12-21", {}, "2019-01-02"),  # 31/12 swapped, 01/01
    ("complaint.accept", "2018-12-26", {}, "2019-01-05"),  # a Saturday, but worked for 31/12
    ("complaint.accept", "2019-04-19", {}, "2019-05-02"),  # 29/4 swapped, 30/4, 01/5
    ("complaint.accept", "2019-04-24", {}, "2019-05-04"),  # a Saturday, but worked for 29/4
    ("complaint.accept", "2024-01-30", {}, "2024-02-15"),  # Tết 08–14/02/2024
    ("complaint.accept", "2024-04-24", {}, "2024-05-04"),  # a worked Saturday
    ("complaint.accept", "2025-04-22", {}, "2025-05-05"),  # 02/5 swapped
    ("complaint.accept", "2025-08-22", {}, "2025-09-03"),  # 01/9, 02/9
    ("complaint.accept-second", "2026-06-29", {}, "2026-07-09"),
    ("complaint.accept-second", "2026-07-06", {}, "2026-07-15"),
    # Thời hiệu, thời hạn khiếu nại
    ("complaint.lodge", "2026-03-30", {}, "2026-06-29"),  # 28/6 is a Sunday
    ("complaint.lodge", "2018-11-18", {}, "2019-02-18"),  # 16/02/2019 is a Saturday
    ("complaint.lodge", "2025-11-20", {}, "2026-02-23"),  # 18/02/2026 is Mùng 2 Tết
    ("complaint.lodge", "2026-03-02", {}, "2026-06-01"),  # 31/5 is a Sunday
    (
        "complaint.lodge",
        "2026-03-02",
        pause("2026-03-10", "2026-03-20"),
        "2026-06-10",
    ),  # ten days in hospital
    ("complaint.lodge-second", "2026-06-15", {}, "2026-07-15"),
    ("complaint.lodge-second", "2026-06-15", REMOTE, "2026-07-30"),
    ("complaint.lodge-second", "2026-07-02", {}, "2026-08-03"),  # 01/8 is a Saturday
    # Giải quyết khiếu nại
    ("complaint.settle-first", "2026-07-06", {}, "2026-08-05"),
    ("complaint.settle-first", "2026-07-06", COMPLEX, "2026-08-20"),
    ("complaint.settle-first", "2026-07-06", REMOTE, "2026-08-20"),
    ("complaint.settle-first", "2026-07-06", BOTH, "2026-09-04"),
    ("complaint.settle-first", "2026-01-19", {}, "2026-02-23"),  # 18/02 lies in Tết
    ("complaint.settle-first", "2026-08-03", {}, "2026-09-03"),  # 02/9
    ("complaint.settle-first", "2018-01-18", {}, "2018-02-21"),  # 17/02/2018 lies in Tết
    (
        "complaint.settle-first",
        "2026-07-06",
        REMOTE | pause("2026-07-20", "2026-08-03"),
        "2026-09-03",
    ),  # 14 days
    ("complaint.settle-first", "2026-06-15", pause("2026-07-06", "2026-07-13"), "2026-07-22"),  # L136 by then
    ("complaint.settle-second", "2026-07-06", {}, "2026-08-20"),
    ("complaint.settle-second", "2026-07-06", COMPLEX, "2026-09-04"),
    ("complaint.settle-second", "2026-07-06", REMOTE, "2026-09-04"),
    ("complaint.settle-second", "2026-07-06", BOTH, "2026-09-14"),
    # Sau khi giải quyết khiếu nại
    ("complaint.send-first", "2026-04-24", {}, "2026-05-04"),  # 27/4, 30/4, 01/5 off
    ("complaint.send-second", "2026-04-20", {}, "2026-04-28"),  # 27/4 off
    ("complaint.effective-first", "2026-10-01", {}, "2026-11-02"),  # 31/10 is a Saturday
    ("complaint.effective-second", "2026-10-01", REMOTE, "2026-11-16"),  # 15/11 is a Sunday
    ("complaint.publish", "2026-08-17", {}, "2026-09-03"),  # 01/9
    ("complaint.enforce", "2026-11-18", {}, "2026-11-26"),  # 24/11 off
    # Khiếu nại quyết định kỷ luật
    ("complaint.discipline-lodge", "2026-02-02", {}, "2026-02-23"),  # 17/02 is Mùng 1 Tết
    ("complaint.discipline-lodge-second", "2026-03-02", {}, "2026-03-12"),
    ("complaint.discipline-lodge-second-dismissal", "2026-03-02", {}, "2026-04-01"),
    ("complaint.discipline-accept", "2026-06-26", {}, "2026-07-06"),
    ("complaint.discipline-accept", "2026-07-01", {}, "2026-07-10"),
    ("complaint.discipline-settle", "2026-03-02", {}, "2026-04-01"),
    ("complaint.discipline-settle", "2026-03-02", COMPLEX, "2026-04-16"),
    ("complaint.discipline-send-first", "2026-02-12", {}, "2026-02-24"),  # Tết between
    # Tiếp nhận, thụ lý tố cáo
    ("denunciation.accept", "2026-02-11", {}, "2026-02-27"),  # Tết between
    ("denunciation.accept", "2026-02-11", COMPLEX, "2026-03-04"),
    ("denunciation.accept", "2024-02-05", {}, "2024-02-21"),  # Tết between
    ("denunciation.accept", "2019-01-02", {}, "2019-01-10"),  # Saturday 05/01 is worked
    ("denunciation.accept", "2018-12-28", {}, "2019-01-07"),  # Luật Tố cáo 2011: 10 days
    ("denunciation.accept", "2018-12-28", COMPLEX, "2019-01-14"),  # 15 days, 12/01 is a Saturday
    ("denunciation.transfer", "2026-12-25", {}, "2027-01-04"),  # 01/01/2027 off
    ("denunciation.transfer", "2018-12-26", {}, "2019-01-04"),  # 31/12 swapped, 01/01
    ("denunciation.notify", "2025-01-23", {}, "2025-02-06"),  # Tết 27–31/01/2025
    ("denunciation.inform-sender", "2026-08-12", {}, "2026-09-03"),  # 01/9
    # Giải quyết tố cáo, gia hạn
    ("denunciation.settle", "2026-01-05", {}, "2026-02-04"),
    ("denunciation.settle", "2026-01-05", {"extensions": 1}, "2026-03-06"),
    ("denunciation.settle", "2026-01-05", {"extensions": 2}, "2026-04-06"),  # 05/4 is a Sunday
    ("denunciation.settle", "2026-01-05", COMPLEX, "2026-02-04"),  # complex, but not extended
    ("denunciation.settle", "2026-01-05", COMPLEX | {"extensions": 1}, "2026-03-06"),
    ("denunciation.settle", "2026-03-02", pause("2026-03-16", "2026-04-06"), "2026-04-22"),  # 21 days
    ("denunciation.settle", "2018-10-05", {}, "2018-12-04"),  # Luật Tố cáo 2011: 60 days
    ("denunciation.settle", "2018-10-05", COMPLEX, "2019-01-03"),  # 90 days
    ("denunciation.settle", "2018-10-05", {"extensions": 1}, "2019-01-03"),  # 60 + 30
    ("denunciation.settle", "2018-10-05", COMPLEX | {"extensions": 1}, "2019-03-04"),  # 90 + 60
    # Sau kết luận
    ("denunciation.send-conclusion", "2025-04-24", {}, "2025-05-05"),  # 26/4 worked; 30/4–02/5 off
    ("denunciation.act-on-conclusion", "2026-04-23", {}, "2026-05-07"),
    ("denunciation.publish", "2026-08-27", {}, "2026-09-10"),
    ("denunciation.review-again", "2026-03-02", {}, "2026-03-23"),  # 22/3 is a Sunday
    ("denunciation.demand-report", "2026-06-01", {}, "2026-06-08"),
    ("denunciation.report-delay", "2026-06-01", {}, "2026-06-08"),
    # Tiếp công dân
    ("reception.answer", "2026-02-10", {}, "2026-03-03"),  # Tết between
    ("reception.answer", "2026-01-06", {}, "2026-01-19"),  # Saturday 10/01 is worked
    ("reception.inform-sender", "2025-12-29", {}, "2026-01-09"),  # 01/01 and 02/01/2026 off
    ("reception.pass-on-result", "2026-05-28", {}, "2026-06-04"),
]


@pytest.mark.parametrize(("rule", "start", "options", "due"), EXAMPLES)
def test_worked_example(rule, start, options, due):
    assert deadline(rule, date.fromisoformat(start), **options).due == date.fromisoformat(due)


def test_the_examples_are_many_and_each_is_new():
    keys = [(rule, start, str(options)) for rule, start, options, _ in EXAMPLES]
    assert len(keys) == len(set(keys)) >= 60


@pytest.mark.parametrize(
    ("rule", "start", "options", "unit", "days"),
    [
        ("complaint.accept", "2026-06-30", {}, "calendar", 10),
        ("complaint.accept", "2026-07-01", {}, "working", 7),
        ("complaint.lodge", "2026-07-01", {}, "calendar", 90),
        ("complaint.settle-second", "2026-07-01", BOTH, "calendar", 70),
        ("denunciation.settle", "2026-07-01", {"extensions": 2}, "calendar", 90),
        ("denunciation.accept", "2026-07-01", COMPLEX, "working", 10),
    ],
)
def test_a_deadline_says_its_unit_and_length(rule, start, options, unit, days):
    found = deadline(rule, date.fromisoformat(start), **options)
    assert (found.unit, found.days) == (unit, days)
