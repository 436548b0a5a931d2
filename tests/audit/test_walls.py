"""Row-level security alone refuses what the queryset's rule refuses."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from kntc.accounts.roles import Role
from kntc.audit.walls import acting_as, beyond_scope
from kntc.petitions.models import Party, Petition, PetitionText
from tests.factories import Country, make_officer, make_petition

# Rows that belong to nobody in particular.
OPEN_TABLES = {
    # History of accounts, posts, former names, delegation: names of officials, who gave which role. Never a password,
    # and nobody who serves a request can change or remove a line (audit/grants.py).
    "accounts_accountevent", "accounts_postevent", "accounts_formerloginevent", "accounts_delegationevent",
    # How much was guessed lately, under keyed hashes: counted before anybody is known.
    "accounts_guess_level",
    # Of allauth, empty here: the provider stands in the environment, its tokens are not kept.
    "socialaccount_socialapp", "socialaccount_socialtoken",
    # The end of each chain, one a body: numbers and hashes.
    "audit_chain_head",
    # The national file's bare code.
    "petitions_matter",
}  # fmt: skip
OPEN_APPS = {
    "agencies",
    "auth",
    "contenttypes",
    "sessions",
    "account",
    "procrastinate",
    "pghistory",
    "messages",
    "ops",
}


def test_only_the_own_subtree_is_there(country: Country) -> None:
    for agency in (country.commune, country.sister, country.far_commune):
        make_petition(agency)
    seen = {
        country.commune: {"AAA-1"},
        country.province: {"AAA-1", "AAA-2"},
        country.elsewhere: {"BBB-1"},
        country.root: {"AAA-1", "AAA-2", "BBB-1"},
    }
    for agency, codes in seen.items():
        officer = make_officer(agency)
        with acting_as(officer):
            # No visible_to here: the second wall stands by itself, and says the same as the first.
            assert set(Petition.objects.values_list("agency__code", flat=True)) == codes
            assert set(Petition.objects.visible_to(officer).values_list("agency__code", flat=True)) == codes
            assert Party.objects.count() == 2 * len(codes)


def test_without_a_scope_nothing_is_there(country: Country) -> None:
    make_petition(country.commune)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kntc_app")
        assert not Petition.objects.exists()
        cursor.execute("RESET ROLE")


def test_behind_the_wall_an_administrator_has_no_word_of_it__R57(country: Country) -> None:
    make_petition(country.commune)
    with acting_as(make_officer(country.commune, Role.UNIT_ADMIN)):
        petition = Petition.objects.get()
        assert not PetitionText.objects.exists()
        assert not Party.objects.exists()
        assert petition.words.petitioner_line == "(không có quyền xem)"


def test_the_wall_stands_in_the_way_of_writing(country: Country) -> None:
    petition = make_petition(country.far_commune)
    with acting_as(make_officer(country.commune)):
        assert Petition.objects.filter(pk=petition.pk).update(signatories=9) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Petition.objects.bulk_create(
                [
                    Petition(
                        number="X",
                        matter_id=petition.matter_id,
                        agency=country.far_commune,
                        keeper=country.far_commune,
                        kind="complaint",
                        source="post",
                        received_on=petition.received_on,
                    )
                ]
            )


def test_beyond_scope_ends_with_its_block(country: Country) -> None:
    make_petition(country.far_commune)
    with acting_as(make_officer(country.commune)):
        with beyond_scope():
            assert Petition.objects.exists()
        assert not Petition.objects.exists()
    assert Petition.objects.exists()


def test_every_table_with_an_agency_s_data_has_its_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    models = [model for model in apps.get_models() if model._meta.app_label not in OPEN_APPS]
    tables = {model._meta.db_table for model in models} - OPEN_TABLES
    assert tables - walled == set()
