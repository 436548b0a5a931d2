"""Reads of the reception book."""

from datetime import date

from kntc.accounts.officers import Officer
from kntc.reception.models import Visit

PAGE = 50


def visits(officer: Officer, before: tuple[date, int] | None = None) -> tuple[list[Visit], bool]:
    """Newest visits in scope after a key (day, number of row), and whether more follow. One statement."""
    rows = Visit.objects.visible_to(officer).live().select_related("agency", "received_by__account")
    if before:
        day, pk = before
        rows = rows.filter(received_on__lte=day).exclude(received_on=day, pk__gte=pk)
    found = list(rows.order_by("-received_on", "-pk")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE
