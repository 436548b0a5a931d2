from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.agencies.models import Agency, AgencySuccession, BodyKind, Level, Place
from kntc.agencies.queries import KeeperMap, PlaceFinder, Resolver, keeper_of
from tests.agencies.conftest import Catalogue, register_rows

BEFORE_TO_NOW = [
    ("BDI", None, "GLA"),
    ("BDI-STNMT", None, "GLA-SNNMT"),
    ("BDI-SNNPTNT", None, "GLA-SNNMT"),
    ("BDI-SKHDT", None, "GLA-STC"),
    ("BDI-SGTVT", None, "GLA-SXD"),
    ("BDI-STTTT", None, "GLA-SKHCN"),
    ("BDI-SLDTBXH", None, "GLA-SNV"),
    ("BDI-SDL", None, "GLA-SVHTTDL"),
    ("BDI-BDT", None, "GLA-SDTTG"),
    ("BDI-BGPMB", None, "GLA-BGPMB"),
    # A district without a place: the commune at its seat.
    ("BDI-QNH", None, "GLA-21583"),
    ("BDI-HNH", None, "GLA-21640"),
    # A district and a place within it: the commune in which the place now lies.
    ("BDI-QNH", "LC21550", "GLA-21601"),
    ("BDI-QNH", "LC21565", "GLA-21592"),
    ("BDI-QNH", "C21601", "GLA-21601"),
    ("BDI-TPH", "LC21982", "GLA-21952"),
    ("BDI-PCA", "LC21901", "GLA-21901"),
    # A place of another district says nothing about this one.
    ("BDI-QNH", "LC21982", "GLA-21583"),
    ("BDI-QNH", "LD540", "GLA-21583"),
    # Communes, one of them split between two.
    ("BDI-21982", None, "GLA-21952"),
    ("BDI-21997", None, "GLA-21997"),
    ("BDI-21997", "C22006", "GLA-22006"),
    # What stands keeps its own.
    ("GLA-21583", "LC21550", "GLA-21583"),
    ("TTCP", None, "TTCP"),
]


@pytest.mark.parametrize(("agency", "place", "keeper"), BEFORE_TO_NOW)
def test_who_answers_today(catalogue: Catalogue, agency: str, place: str | None, keeper: str) -> None:
    asked = Agency.objects.get(code=agency)
    where = Place.objects.get(pk=place) if place else None
    assert keeper_of(asked, where).code == keeper
    assert KeeperMap().of(asked, where).code == keeper


def test_every_closed_agency_has_a_keeper_that_stands(catalogue: Catalogue) -> None:
    keepers = KeeperMap()
    for agency in Agency.objects.subtree(catalogue.before):
        keeper = keepers.of(agency)
        assert not keeper.is_closed, agency.code
        assert keeper.code.startswith("GLA"), agency.code
        assert (keeper.level == Level.COMMUNE) == (agency.level in (Level.COMMUNE, Level.DISTRICT))


def test_every_row_of_the_register_has_a_keeper__R2(catalogue: Catalogue) -> None:
    resolver, keepers, places = Resolver(catalogue.before), KeeperMap(), PlaceFinder()
    today = {agency.pk: agency for agency in Agency.objects.subtree(catalogue.now)}
    rows = register_rows()
    assert len(rows) == 639
    for row in rows:
        unit = resolver.best(row.unit)
        assert unit, row
        place = places.find(row.address).place
        assert place, row
        keeper_id = keepers.id_of(unit.agency.pk, place.pk)
        assert keeper_id in today, row


def test_statements(catalogue: Catalogue) -> None:
    district, place = Agency.objects.get(code="BDI-QNH"), Place.objects.get(pk="LC21550")
    standing = Agency.objects.get(code="GLA")
    with CaptureQueriesContext(connection) as queries:
        keeper_of(standing)
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        keeper_of(district, place)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        keepers = KeeperMap()
        for _ in range(100):
            keepers.of(district, place)
    assert len(queries) == 3


def body(code: str, valid_to: date | None = None) -> Agency:
    return Agency.objects.create(
        code=code, name=code, kind=BodyKind.DEPARTMENT, level=Level.DEPARTMENT, valid_to=valid_to
    )


@pytest.mark.django_db
def test_successions_are_followed_to_the_end() -> None:
    gone = timezone.localdate() - timedelta(days=1)
    first, second, third = body("A", gone), body("B", gone), body("C")
    for old, new in ((first, second), (second, third)):
        AgencySuccession.objects.create(old=old, new=new, on=gone, is_default=True)
    assert keeper_of(first) == KeeperMap().of(first) == third


@pytest.mark.django_db
def test_two_that_name_each_other_do_not_turn_for_ever() -> None:
    gone = timezone.localdate() - timedelta(days=1)
    one, other = body("A", gone), body("B", gone)
    for old, new in ((one, other), (other, one)):
        AgencySuccession.objects.create(old=old, new=new, on=gone, is_default=True)
    assert keeper_of(one) == KeeperMap().of(one) == other


@pytest.mark.django_db
def test_a_succession_of_tomorrow_changes_nothing_today() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    old, new = body("A", timezone.localdate()), body("B")
    AgencySuccession.objects.create(old=old, new=new, on=tomorrow, is_default=True)
    assert not old.is_closed
    assert keeper_of(old) == KeeperMap().of(old) == old
