"""Whose usage an officer may report on."""

from datetime import date

from django.db.models import F, Q

from kntc.agencies.models import Agency, AgencySuccession
from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach


def reportable(officer: Actor) -> list[Agency]:
    """The officer's own agency and every agency with units below, in scope or succeeded by one in scope.

    Gia Lai reports on Bình Định's years. Two statements.
    """
    mine = _in_scope(officer)
    heirs = Agency.objects.filter(mine).values("pk")
    before = AgencySuccession.objects.filter(new__in=heirs).values("old")
    parents = Q(rgt__gt=F("lft") + 1) & (mine | Q(pk__in=before))
    return list(
        Agency.objects.users()
        .filter(parents | Q(pk=officer.agency_id), lft__isnull=False)
        .select_related("parent", "place")
        .order_by("lft")
    )


def _in_scope(officer: Actor) -> Q:
    scope = officer.scope
    if scope.kind == "tree":
        return Q(lft__range=(scope.lft, scope.rgt))
    return Q(lft__isnull=False) if scope.kind == "all" else Q(pk__in=[])


def chosen(agencies: list[Agency], code: str, officer: Actor) -> Agency:
    """The agency named in the address, else the officer's own. Raises OutOfReach."""
    if not code:
        own = (agency for agency in agencies if agency.pk == officer.agency_id)
        return next(own, agencies[0]) if agencies else _refuse()
    return next((agency for agency in agencies if agency.code == code), None) or _refuse()


def _refuse() -> Agency:
    raise OutOfReach("Báo cáo sử dụng của cơ quan này")


def default_period(agency: Agency, today: date) -> tuple[date, date]:
    """From the first of January; of a closed agency, its last year."""
    end = min(today, agency.valid_to or today)
    return date(end.year, 1, 1), end
