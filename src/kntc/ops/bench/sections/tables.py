"""The statutory table 02/XLD, compiled live."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.ops.bench.measure import Case
from kntc.ops.bench.people import NATION, PROVINCE, by_hand, get
from kntc.ops.demo.past import FIRST_DAY

# The counts that every column is made of, once over the same rows.
COUNTED = (
    "SELECT p.kind, p.handling, p.eligible, p.competent, p.instance, count(*), count(DISTINCT p.matter_id)"
    " FROM petitions_petition p JOIN agencies_agency a ON a.id = p.agency_id"
    " WHERE p.voided_at IS NULL AND a.lft BETWEEN %s AND %s AND p.received_on BETWEEN %s AND %s GROUP BY 1, 2, 3, 4, 5"
)
LIMIT = 1000.0


def cases() -> Iterable[Case]:
    today = timezone.localdate()
    yield _case("02/XLD, một tỉnh", PROVINCE, "GLA", FIRST_DAY, today)
    yield _case("02/XLD, cả nước", NATION, "TTCP", FIRST_DAY, today)


def _case(name: str, login: str, code: str, start: date, end: date) -> Case:
    agency = Agency.objects.get(code=code)
    address = reverse("reports:table", args=["02-xld"])
    asked = {"co_quan": code, "tu": f"{start:%d/%m/%Y}", "den": f"{end:%d/%m/%Y}"}
    return Case(
        name,
        lambda _turn: get(login, address, **asked),
        lambda _turn: by_hand(login, COUNTED, [agency.lft, agency.rgt, start, end]),
        rounds=12,
        limit=LIMIT,
    )
