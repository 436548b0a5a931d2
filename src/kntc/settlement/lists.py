"""What settlement adds to the list of petitions: its dates, its clock, its way of being late."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from kntc.petitions import clocks, filters
from kntc.petitions.filters import SOON, Basis, Lateness, between
from kntc.settlement.models import Case, Status


def _cases(q: Q) -> Q:
    """Petitions with a case that fits. (IN and not EXISTS: beside an OR it is asked once and not for every row.)"""
    return Q(pk__in=Case.objects.filter(q, voided_at=None).values("petition"))


def _basis(label: str, column: str) -> Basis:
    return Basis(
        label, lambda start, end: _cases(between(column, start, end) & Q(**{f"{column}__isnull": False}))
    )


def _last_case(column: str) -> Callable[[], Any]:
    cases = Case.objects.filter(petition=OuterRef("pk"), voided_at=None).order_by("-instance")
    return lambda: Subquery(cases.values(column)[:1])


def _overdue(today: date) -> Q:
    return _cases(Q(status=Status.OPEN, due_on__lt=today))


def _soon(today: date) -> Q:
    return _cases(Q(status=Status.OPEN) & between("due_on", today, today + SOON))


def register() -> None:
    """Called once, when the room opens."""
    filters.BASES["accepted"] = _basis("Ngày thụ lý", "accepted_on")
    filters.BASES["settled"] = _basis("Ngày giải quyết xong", "settled_on")
    filters.LATENESS["overdue"].clocks.append(_overdue)
    filters.LATENESS["soon"].clocks.append(_soon)
    in_time, late = Q(settled_on__lte=F("due_on")), Q(settled_on__gt=F("due_on"))
    filters.LATENESS["settled_in_time"] = Lateness("Giải quyết đúng hạn", [lambda _: _cases(in_time)])
    filters.LATENESS["settled_late"] = Lateness("Giải quyết trễ hạn", [lambda _: _cases(late)])
    clocks.ANNOTATIONS["case_due_on"] = _last_case("due_on")
    clocks.ANNOTATIONS["case_settled_on"] = _last_case("settled_on")
