"""Reads about cases."""

from django.db.models import QuerySet

from kntc.accounts.officers import Officer
from kntc.audit.errors import OutOfReach
from kntc.settlement.models import Case, Status

LIST_LIMIT = 200


def open_cases(officer: Officer) -> QuerySet[Case]:
    """Cases under settlement in the officer's scope, nearest term first, those without a term last. One statement."""
    return (
        Case.objects.visible_to(officer)
        .filter(voided_at=None, status__in=[Status.OPEN, Status.SUSPENDED])
        .select_related("petition", "petition__text", "agency")
        .defer("petition__text__search")
        .order_by("due_on", "pk")
    )


def visible_case(pk: int, officer: Officer) -> Case:
    """The case with its petition. Raises OutOfReach (logged). One statement."""
    found: Case | None = (
        Case.objects.visible_to(officer)
        .filter(pk=pk, voided_at=None)
        .select_related("petition", "petition__text", "petition__agency", "agency", "keeper", "matter")
        .defer("petition__text__search")
        .first()
    )
    if found is None:
        raise OutOfReach("Hồ sơ giải quyết này")
    return found
