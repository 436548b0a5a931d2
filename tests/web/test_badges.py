from datetime import date

import pytest

from kntc.petitions.choices import Handling, Kind, State
from kntc.web import badges

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "label", "tone"),
    [
        (None, "Chưa có hạn", "secondary"),
        (date(2026, 11, 12), "Quá hạn 12 ngày", "red"),
        (date(2026, 11, 24), "Đến hạn hôm nay", "orange"),
        (date(2026, 11, 27), "Còn 3 ngày", "orange"),
        (date(2026, 11, 28), "Còn 4 ngày", "green"),
    ],
)
def test_deadline_says_the_days_in_words(due_on: date | None, label: str, tone: str) -> None:
    badge = badges.deadline(due_on, TODAY)
    assert (badge.label, badge.tone) == (label, tone)


@pytest.mark.parametrize(
    ("done_on", "label"), [(date(2026, 11, 20), "Xong đúng hạn"), (date(2026, 11, 26), "Xong, trễ 2 ngày")]
)
def test_what_is_done_is_in_time_or_late(done_on: date, label: str) -> None:
    assert badges.deadline(date(2026, 11, 24), TODAY, done_on).label == label


def test_every_kind_state_and_handling_has_its_badge_in_the_words_of_the_catalogue() -> None:
    assert {key: badge.label for key, badge in badges.KINDS.items()} == dict(Kind.choices)
    assert {key: badge.label for key, badge in badges.STATES.items()} == dict(State.choices)
    assert set(badges.HANDLINGS) == {"", *Handling.values}
