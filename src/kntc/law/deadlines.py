"""When a term ends, and why: start event, article, days left out, suspensions, a last day that is a day off.

A matter is judged by the rule of its own day: the version of a rule is chosen by the day of the start event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kntc.law.calendar import is_working_day, next_working_day
from kntc.law.errors import ClockStopped, InvalidTerm, LawError, UnknownRule
from kntc.law.explanations import explain
from kntc.law.rules import Ground, RuleInfo, Unit, Variant, find, ground_for, rule_names, rules, unknown_rules
from kntc.law.terms import Suspension, Term
from kntc.law.texts import short_date

__all__ = [
    "ClockStopped",
    "Deadline",
    "InvalidTerm",
    "LawError",
    "RuleInfo",
    "Suspension",
    "UnknownRule",
    "deadline",
    "rule_names",
    "rules",
    "unknown_rules",
]

_DAY = timedelta(days=1)
_LONGEST = 3_650  # days a suspension may last before it is taken for a typing error


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day in time; `days` the length in `unit`; `explanation` Vietnamese sentences."""

    due: date
    unit: Unit
    days: int
    article: str
    explanation: tuple[str, ...]
    rule: str
    rule_valid_from: date
    label: str
    start: date


def deadline(
    rule: str,
    start: date,
    *,
    complex: bool = False,
    remote: bool = False,
    extensions: int = 0,
    suspensions: Sequence[Suspension] = (),
) -> Deadline:
    """The end of a term. Raises `UnknownRule`, `InvalidTerm` or `ClockStopped`, all `LawError`."""
    conditions = frozenset(name for name, holds in (("complex", complex), ("remote", remote)) if holds)
    return _deadline(rule, start, conditions, extensions, tuple(suspensions))


@lru_cache(maxsize=8192)
def _deadline(
    name: str, start: date, conditions: frozenset[str], extensions: int, suspensions: tuple[Suspension, ...]
) -> Deadline:
    term = _term(find(name, start), start, conditions, extensions, suspensions)
    rule = term.rule
    return Deadline(
        due=term.due,
        unit=rule.unit,
        days=term.days,
        article=rule.article,
        explanation=explain(term),
        rule=rule.name,
        rule_valid_from=rule.valid_from,
        label=rule.label,
        start=start,
    )


def _term(
    rule: RuleInfo,
    start: date,
    conditions: frozenset[str],
    extensions: int,
    suspensions: tuple[Suspension, ...],
) -> Term:
    variant = rule.variant(conditions)
    days = _length(rule, variant, extensions)
    pauses = tuple((pause, _ground(rule, start, pause)) for pause in suspensions)
    last = _last_day(start, days, rule.unit, suspensions)
    return Term(rule, variant, conditions, start, days, extensions, pauses, last, next_working_day(last))


def _length(rule: RuleInfo, variant: Variant | None, extensions: int) -> int:
    extension = variant.extension if variant and variant.extension else rule.extension
    most = extension.most if extension else 0
    if extensions < 0:
        raise InvalidTerm(f"Số lần gia hạn không thể là {extensions}: ghi 0 nếu không gia hạn.")
    if extensions > most == 0:
        raise InvalidTerm(f"“{rule.label}” không có gia hạn ({rule.article}): bỏ số lần gia hạn.")
    if extensions > most:
        raise InvalidTerm(
            f"“{rule.label}” chỉ được gia hạn tối đa {most} lần ({rule.article}), không phải {extensions}."
        )
    days = variant.days if variant else rule.days
    return days + (extensions * extension.days if extension else 0)


def _ground(rule: RuleInfo, start: date, pause: Suspension) -> Ground:
    """The ground of a suspension. A suspension is an act of its own day and needs the law of that day."""
    _check_days(start, pause)
    ground = ground_for(rule.name, pause.start)
    if ground is None:
        raise InvalidTerm(
            f"Ngày {short_date(pause.start)} chưa có căn cứ pháp luật để trừ thời gian khỏi “{rule.label}”: "
            "bỏ lần trừ này."
        )
    if pause.resumed_on is None:
        raise ClockStopped(
            f"“{rule.label}” đang dừng từ ngày {short_date(pause.start)}, {ground.article}: "
            "hạn được tính lại khi có ngày tiếp tục."
        )
    return ground


def _check_days(start: date, pause: Suspension) -> None:
    if pause.start < start:
        raise InvalidTerm(
            f"Tạm đình chỉ từ {short_date(pause.start)} là trước khi thời hạn bắt đầu ({short_date(start)}): "
            "sửa lại ngày."
        )
    if pause.resumed_on and not 0 < pause.days <= _LONGEST:
        raise InvalidTerm(
            f"Ngày tiếp tục {short_date(pause.resumed_on)} phải sau ngày tạm đình chỉ "
            f"{short_date(pause.start)}, không quá {_LONGEST // 365} năm: sửa lại ngày."
        )


def _last_day(start: date, days: int, unit: Unit, suspensions: tuple[Suspension, ...]) -> date:
    """The day on which the count is full. The day of the start event is not counted (BLDS Đ147.2)."""
    day = start
    while days:
        day += _DAY
        counts = unit == "calendar" or is_working_day(day)
        days -= counts and not any(pause.covers(day) for pause in suspensions)
    return day
