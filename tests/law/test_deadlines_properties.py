"""What holds for every rule and every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kntc.law.calendar import add_working_days, is_working_day, working_days_between
from kntc.law.deadlines import Suspension, deadline, rule_names
from kntc.law.rules import find, rules

# From 2021 on all rules are in force; each lies between two changes of the law.
days = st.dates(date(2021, 1, 1), date(2030, 12, 31))
names = st.sampled_from(rule_names())
flags = st.booleans()


@given(names, days, flags, flags)
def test_a_term_never_ends_on_a_day_off(name, start, is_complex, remote):
    assert is_working_day(deadline(name, start, complex=is_complex, remote=remote).due)


@given(names, days, flags, flags)
def test_a_term_ends_after_it_starts(name, start, is_complex, remote):
    found = deadline(name, start, complex=is_complex, remote=remote)
    assert (found.due - start).days >= found.days


@given(names, days, st.integers(0, 40))
def test_who_starts_later_ends_no_earlier(name, start, later):
    after = start + timedelta(days=later)
    if find(name, start) == find(name, after):
        assert deadline(name, start).due <= deadline(name, after).due


@given(names, days)
def test_a_term_of_working_days_holds_just_that_many(name, start):
    found = deadline(name, start)
    if found.unit == "working":
        assert working_days_between(start, found.due) == found.days


@given(names, days)
def test_a_term_of_calendar_days_moves_only_over_days_off(name, start):
    found = deadline(name, start)
    if found.unit == "calendar":
        last = start + timedelta(days=found.days)
        assert not any(is_working_day(last + timedelta(days=step)) for step in range((found.due - last).days))


@given(names, days, flags, flags)
def test_a_condition_never_shortens_a_term(name, start, is_complex, remote):
    assert deadline(name, start).due <= deadline(name, start, complex=is_complex, remote=remote).due


@given(days, st.integers(0, 29), st.integers(1, 200))
def test_a_suspension_adds_its_days(start, wait, length):
    stop = start + timedelta(days=wait)
    suspended = deadline(
        "denunciation.settle",
        start,
        suspensions=[Suspension(stop, stop + timedelta(days=length))],
    )
    last = start + timedelta(days=30 + length - (1 if stop == start else 0))
    assert suspended.due >= last
    assert not any(is_working_day(last + timedelta(days=step)) for step in range((suspended.due - last).days))


@given(days, st.integers(0, 60))
def test_adding_working_days_counts_them(start, count):
    assert working_days_between(start, add_working_days(start, count)) == count


@given(names, days)
def test_the_explanation_names_article_and_last_day(name, start):
    found = deadline(name, start)
    text = "\n".join(found.explanation)
    assert found.article in text
    assert f"{found.due:%d/%m/%Y}" in text


@given(names, days)
def test_just_one_version_rules_a_day(name, start):
    assert sum(rule.name == name and rule.rules_on(start) for rule in rules()) == 1
