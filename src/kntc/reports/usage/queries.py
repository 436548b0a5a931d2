"""Whose usage an officer may report on."""

from datetime import date

from django.db.models import F, Q

from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.audit.errors import OutOfReach
from kntc.reports.overseen import overseen


def reportable(officer: Officer) -> list[Agency]:
    """The root of what the officer looks after, and every overseen agency with units below. One statement."""
    has_units = Q(rgt__gt=F("lft") + 1)
    return list(
        overseen(officer)
        .filter(uses_system=True)
        .filter(has_units | Q(pk=officer.oversees.pk))
        .order_by("lft")
    )


def chosen(agencies: list[Agency], code: str, officer: Officer) -> Agency:
    """The agency of this code, without code the root of what the officer looks after. Raises OutOfReach."""
    found = (
        agency for agency in agencies if (agency.code == code if code else agency.pk == officer.oversees.pk)
    )
    agency = next(found, None)
    if agency is None:
        raise OutOfReach("Báo cáo sử dụng của cơ quan này")
    return agency


def default_period(agency: Agency, today: date) -> tuple[date, date]:
    """From the first of January; of a closed agency, its last year."""
    end = min(today, agency.valid_to or today)
    return date(end.year, 1, 1), end
