"""What the usage report learns of the faults in registers (R22)."""

from datetime import timedelta

from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.registers.models import Batch, RowFault
from kntc.reports.usage.faults import commonest
from tests.factories import SYSTEM, Country, make_officer


def fault(agency: Agency, target: str, level: str = "error") -> None:
    batch = Batch.objects.create(
        agency=agency, keeper=agency, uploader="x", file_name="so.xlsx", file_size=1, sha256="0" * 64
    )
    RowFault.objects.create(
        batch=batch, keeper=agency, sheet="Sổ", row=7, message="sai", level=level, target=target
    )


def test_the_commonest_faults_of_the_subtree_come_first(country: Country) -> None:
    for target in ("received_on", "received_on", "kind"):
        fault(country.commune, target)
    fault(country.commune, "kind", level="warning")
    fault(country.far_commune, "received_on")
    faults = commonest(country.province, SYSTEM, timezone.localdate(), timezone.localdate())
    assert [count for _, count in faults] == [2, 1]
    assert faults[0][0].startswith("Ngày nhận")


def test_only_registers_of_the_period_and_within_sight_count(country: Country) -> None:
    fault(country.commune, "received_on")
    yesterday = timezone.localdate() - timedelta(1)
    assert commonest(country.province, SYSTEM, yesterday, yesterday) == []
    assert (
        commonest(country.province, make_officer(country.sister), timezone.localdate(), timezone.localdate())
        == []
    )
