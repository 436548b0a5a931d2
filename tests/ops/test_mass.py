"""Petitions made in sets are what the actions would have made of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count

from kntc.agencies.load import load_catalogues
from kntc.ops.demo import mass
from kntc.ops.progress import silent
from kntc.people import vault
from kntc.people.models import SealedIdentity
from kntc.petitions.actions import correct_petition, entry_of
from kntc.petitions.bulk import SEALED_LINE, fill_text, petitioner_line
from kntc.petitions.choices import Handling, Kind, PartyRole, State
from kntc.petitions.derive import settle_values
from kntc.petitions.models import Matter, NumberBook, Party, Petition, PetitionText
from kntc.petitions.rules import problems
from kntc.settlement.clock import due_on
from kntc.settlement.models import Case, Status
from kntc.vietnamese import name_key
from tests.factories import SYSTEM

N = 400


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for all tests of this file, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogues()
        mass.fill(N, silent)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(made: None, db: None) -> None:
    """Each test in a savepoint of its own."""


def test_there_are_as_many_as_asked_for_and_each_is_valid(filled: None) -> None:
    petitions = Petition.objects.select_related("text", "agency").prefetch_related("parties")
    assert len(petitions) == N
    assert PetitionText.objects.count() == N
    for petition in petitions:
        entry = entry_of(petition)
        entry.anonymous = entry.anonymous or petition.text.petitioner_line == SEALED_LINE
        # What was drawn need not name a respondent where the texts name none.
        assert problems(entry, petition.entered_on).keys() <= {"respondent", "handled_on"}


def test_what_follows_from_their_values_is_what_every_petition_has(filled: None) -> None:
    for petition in Petition.objects.all():
        made = {f.attname: getattr(petition, f.attname) for f in Petition._meta.concrete_fields}
        settle_values(petition)
        assert made == {f.attname: getattr(petition, f.attname) for f in Petition._meta.concrete_fields}


def test_they_are_found_by_the_same_words(filled: None) -> None:
    written = PetitionText._meta.get_field("search").get_placeholder(None, None, connection)
    for text in PetitionText.objects.select_related("petition__agency").all():
        petition = text.petition
        sealed = text.petitioner_line == SEALED_LINE
        entry = entry_of(petition)
        if sealed:
            identity = vault.unseal(petition.parties.get(role=PartyRole.PETITIONER).sealed.cipher)
            entry = entry_of(petition, identity)
        fresh = PetitionText(petition=petition, keeper_id=text.keeper_id)
        fill_text(fresh, petition, entry, sealed)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ({written})::text = %s", [fresh.search, text.search])
            assert cursor.fetchone() == (True,), text
        assert (fresh.summary, fresh.content) == (text.summary, text.content)
        assert text.petitioner_line == petitioner_line(entry, sealed)


def test_numbers_run_on_in_the_books(filled: None) -> None:
    for row in Petition.objects.values("agency_id", "received_on__year").annotate(n=Count("pk")):
        book = NumberBook.objects.get(agency_id=row["agency_id"], year=row["received_on__year"])
        assert book.last == row["n"]
    mass.fill(N, silent)
    assert Petition.objects.values("number").distinct().count() == 2 * N


def test_further_petitions_share_their_matter(filled: None) -> None:
    shared = Matter.objects.annotate(n=Count("petitions")).filter(n=2)
    assert shared.count() == N // 13
    for matter in shared:
        first, second = matter.petitions.order_by("received_on", "pk")
        assert (first.agency_id, first.kind, first.text.content) == (
            second.agency_id,
            second.kind,
            second.text.content,
        )


def test_denouncers_are_in_the_vault_and_nowhere_else(filled: None) -> None:
    sealed = Party.objects.filter(sealed__isnull=False).select_related("sealed", "petition__text")
    assert sealed.count() == SealedIdentity.objects.count() > 10
    for party in sealed:
        (writer,) = vault.unseal(party.sealed.cipher)["petitioners"]
        assert party.petition.kind == Kind.DENUNCIATION
        assert writer["name"] not in party.petition.text.content
        assert party.sealed.name_blind == vault.blind(name_key(writer["name"]))


def test_accepted_ones_have_their_case(filled: None) -> None:
    accepted = Petition.objects.filter(handling=Handling.ACCEPT)
    assert set(Case.objects.values_list("petition_id", flat=True)) == {p.pk for p in accepted}
    for case in Case.objects.select_related("petition"):
        assert case.due_on == due_on(case)
        assert (case.status == Status.SETTLED) == (case.petition.state == State.SETTLED)


def test_the_actions_work_on_them(filled: None) -> None:
    petition = Petition.objects.filter(kind=Kind.COMPLAINT, handling="").first()
    assert petition is not None
    entry = entry_of(petition)
    entry.note = "đã gọi điện cho công dân"
    correct_petition(petition=petition, entry=entry, version=1, by=SYSTEM, reason="bổ sung")
    assert PetitionText.objects.get(pk=petition.pk).note == "đã gọi điện cho công dân"


def test_many_are_made_without_indexes_that_then_stand_again(
    filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = mass._index_definitions()
    monkeypatch.setattr(mass, "MANY", 10)
    mass.fill(50, silent)
    assert mass._index_definitions() == before
    assert "petitions_text_search" in before
