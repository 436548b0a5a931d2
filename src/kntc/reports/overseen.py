"""Whose figures an officer may ask for: the agencies looked after, and the closed ones that these succeeded."""

from django.db.models import Q, QuerySet

from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency, AgencySuccession
from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach


def overseen(actor: Actor) -> QuerySet[Agency]:
    """Agencies with figures of their own. Gia Lai looks back on Bình Định."""
    inside = Agency.objects.filter(lft__isnull=False).select_related("parent", "place")
    scope = actor.scope
    if scope.kind == "all":
        return inside
    if scope.kind == "none":
        return inside.none()
    heirs = AgencySuccession.objects.filter(new__lft__range=(scope.lft, scope.rgt)).values("old")
    return inside.filter(Q(lft__range=(scope.lft, scope.rgt)) | Q(pk__in=heirs))


def overseen_agency(code: str, officer: Officer) -> Agency:
    """The agency of this code, without code the root of what the officer sees. Raises OutOfReach. One statement."""
    wanted = Q(code=code) if code else Q(pk=officer.oversees.pk)
    found = overseen(officer).filter(wanted).first()
    if found is None:
        raise OutOfReach("Số liệu của cơ quan này")
    return found
