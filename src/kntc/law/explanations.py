"""A deadline explains itself: the sentences that people read beside a date."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from kntc.law.calendar import announced_until, reason_off
from kntc.law.documents import documents
from kntc.law.errors import UnknownRule
from kntc.law.rules import Ground
from kntc.law.terms import Suspension, Term
from kntc.law.texts import dated, short_date, weekday

_DAY = timedelta(days=1)
_CONDITIONS = {"complex": "vụ việc phức tạp", "remote": "vùng sâu, vùng xa"}


def explain(term: Term) -> tuple[str, ...]:
    """Sentences in the order in which one counts."""
    return (
        f"Sự kiện bắt đầu: {term.rule.event}, {dated(term.start)}.",
        _length(term),
        *_without_effect(term),
        *_extended(term),
        _first_day(term.start),
        *(_pause(pause, ground) for pause, ground in term.pauses),
        *_left_out(term),
        _end(term),
        *_beyond_announcements(term.due),
    )


def _length(term: Term) -> str:
    rule, variant = term.rule, term.variant
    length = _count(variant.days if variant else rule.days, rule.unit)
    why = f" vì {variant.because}" if variant else ""
    until = f" đến {short_date(rule.valid_to)}" if rule.valid_to else ""
    since = f"áp dụng cho sự kiện từ {short_date(rule.valid_from)}{until}"
    return f"Thời hạn {length}{why}: {rule.article}, {since}."


def _count(days: int, unit: str) -> str:
    return f"{days:02d} ngày làm việc" if unit == "working" else f"{days:02d} ngày"


def _without_effect(term: Term) -> Iterator[str]:
    used = term.variant.when if term.variant else frozenset()
    for condition in sorted(term.conditions - used):
        if condition != "complex" or not term.rule.extension:
            yield f"Điều luật này không có thời hạn riêng cho {_CONDITIONS[condition]}."
        elif not term.extensions:
            yield "Vụ việc phức tạp chỉ kéo dài thời hạn khi có quyết định gia hạn."


def _extended(term: Term) -> Iterator[str]:
    if term.extensions:
        yield f"Đã gia hạn {term.extensions} lần, tổng thời hạn {_count(term.days, term.rule.unit)}."


def _first_day(start: date) -> str:
    article = _counting(start)["first_day"]
    return f"Không tính ngày {short_date(start)}; ngày thứ nhất là {dated(start + _DAY)} ({article})."


def _pause(pause: Suspension, ground: Ground) -> str:
    until = pause.start + _DAY * (pause.days - 1)
    span = f"từ {short_date(pause.start)} đến {short_date(until)}"
    return f"Không tính {pause.days} ngày {span}: {ground.name}, {ground.article}."


def _left_out(term: Term) -> Iterator[str]:
    """Days off inside a term of working days, neighbours together."""
    if term.rule.unit != "working":
        return
    days = (term.start + _DAY * step for step in range(1, (term.last - term.start).days + 1))
    off = [day for day in days if reason_off(day)]
    if off:
        yield f"Không tính ngày nghỉ: {'; '.join(_stretches(off))}."


def _stretches(days: Sequence[date]) -> Iterator[str]:
    """Neighbouring days off as one stretch: "27/06/2026–28/06/2026 (thứ Bảy, Chủ nhật)"."""
    for _, stretch in groupby(enumerate(days), key=lambda entry: entry[1] - _DAY * entry[0]):
        run = [day for _, day in stretch]
        reasons = ", ".join(dict.fromkeys(reason_off(day) or "" for day in run))
        span = short_date(run[0]) if len(run) == 1 else f"{short_date(run[0])}–{short_date(run[-1])}"
        yield f"{span} ({reasons})"


def _end(term: Term) -> str:
    if term.last == term.due:
        return f"Ngày cuối cùng của thời hạn: {dated(term.due)}."
    off = [term.last + _DAY * step for step in range((term.due - term.last).days)]
    reasons = dict.fromkeys(_why_off(day) for day in off)
    until = f" đến hết {short_date(off[-1])}" if len(off) > 1 else ""
    return (
        f"Ngày cuối, {dated(term.last)}, là ngày nghỉ{until} ({', '.join(reasons)}); thời hạn kết thúc vào "
        f"ngày làm việc tiếp theo, {dated(term.due)} ({_counting(term.start)['day_off']})."
    )


def _why_off(day: date) -> str:
    reason = reason_off(day) or ""
    return "nghỉ hằng tuần" if reason == weekday(day) else reason


def _counting(day: date) -> dict[str, str]:
    for document in documents():
        if "counting" in document.content and document.rules_on(day):
            articles: dict[str, str] = document.content["counting"]
            return articles
    raise UnknownRule(f"Chưa xác định cách tính thời hạn cho sự kiện ngày {short_date(day)}.")


def _beyond_announcements(due: date) -> Iterator[str]:
    if due > announced_until():
        yield (
            f"Lịch nghỉ sau ngày {short_date(announced_until())} tính theo Bộ luật Lao động; "
            "ngày làm việc hoán đổi chưa được thông báo nên hạn có thể thay đổi."
        )
