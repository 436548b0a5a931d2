"""The main job end to end: an agency's register comes in, one entry is mended, the national table follows."""

from datetime import date
from pathlib import Path

import pytest

import kntc.ops.demo
from kntc.accounts.officers import Officer
from kntc.agencies.load import load_catalogues
from kntc.agencies.models import Agency
from kntc.audit.chain import faults
from kntc.audit.walls import acting_as
from kntc.petitions.actions import correct_petition, entry_of, restore_petition, void_petition
from kntc.petitions.choices import Kind
from kntc.petitions.models import Petition
from kntc.registers.actions import start_import, upload_register
from kntc.registers.examining import examine
from kntc.registers.models import Batch
from kntc.registers.running import bring_in_all
from kntc.reports.compile import compile_form
from kntc.reports.usage.figures import Basis, compile_usage
from tests.factories import SYSTEM, make_officer

REGISTER = Path(kntc.ops.demo.__file__).parent / "data" / "so-theo-doi-don-binh-dinh-2018-2019.xlsx"
START, END = date(2018, 1, 1), date(2019, 12, 31)


@pytest.fixture
def binh_dinh(db: None) -> Agency:
    load_catalogues()
    return Agency.objects.get(code="BDI")


def bring_in(agency: Agency) -> Batch:
    batch = upload_register(agency=agency, file_name=REGISTER.name, content=REGISTER.read_bytes(), by=SYSTEM)
    batch = start_import(batch=examine(batch, SYSTEM), by=SYSTEM)
    return bring_in_all(batch, SYSTEM)


def kinds(agency: Agency) -> tuple[int, int, int]:
    found = Petition.objects.live().received_by(agency).values_list("kind", flat=True)
    return tuple(list(found).count(kind) for kind in (Kind.COMPLAINT, Kind.DENUNCIATION, Kind.REFLECTION))  # type: ignore[return-value]


def totals(agency: Agency, by: Officer) -> dict[int, int]:
    with acting_as(by):
        return dict(compile_form("02/XLD", agency, START, END, by).total.values)


def test_a_register_comes_in_is_mended_and_the_table_follows__R12_R20_R29_R31(binh_dinh: Agency) -> None:
    assert bring_in(binh_dinh).created == 639
    assert kinds(binh_dinh) == (280, 42, 317)

    # The same register once more brings in nothing.
    again = bring_in(binh_dinh)
    assert (again.created, again.unchanged, again.rejected) == (0, 639, 0)
    assert Petition.objects.filter(backfilled=True).count() == 639

    # Gia Lai, into which Bình Định merged, sees every record and reads the figures of that day.
    analyst = make_officer(Agency.objects.get(code="GLA"))
    before = totals(binh_dinh, analyst)
    assert before[1] == before[2] == 639
    assert before[3] == before[4] + before[23]
    assert before[6] == before[7] + before[8] == before[9] + before[10] + before[11]

    # A complaint that was a reflection: its keeper mends the kind, and both columns move by one.
    petition = Petition.objects.filter(kind=Kind.COMPLAINT, handling="accept").order_by("pk").first()
    assert petition is not None
    clerk = make_officer(petition.keeper)
    with acting_as(clerk):
        entry = entry_of(petition)
        entry.kind, entry.instance = Kind.REFLECTION, None
        correct_petition(petition=petition, entry=entry, version=1, by=clerk, reason="đơn là kiến nghị")
    mended = totals(binh_dinh, analyst)
    assert (mended[6], mended[19]) == (before[6] - 1, before[19] + 1)
    assert mended[1] == 639

    # Voided it is in no column; restored everything is as it was.
    with acting_as(clerk):
        void_petition(petition=petition, reason="nhập trùng", by=clerk)
    assert totals(binh_dinh, analyst)[1] == 638
    with acting_as(clerk):
        restore_petition(petition=petition, by=clerk)
    assert totals(binh_dinh, analyst) == mended

    # The usage report that the founding document is.
    with acting_as(analyst):
        usage = compile_usage(agency=binh_dinh, officer=analyst, start=START, end=END, basis=Basis.RECEIVED)
    coverage = {group.label: (group.using, len(group.units)) for group in usage.groups}
    assert (11, 11) in coverage.values(), coverage
    assert (25, 25) in coverage.values(), coverage
    assert usage.kinds.total == 639
    assert list(faults()) == []
