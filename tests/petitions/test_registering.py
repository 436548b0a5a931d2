"""Registering: numbers, clocks, what is required and what is not."""

from datetime import date

import pytest

from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.petitions.actions import register_petition
from kntc.petitions.choices import Kind, State
from kntc.petitions.entry import NewParty
from kntc.petitions.models import Petition
from tests.factories import Country, entry, make_officer, make_petition


def test_numbers_run_by_agency_and_year(country: Country) -> None:
    numbers = [make_petition(country.commune).number for _ in range(2)]
    numbers.append(make_petition(country.sister).number)
    numbers.append(make_petition(country.commune, received_on=date(2025, 12, 31)).number)
    assert numbers == ["AAA-1-2026-000001", "AAA-1-2026-000002", "AAA-2-2026-000001", "AAA-1-2025-000001"]


def test_a_new_petition_has_its_clock_and_its_matter(country: Country) -> None:
    petition = make_petition(country.commune, received_on=date(2026, 3, 10))
    assert petition.state == State.RECEIVED
    assert petition.due_on == date(2026, 3, 20)
    assert petition.matter.code.startswith("VV-26-")


def test_an_anonymous_tip_needs_no_name__R51(country: Country) -> None:
    petition = make_petition(country.commune, kind=Kind.REFLECTION, anonymous=True, parties=[])
    assert petition.text.petitioner_line == "Không rõ người viết"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"parties": []}, "name"),
        ({"summary": " ", "content": ""}, "summary"),
        ({"received_on": date(2091, 1, 1)}, "received_on"),
        ({"written_on": date(2026, 4, 1)}, "written_on"),
        ({"birth_year": 2091}, "parties.0.birth_year"),
        ({"id_number": "12345"}, "parties.0.id_number"),
        ({"signatories": 0}, "signatories"),
        ({"handling": "transfer", "handled_on": date(2026, 3, 12)}, "destination"),
        ({"handling": "accept", "handled_on": date(2026, 3, 12), "address": ""}, "address"),
        ({"handling": "file", "handled_on": date(2026, 3, 1)}, "handled_on"),
    ],
)
def test_a_slip_is_caught_at_entry__R42_R51(country: Country, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        make_petition(country.commune, **values)
    assert field in refusal.value.errors
    assert not Petition.objects.exists()


def test_only_for_the_own_agency(country: Country) -> None:
    with pytest.raises(NotAllowed):
        register_petition(entry=entry(country.sister), by=make_officer(country.commune))


def test_hostile_words_are_only_words(country: Country) -> None:
    text = "<script>alert(1)</script> {{ 7*7 }} ' OR 1=1 -- \u202e"
    petition = make_petition(country.commune, summary=text, parties=[NewParty(name=text)])
    assert petition.text.summary.startswith("<script>")
