"""Correcting: any field, by the agency that keeps it, with its history; two people cannot overwrite each other."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kntc.audit.errors import ChangedMeanwhile, InvalidInput, NotAllowed
from kntc.audit.models import Entry
from kntc.petitions.actions import correct_petition, entry_of
from kntc.petitions.models import Party, Petition
from tests.factories import Country, make_officer, make_petition


def test_every_value_survives_the_way_through_the_form(country: Country) -> None:
    petition = make_petition(
        country.commune, id_number="052075001234", signatories=3, written_on=date(2026, 3, 1)
    )
    before = entry_of(petition)
    after = entry_of(
        correct_petition(
            petition=petition,
            entry=entry_of(petition),
            version=1,
            by=make_officer(country.commune),
            reason="thử",
        )
    )
    assert before == after


def test_old_and_new_value_who_when_why_are_kept__R29(country: Country) -> None:
    by = make_officer(country.commune)
    petition = make_petition(country.commune)
    entry = entry_of(petition)
    entry.parties[0].name, entry.received_on = "Trần Văn Bính", date(2026, 3, 9)
    correct_petition(petition=petition, entry=entry, version=1, by=by, reason="gõ nhầm tên")
    old = Party.pgh_event_model.objects.get(pgh_obj=petition.parties.first())
    assert old.name == "Trần Văn Bình"
    assert old.pgh_context["reason"] == "gõ nhầm tên"
    assert old.pgh_context["actor"] == by.name
    assert Petition.pgh_event_model.objects.get(pgh_obj=petition).received_on == date(2026, 3, 10)
    assert Petition.objects.get().due_on == date(2026, 3, 19)
    assert Entry.objects.filter(action="petition.correct", reason="gõ nhầm tên").exists()


def test_the_author_needs_no_reason_within_a_day__R56(country: Country) -> None:
    by = make_officer(country.commune)
    petition = make_petition(country.commune, by)
    correct_petition(petition=petition, entry=entry_of(petition), version=1, by=by)
    Petition.objects.update(entered_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(InvalidInput) as refusal:
        correct_petition(petition=petition, entry=entry_of(petition), version=2, by=by)
    assert "reason" in refusal.value.errors


def test_two_people_saving_the_same_petition(country: Country) -> None:
    by = make_officer(country.commune)
    petition = make_petition(country.commune, by)
    first, second = entry_of(petition), entry_of(petition)
    first.summary, second.summary = "Người thứ nhất", "Người thứ hai"
    correct_petition(petition=petition, entry=first, version=1, by=by)
    with pytest.raises(ChangedMeanwhile):
        correct_petition(petition=petition, entry=second, version=1, by=by)
    assert Petition.objects.get().text.summary == "Người thứ nhất"


def test_another_agency_may_not(country: Country) -> None:
    petition = make_petition(country.commune)
    with pytest.raises(NotAllowed):
        correct_petition(
            petition=petition,
            entry=entry_of(petition),
            version=1,
            by=make_officer(country.province),
            reason="x",
        )
