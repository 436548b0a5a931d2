"""What the usage report (R22) learns of registers: which faults their cells had."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.registers.models import RowFault
from kntc.registers.reading.targets import LABELS


def faults_by_column(agency: Agency, officer: Actor, start: date, end: date) -> Mapping[str, int]:
    """Cells with errors in registers of the subtree handed in from the first to the last day. One statement."""
    rows = (
        RowFault.objects.visible_to(officer)
        .filter(level=RowFault.Level.ERROR, batch__uploaded_at__date__range=(start, end))
        .filter(batch__agency__lft__gte=agency.lft, batch__agency__lft__lte=agency.rgt)
        .values("target")
        .annotate(n=Count("pk"))
    )
    return {LABELS.get(row["target"], "Dòng thiếu thông tin"): row["n"] for row in rows}
