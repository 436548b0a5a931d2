"""Where petitions name a body of the directory: counts on the body's page, each the list of petitions behind it."""

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from kntc.agencies import uses
from kntc.agencies.models import Agency
from kntc.agencies.uses import Use
from kntc.audit.actors import Actor
from kntc.audit.rights import Right
from kntc.petitions import extra_filters
from kntc.petitions.extra_filters import Filter, Provider
from kntc.petitions.models import Party, Petition, PetitionQuerySet

# Parameter of the list → column, label.
PARAMETERS = {
    "chuyen_tu": ("source_body", "Đơn do cơ quan này chuyển đến"),
    "chuyen_den": ("destination", "Đơn chuyển, hướng dẫn đến cơ quan này"),
    "da_giai_quyet": ("prior_body", "Đơn đã được cơ quan này giải quyết trước"),
    "nguoi_thuoc": ("parties", "Đơn về người của cơ quan này"),
}
_LABELS = {
    "chuyen_tu": "Cơ quan chuyển đến",
    "chuyen_den": "Chuyển, hướng dẫn đến",
    "da_giai_quyet": "Đã giải quyết trước đó",
    "nguoi_thuoc": "Về người của",
}


def _names(column: str, body: Agency) -> Q:
    """Petitions that name the body in this column, or one of whose respondents is of it."""
    if column == "parties":
        return Q(pk__in=Party.objects.filter(body=body).values("petition"))
    return Q(**{column: body})


def petition_uses(body: Agency, by: Actor) -> list[Use]:
    """As far as the reader may see; nothing for who opens no petition. One statement each."""
    if not by.has_right(Right.READ):
        return []
    seen = Petition.objects.visible_to(by).live()
    return [
        Use(
            label,
            seen.filter(_names(column, body)).count(),
            f"{reverse('petitions:list')}?{parameter}={body.pk}",
        )
        for parameter, (column, label) in PARAMETERS.items()
    ]


def provider(parameter: str) -> Provider:
    """The list narrowed to the petitions that name a body so: `/don/?chuyen_den=12`."""
    column, _ = PARAMETERS[parameter]

    def by_body(query: QueryDict, actor: Actor) -> Filter | None:
        key = query.get(parameter, "")
        if not (key.isascii() and key.isdecimal() and len(key) < 18):
            return None
        body = Agency.objects.filter(pk=int(key)).first()
        if body is None:
            return None

        def apply(petitions: PetitionQuerySet) -> PetitionQuerySet:
            return petitions.filter(_names(column, body))

        return Filter(apply, f"{_LABELS[parameter]}: {body.name}")

    return by_body


def register() -> None:
    """Called once, when the room opens."""
    uses.PROVIDERS.append(petition_uses)
    for parameter in PARAMETERS:
        extra_filters.PROVIDERS[parameter] = provider(parameter)
