"""The first screen: cards, charts, what is due."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.ops.bench.measure import Case
from kntc.ops.bench.people import COMMUNE, NATION, PROVINCE, by_hand, get, officer

# The year by month, kind and field; what is open and late; the examinations of the year, in time and late.
RECEIVED = (
    "SELECT extract(month FROM p.received_on), p.kind, p.field, count(*) FROM petitions_petition p"
    " JOIN agencies_agency a ON a.id = p.agency_id"
    " WHERE voided_at IS NULL AND received_on BETWEEN %s AND %s AND a.lft BETWEEN %s AND %s GROUP BY 1, 2, 3"
)
OPEN = (
    "SELECT count(*), count(*) FILTER (WHERE handling = '' AND p.due_on < %s) FROM petitions_petition p"
    " JOIN agencies_agency a ON a.id = p.keeper_id"
    " WHERE voided_at IS NULL AND state IN ('received', 'settling') AND a.lft BETWEEN %s AND %s"
)
HANDLED = (
    "SELECT extract(month FROM handled_on), count(*) FILTER (WHERE handled_on <= due_on), count(*)"
    " FROM petitions_petition p JOIN agencies_agency a ON a.id = p.agency_id"
    " WHERE voided_at IS NULL AND handled_on BETWEEN %s AND %s AND a.lft BETWEEN %s AND %s GROUP BY 1"
)


def cases() -> Iterable[Case]:
    for who, login in (("xã", COMMUNE), ("tỉnh", PROVINCE), ("cả nước", NATION)):
        yield _case(f"Tổng quan, {who}", login)


def _case(name: str, login: str) -> Case:
    address = reverse("web:home")
    return Case(
        name, lambda _turn: get(login, address), lambda _turn: _hand(login, officer(login)), rounds=12
    )


def _hand(login: str, who: Officer) -> None:
    today, root = timezone.localdate(), who.oversees
    bounds = [root.lft, root.rgt]
    year = [today.replace(month=1, day=1), today]
    by_hand(login, RECEIVED, [*year, *bounds])
    by_hand(login, OPEN, [today, *bounds])
    by_hand(login, HANDLED, [*year, *bounds])
