# ruff: noqa: E501  rows of a sheet are rows of the source
"""Who may bring in which register: the right, the scope, and the wall below them."""

import pytest
from django.db import DatabaseError, transaction

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, BodyKind, Level
from kntc.audit.errors import NotAllowed, OutOfReach
from kntc.audit.rights import Right
from kntc.audit.walls import acting_as
from kntc.petitions.models import Petition
from kntc.registers.actions import start_import, upload_register
from kntc.registers.models import Batch, ColumnChoice, ImportedRow, LikelyDuplicate, RowFault, ValueMeaning
from kntc.registers.queries import visible_batch
from tests.factories import Country, make_agency, make_officer
from tests.registers.books import HEADER, book_of, plain_register, row
from tests.registers.bringing import bring_in, counts, errors, examined
from tests.registers.conftest import Imported

REGISTER = plain_register(row(1), row(2, "31/02/2018"))


def test_an_officer_brings_in_the_register_of_the_own_agency(country: Country) -> None:
    officer = make_officer(country.commune)
    batch = bring_in(country.commune, REGISTER, officer)
    assert counts(batch) == (1, 0, 1)
    assert batch.uploaded_by_id == officer.post_id
    assert Petition.objects.get().entered_by_id == officer.post_id


@pytest.mark.parametrize("whose", ["sister", "province", "elsewhere", "far_commune", "root"])
def test_nobody_brings_in_the_register_of_another_agency(country: Country, whose: str) -> None:
    officer, agency = make_officer(country.commune), getattr(country, whose)
    with pytest.raises(NotAllowed) as problem:
        upload_register(agency=agency, file_name="so.xlsx", content=REGISTER, by=officer)
    assert agency.name in problem.value.message
    assert not Batch.objects.exists()


def test_roles_without_the_right_bring_in_nothing(country: Country) -> None:
    without = [role for role in Role if not make_officer(country.commune, role).has_right(Right.IMPORT)]
    assert Role.OFFICER not in without
    for role in without:
        with pytest.raises(NotAllowed):
            upload_register(
                agency=country.commune,
                file_name="so.xlsx",
                content=REGISTER,
                by=make_officer(country.commune, role),
            )
    assert without
    assert not Batch.objects.exists()


def test_a_batch_of_others_can_be_neither_seen_nor_started(country: Country) -> None:
    batch = examined(country.commune, REGISTER)
    stranger = make_officer(country.sister)
    with acting_as(stranger):
        with pytest.raises(OutOfReach):
            visible_batch(batch.pk, stranger)
        for model in (Batch, RowFault):
            assert model.objects.count() == 0
            assert model.objects.visible_to(stranger).count() == 0
    with pytest.raises(OutOfReach), acting_as(stranger):
        start_import(batch=batch, by=stranger)
    batch.refresh_from_db()
    assert batch.status == "ready"
    with acting_as(make_officer(country.province)):
        assert Batch.objects.count() == 1


def test_every_table_of_this_room_stands_behind_the_wall(country: Country) -> None:
    stranger = make_officer(country.far_commune)
    commune = country.commune
    batch = bring_in(commune, plain_register(row(1), row(2), row(3, "31/02/2018")))
    LikelyDuplicate.objects.create(batch=batch, keeper=commune, sheet="Sổ", row=2, score=90, reasons="x")
    ColumnChoice.objects.create(agency=commune, keeper=commune, signature="x", columns={})
    ValueMeaning.objects.create(agency=commune, keeper=commune, field="kind", text="x", meaning="complaint")
    for model in (Batch, RowFault, LikelyDuplicate, ImportedRow, ColumnChoice, ValueMeaning):
        assert model.objects.exists(), model
        with acting_as(stranger):
            assert not model.objects.exists(), model
            assert not model.objects.visible_to(stranger).exists(), model
        with acting_as(make_officer(commune)):
            assert model.objects.exists(), model


def test_the_wall_refuses_a_batch_for_another_agency(country: Country) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(make_officer(country.sister)):
        Batch.objects.create(
            agency=country.commune,
            keeper=country.commune,
            uploader="x",
            file_name="x",
            file_size=1,
            sha256="0" * 64,
        )


# ---- rows of other agencies


def _with_agency(*rows: tuple[int, str]) -> bytes:
    return book_of([*HEADER, "Đơn vị tiếp nhận"], *([*row(n), agency] for n, agency in rows))


def test_rows_of_agencies_outside_the_register_are_returned_with_their_reason(country: Country) -> None:
    content = _with_agency(
        (1, "UBND xã An Lương"), (2, "UBND xã Cẩm Sơn"), (3, "Tòa án nhân dân tỉnh A"), (4, "Sở Xây dựng"), (5, "Sở Không Có Thật"), (6, "")
    )  # fmt: skip
    batch = bring_in(country.province, content)
    assert counts(batch) == (3, 0, 3)
    far, court, unknown = errors(batch)
    assert "không thuộc Ủy ban nhân dân tỉnh A" in far
    assert "không nhận đơn trong hệ thống này" in court
    assert "Sở Không Có Thật" in unknown
    agencies = Petition.objects.order_by("pk").values_list("agency__code", flat=True)
    assert list(agencies) == ["AAA-1", "AAA-SXD", "AAA"]


def test_a_commune_cannot_bring_in_rows_of_its_sister(country: Country) -> None:
    officer = make_officer(country.commune)
    batch = bring_in(country.commune, _with_agency((1, "UBND xã An Lương"), (2, "UBND xã Bình Hòa")), officer)
    assert counts(batch) == (1, 0, 1)
    assert "nhập dòng này vào sổ của cơ quan đó" in errors(batch)[0]


def test_an_agency_that_did_not_stand_that_day(country: Country) -> None:
    make_agency(
        "AAA-9", country.province, Level.DEPARTMENT, name="Sở Thủy sản", kind=BodyKind.DEPARTMENT, valid_from="2020-01-01"
    )  # fmt: skip
    country.province.refresh_from_db()
    batch = bring_in(country.province, _with_agency((1, "Sở Thủy sản")))
    assert counts(batch) == (0, 0, 1)
    assert "không hoạt động vào ngày 05/02/2018" in errors(batch)[0]


# ---- Bình Định and Gia Lai


def test_an_officer_of_gia_lai_may_bring_in_what_was_binh_dinhs(sample: Imported) -> None:
    officer = make_officer(sample.now)
    content = _with_agency((901, "UBND huyện Tuy Phước"), (902, "Sở Y tế"), (903, "UBND tỉnh Phú Yên"))
    batch = bring_in(sample.before, content, officer)
    assert counts(batch) == (2, 0, 1)
    for petition in Petition.objects.filter(entered_by_id=officer.post_id).select_related("agency", "keeper"):
        assert petition.agency.code.startswith("BDI")
        assert sample.now.lft <= petition.keeper.lft <= sample.now.rgt


def test_an_officer_of_another_province_may_not(sample: Imported) -> None:
    other = Agency.objects.get(code="DNA")
    with pytest.raises(NotAllowed):
        upload_register(agency=sample.before, file_name="so.xlsx", content=REGISTER, by=make_officer(other))
    with pytest.raises(NotAllowed):
        upload_register(agency=sample.now, file_name="so.xlsx", content=REGISTER, by=make_officer(other))


def test_a_closed_agency_itself_brings_in_nothing_new_for_others(sample: Imported) -> None:
    officer = make_officer(Agency.objects.get(code="BDI-QNH"))
    with pytest.raises(NotAllowed):
        upload_register(agency=sample.now, file_name="so.xlsx", content=REGISTER, by=officer)
