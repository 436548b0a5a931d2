"""What the history says of who did what."""

from typing import Any

from kntc.audit.action import action
from kntc.audit.actors import Actor
from kntc.petitions.models import Petition
from tests.factories import Country, make_officer, make_petition


@action("test.inner")
def _inner(*, petition: Petition, by: Actor, reason: str = "") -> None:
    """Việc bên trong."""
    petition.signatories += 1
    petition.save()


@action("test.outer")
def _outer(*, petition: Petition, by: Actor, reason: str = "") -> None:
    """Việc bên ngoài."""
    _inner(petition=petition, by=by, reason="vì việc bên trong")
    petition.signatories += 1
    petition.save()


def test_an_act_within_an_act_leaves_the_outer_its_name_and_reason(country: Country) -> None:
    officer = make_officer(country.commune)
    petition = make_petition(country.commune, by=officer)
    _outer(petition=petition, by=officer, reason="vì việc bên ngoài")
    events: Any = Petition.pgh_event_model.objects.filter(pgh_obj_id=petition.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [(event.pgh_context["action"], event.pgh_context["reason"]) for event in events] == [
        ("test.inner", "vì việc bên trong"),
        ("test.outer", "vì việc bên ngoài"),
    ]
