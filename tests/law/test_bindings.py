"""What the columns of 02/XLD count (TT 06/2025, filling guide)."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kntc.law.bindings import binding
from kntc.law.catalogue import fields, handlings
from kntc.law.tables import check, form

START, END = date(2026, 3, 15), date(2026, 6, 14)


@dataclass
class Fact:
    kind: str = "complaint"
    received_on: date = date(2026, 4, 1)
    handled_on: date | None = date(2026, 4, 8)
    handling: str = "accept"
    eligible: bool | None = True
    competent: bool | None = True
    instance: int | None = 1
    field: str = "land.recovery"
    matter: int = 1


def columns_of(fact: Fact) -> set[int]:
    return {
        column.number
        for column in form("02/XLD").columns
        if column.binding and column.binding.matches(fact, START, END)
    }


def compiled(facts: list[Fact]) -> dict[int, int]:
    values = {}
    for column in form("02/XLD").columns:
        counted = [fact for fact in facts if column.binding.matches(fact, START, END)]
        matters = column.binding.counts == "matters"
        values[column.number] = len({fact.matter for fact in counted}) if matters else len(counted)
    return values


def test_every_column_says_what_it_counts():
    assert all(column.binding for column in form("02/XLD").columns)
    assert [column.number for column in form("02/XLD").columns if column.binding.counts == "matters"] == [5]


@pytest.mark.parametrize(
    ("fact", "columns"),
    [
        (Fact(), {1, 2, 3, 4, 5, 6, 7, 9}),
        (Fact(instance=2, field="policy.merit"), {1, 2, 3, 4, 5, 6, 8, 10}),
        (Fact(instance=None, field=""), {1, 2, 3, 4, 5, 6, 7, 11}),  # unknown: first, other
        (Fact(handling="decline"), {1, 2, 3, 4, 5, 6, 7, 9}),
        (Fact(kind="denunciation"), {1, 2, 3, 4, 5, 12, 13, 15}),  # land is "hành chính" in a denunciation
        (Fact(kind="denunciation", field="corruption.bribery", instance=2), {1, 2, 3, 4, 5, 12, 14, 16}),
        (Fact(kind="denunciation", field="judicial.trial"), {1, 2, 3, 4, 5, 12, 13, 17}),
        (Fact(kind="denunciation", field="party"), {1, 2, 3, 4, 5, 12, 13, 18}),
        (Fact(kind="reflection", field="policy.welfare"), {1, 2, 3, 4, 5, 19, 20}),
        (Fact(kind="reflection"), {1, 2, 3, 4, 5, 19, 21}),
        (Fact(kind="reflection", field="environment"), {1, 2, 3, 4, 5, 19, 22}),
        (Fact(competent=False, handling="guide"), {1, 2, 3, 23, 24}),
        (Fact(competent=False, handling="return"), {1, 2, 3, 23, 24}),
        (Fact(competent=False, handling="transfer", kind="denunciation"), {1, 2, 3, 23, 25}),
        (Fact(competent=False, handling="urge"), {1, 2, 3, 23, 25}),
        (Fact(eligible=False, competent=None, handling="file"), {1, 2}),
        (Fact(handled_on=None, handling="", eligible=None, competent=None), {1}),
    ],
)
def test_a_petition_counts_in_its_columns(fact, columns):
    assert columns_of(fact) == columns


@pytest.mark.parametrize(
    ("received", "handled", "columns"),
    [
        (date(2026, 3, 14), date(2026, 3, 14), set()),  # done before the period
        (date(2026, 3, 14), date(2026, 3, 15), {1, 2}),  # carried over, done on the first day
        (date(2026, 3, 14), None, {1}),  # carried over, still open
        (date(2026, 3, 14), date(2026, 6, 15), {1}),  # carried over, done after the period
        (date(2026, 6, 14), date(2026, 6, 14), {1, 2}),
        (date(2026, 6, 14), date(2026, 6, 15), {1}),
        (date(2026, 6, 15), date(2026, 6, 15), set()),  # received after the period
    ],
)
def test_the_period_decides(received, handled, columns):
    assert columns_of(Fact(received_on=received, handled_on=handled)) & {1, 2} == columns


def test_a_matter_of_three_petitions_counts_once():
    values = compiled([Fact(matter=1), Fact(matter=1), Fact(matter=2)])
    assert (values[4], values[5]) == (3, 2)


def _fact(kind, received, wait, handling, instance, field, matter):
    handled = None if wait is None else date.fromordinal(received.toordinal() + wait)
    given_handling = handling if handled else None
    return Fact(
        kind=kind,
        received_on=received,
        handled_on=handled,
        handling=given_handling.code if given_handling else "",
        eligible=given_handling.eligible if given_handling else None,
        competent=given_handling.competent if given_handling else None,
        instance=instance,
        field=field,
        matter=matter,
    )


facts = st.builds(
    _fact,
    kind=st.sampled_from(["complaint", "denunciation", "reflection"]),
    received=st.dates(date(2026, 2, 1), date(2026, 7, 31)),
    wait=st.none() | st.integers(0, 60),
    handling=st.sampled_from(handlings()),
    instance=st.sampled_from([None, 1, 2]),
    field=st.sampled_from(["", "no-such-field", *(field.code for field in fields())]),
    matter=st.integers(1, 12),
)


@given(st.lists(facts, max_size=40))
def test_whatever_is_registered_keeps_all_formulas_of_the_form(registered):
    assert check(form("02/XLD"), compiled(registered)) == []


def test_a_word_outside_the_vocabulary_is_refused():
    with pytest.raises(TypeError):
        binding({"counts": "petitions", "when": "handled", "colour": "red"})
