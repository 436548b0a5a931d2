"""Every date explains itself (design 1.4), and what the law does not know is not guessed."""

from datetime import date

import pytest

from kntc.law.deadlines import ClockStopped, InvalidTerm, Suspension, UnknownRule, deadline


def explained(rule: str, start: date, **options) -> str:
    return "\n".join(deadline(rule, start, **options).explanation)


def test_event_article_and_first_day_are_told():
    text = explained("complaint.accept", date(2026, 7, 1))
    assert "ngày nhận được khiếu nại thuộc thẩm quyền, thứ Tư 01/07/2026" in text
    assert "07 ngày làm việc: Điều 27 Luật Khiếu nại 2011" in text
    assert "điểm b khoản 15 Điều 2 Luật 136/2025/QH15" in text
    assert "Không tính ngày 01/07/2026" in text
    assert "khoản 2 Điều 147 Bộ luật Dân sự 2015" in text


def test_the_old_rule_says_until_when_it_held():
    assert "áp dụng cho sự kiện từ 01/07/2012 đến 30/06/2026" in explained(
        "complaint.accept", date(2026, 6, 30)
    )


def test_days_left_out_are_told_neighbours_together():
    text = explained("complaint.accept", date(2026, 8, 26))
    assert (
        "29/08/2026–02/09/2026 (thứ Bảy, Chủ nhật, nghỉ hoán đổi làm bù 22/08/2026, Quốc khánh); "
        "05/09/2026–06/09/2026 (thứ Bảy, Chủ nhật)"
    ) in text


def test_calendar_days_leave_nothing_out():
    assert "Không tính ngày nghỉ" not in explained("complaint.settle-first", date(2026, 8, 26))


def test_a_last_day_off_moves_to_the_next_working_day_by_its_article():
    text = explained("complaint.settle-first", date(2026, 1, 19))
    assert (
        "Ngày cuối, thứ Tư 18/02/2026, là ngày nghỉ đến hết 22/02/2026 (Tết Nguyên đán, nghỉ hằng tuần)"
        in text
    )
    assert "thứ Hai 23/02/2026 (khoản 5 Điều 148 Bộ luật Dân sự 2015)" in text


def test_before_2017_the_older_civil_code_counts():
    text = explained("complaint.accept", date(2016, 12, 22))
    assert "khoản 2 Điều 152 Bộ luật Dân sự 2005" in text


def test_the_condition_that_lengthens_a_term_is_told():
    assert "60 ngày vì vụ việc phức tạp ở vùng sâu, vùng xa đi lại khó khăn" in explained(
        "complaint.settle-first", date(2026, 7, 6), complex=True, remote=True
    )


def test_a_condition_without_effect_is_told():
    assert "không có thời hạn riêng cho vùng sâu, vùng xa" in explained(
        "denunciation.accept", date(2026, 7, 6), remote=True
    )
    assert "chỉ kéo dài thời hạn khi có quyết định gia hạn" in explained(
        "denunciation.settle", date(2026, 7, 6), complex=True
    )
    assert "chỉ kéo dài thời hạn khi có quyết định gia hạn" not in explained(
        "denunciation.settle", date(2026, 7, 6), complex=True, extensions=1
    )


def test_extensions_are_told():
    assert "Đã gia hạn 2 lần, tổng thời hạn 90 ngày" in explained(
        "denunciation.settle", date(2026, 1, 5), extensions=2
    )


def test_suspensions_are_told_with_their_article():
    text = explained(
        "complaint.settle-first",
        date(2026, 7, 6),
        suspensions=[Suspension(date(2026, 7, 20), date(2026, 8, 3))],
    )
    assert "Không tính 14 ngày từ 20/07/2026 đến 02/08/2026: tạm đình chỉ giải quyết khiếu nại" in text
    assert "khoản 4 Điều 11a Luật Khiếu nại 2011" in text


def test_a_date_beyond_the_announced_calendar_says_so():
    assert "hoán đổi chưa được thông báo" in explained("complaint.settle-second", date(2026, 12, 1))
    assert "hoán đổi chưa được thông báo" not in explained("complaint.settle-second", date(2026, 9, 1))


def test_an_unknown_rule_proposes_near_names():
    with pytest.raises(
        UnknownRule, match=r"không có quy tắc thời hạn tên “complaint\.acept”.*complaint\.accept"
    ):
        deadline("complaint.acept", date(2026, 7, 1))


@pytest.mark.parametrize("rule", ["complaint.guide", "petition.transfer", "reflection.answer"])
def test_a_term_that_no_text_at_hand_sets_is_not_guessed(rule):
    with pytest.raises(UnknownRule, match="Chưa xác định thời hạn"):
        deadline(rule, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("rule", "start", "since"),
    [
        ("complaint.accept", date(2012, 6, 30), "01/07/2012"),
        ("denunciation.notify", date(2018, 12, 31), "01/01/2019"),
        ("complaint.enforce", date(2020, 12, 9), "10/12/2020"),
        ("reception.answer", date(2014, 6, 30), "01/07/2014"),
    ],
)
def test_before_the_first_text_nothing_is_known(rule, start, since):
    with pytest.raises(UnknownRule, match=f"Chưa xác định .* hiệu lực từ {since}"):
        deadline(rule, start)


def test_an_extension_too_many_is_refused():
    with pytest.raises(InvalidTerm, match=r"tối đa 2 lần \(Điều 30 Luật Tố cáo 2018\), không phải 3"):
        deadline("denunciation.settle", date(2026, 7, 1), extensions=3)


def test_a_term_without_extensions_refuses_them():
    with pytest.raises(InvalidTerm, match="không có gia hạn"):
        deadline("complaint.settle-first", date(2026, 7, 1), extensions=1)


def test_a_negative_number_of_extensions_is_refused():
    with pytest.raises(InvalidTerm, match="không thể là -1"):
        deadline("denunciation.settle", date(2026, 7, 1), extensions=-1)


def test_a_complaint_cannot_be_suspended_before_the_law_knows_it():
    with pytest.raises(InvalidTerm, match="Ngày 30/06/2026 chưa có căn cứ pháp luật"):
        deadline(
            "complaint.settle-first",
            date(2026, 6, 15),
            suspensions=[Suspension(date(2026, 6, 30), date(2026, 7, 15))],
        )


def test_a_suspension_before_the_term_is_refused():
    with pytest.raises(InvalidTerm, match="trước khi thời hạn bắt đầu"):
        deadline(
            "denunciation.settle",
            date(2026, 7, 1),
            suspensions=[Suspension(date(2026, 6, 30), date(2026, 7, 15))],
        )


def test_a_suspension_that_ends_before_it_begins_is_refused():
    with pytest.raises(InvalidTerm, match="phải sau ngày tạm đình chỉ"):
        deadline(
            "denunciation.settle",
            date(2026, 7, 1),
            suspensions=[Suspension(date(2026, 7, 15), date(2026, 7, 15))],
        )


def test_a_stopped_clock_has_no_last_day():
    with pytest.raises(ClockStopped, match="đang dừng từ ngày 10/07/2026"):
        deadline("denunciation.settle", date(2026, 7, 1), suspensions=[Suspension(date(2026, 7, 10))])
