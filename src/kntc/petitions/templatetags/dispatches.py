"""The papers of a petition on its page."""

from typing import Any

from django import template

from kntc.audit.rights import Right
from kntc.petitions.dispatch import slots
from kntc.petitions.models import Petition

register = template.Library()


@register.inclusion_tag("petitions/dispatch_card.html", takes_context=True)
def dispatch_card(context: dict[str, Any], petition: Petition) -> dict[str, Any]:
    """Nothing for who may not read contents; at most one statement."""
    officer = context["request"].officer
    may_read = officer.has_right(Right.READ_CONTENT)
    own = petition.keeper_id == officer.agency_id and petition.voided_at is None
    return {
        "petition": petition,
        "slots": slots(petition) if may_read else [],
        "may_send": own and officer.has_right(Right.HANDLE),
    }
