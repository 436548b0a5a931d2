"""Two entries for one body: what moves, what its names become, and that taking back is exact (R45)."""

from datetime import date

import pytest

from kntc.agencies import merging
from kntc.agencies.models import Agency, AgencyAlias, BodyKind, BodyMerge, BodyUse, Place
from kntc.agencies.queries import Resolver
from kntc.agencies.recent import recent
from kntc.audit.walls import acting_as
from kntc.petitions.choices import Handling, Source
from kntc.petitions.models import Petition
from tests.factories import Country, handle, make_body, make_officer, make_petition


@pytest.fixture
def twins(country: Country) -> tuple[Agency, Agency]:
    """(the one entered twice, the one to keep)."""
    twice = make_body("Bệnh viện ĐK tỉnh A", kind=BodyKind.HEALTH, parent=country.province)
    AgencyAlias.objects.create(agency=twice, text="Nhà thương lớn", text_fold="nha thuong lon")
    return twice, make_body("Bệnh viện Đa khoa số 1", kind=BodyKind.HEALTH, parent=country.province)


def joined(twins: tuple[Agency, Agency]) -> BodyMerge:
    return merging.merge(*twins, BodyMerge(reason="trùng", merged_by="x"))


def test_every_foreign_key_to_agencies_is_found() -> None:
    found = {(reference.table, reference.column) for reference in merging.references()}
    assert {
        ("petitions_petition", "source_body_id"), ("petitions_petition", "destination_id"),
        ("petitions_petition", "prior_body_id"), ("settlement_case", "agency_id"), ("agencies_agency", "parent_id"),
        ("agencies_agency", "merged_into_id"), ("agencies_bodyuse", "body_id"), ("accounts_post", "agency_id"),
    } <= found  # fmt: skip
    assert not any(table.endswith("event") for table, _ in found)


def test_all_references_move_and_come_back_exactly__R45(
    country: Country, twins: tuple[Agency, Agency]
) -> None:
    twice, kept = twins
    sent = make_petition(country.commune, source=Source.OTHER_AGENCY, source_body_id=twice.pk)
    far = make_petition(country.far_commune, prior_body_id=twice.pk)
    gone = handle(
        make_petition(country.commune), Handling.TRANSFER, date(2026, 3, 12), destination_id=twice.pk
    )
    other = make_petition(country.commune, prior_body_id=kept.pk)
    BodyUse.objects.create(account_id=1, body=twice)
    below = make_body("Khoa Nhi", parent=twice)
    before = dict(Petition.objects.values_list("pk", "version"))
    with acting_as(make_officer(country.province)):
        merge = joined(twins)
    rows = {p.pk: p for p in Petition.objects.all()}
    assert (
        rows[sent.pk].source_body_id == rows[far.pk].prior_body_id == rows[gone.pk].destination_id == kept.pk
    )
    assert BodyUse.objects.get().body == kept
    below.refresh_from_db()
    twice.refresh_from_db()
    assert (below.parent_id, twice.status, twice.merged_into) == (kept.pk, Agency.Status.MERGED, kept)
    assert merge.moved == 5
    assert not any(
        pk == twice.pk
        for reference in merging.references()
        for (pk,) in _pointing(reference.table, reference.column)
    )
    # Somebody has since chosen another body for one of them: that stays.
    Petition.objects.filter(pk=gone.pk).update(destination=country.court)
    merging.take_apart(merge)
    rows = {p.pk: p for p in Petition.objects.all()}
    assert rows[sent.pk].source_body_id == rows[far.pk].prior_body_id == twice.pk
    assert rows[gone.pk].destination_id == country.court.pk
    assert rows[other.pk].prior_body_id == kept.pk
    twice.refresh_from_db()
    assert (twice.status, twice.merged_into, kept.aliases.count()) == (Agency.Status.ACTIVE, None, 0)
    assert dict(Petition.objects.values_list("pk", "version")) == before


def _pointing(table: str, column: str) -> list[tuple[int]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        found: list[tuple[int]] = cursor.fetchall()
    return found


def test_names_become_aliases_and_the_merged_one_leaves_every_list(twins: tuple[Agency, Agency]) -> None:
    twice, kept = twins
    joined(twins)
    assert set(kept.aliases.values_list("text", flat=True)) == {"Bệnh viện ĐK tỉnh A", "Nhà thương lớn"}
    for text in ("BV đa khoa tỉnh A", "nhà thương lớn", "Bệnh viện Đa khoa số 1"):
        match = Resolver().best(text)
        assert match, text
        assert match.agency == kept
    assert twice not in Agency.objects.listed()


def test_who_used_both_keeps_one_entry(twins: tuple[Agency, Agency], country: Country) -> None:
    _, kept = twins
    officer = make_officer(country.commune)
    for body in twins:
        BodyUse.objects.create(account_id=officer.account_id, body=body)
    joined(twins)
    assert recent(officer) == [kept]


def test_a_second_merge_takes_the_first_along(twins: tuple[Agency, Agency], country: Country) -> None:
    twice, kept = twins
    joined(twins)
    third = make_body("Bệnh viện số Một", kind=BodyKind.HEALTH)
    second = joined((kept, third))
    twice.refresh_from_db()
    assert twice.merged_into == third
    merging.take_apart(second)
    twice.refresh_from_db()
    assert twice.merged_into == kept


def test_what_cannot_be_merged_says_why(country: Country, twins: tuple[Agency, Agency]) -> None:
    twice, kept = twins
    child = make_body("Khoa Nhi", parent=twice)
    assert merging.obstacles(twice, kept) == []
    assert "đang dùng hệ thống" in merging.obstacles(country.commune, kept)[0]
    assert "Hai mục là một" in merging.obstacles(kept, kept)[0]
    assert "trực thuộc" in merging.obstacles(twice, child)[0]
    assert merging.obstacles(twice, country.department) == []
    joined(twins)
    assert "đã được gộp" in merging.obstacles(twice, country.court)[0]
    assert "không còn dùng" in merging.obstacles(country.court, twice)[0]
    assert Place.objects.count() == 0
