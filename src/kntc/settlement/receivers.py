"""What happens to a case when its petition is voided, restored or corrected."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from kntc.petitions.choices import Handling
from kntc.petitions.models import Petition
from kntc.petitions.signals import petition_corrected, petition_restored, petition_voided
from kntc.settlement.actions import new_case
from kntc.settlement.clock import due_on
from kntc.settlement.models import Case


@receiver(petition_voided)
def void_cases(petition: Petition, at: datetime, **_: Any) -> None:
    """The cases leave with their petition, marked with its moment."""
    Case.objects.filter(petition=petition, voided_at=None).update(voided_at=at)


@receiver(petition_restored)
def restore_cases(petition: Petition, at: datetime, **_: Any) -> None:
    """Exactly those that left with it come back."""
    Case.objects.filter(petition=petition, voided_at=at).update(voided_at=None)


@receiver(petition_corrected)
def follow(petition: Petition, at: datetime, **_: Any) -> None:
    """A corrected result of examination opens, moves or takes away the case, so that clock and petition agree."""
    cases = list(Case.objects.filter(petition=petition, voided_at=None))
    if petition.handling != Handling.ACCEPT or petition.handled_on is None:
        Case.objects.filter(petition=petition, voided_at=None).update(voided_at=at)
        return
    if not cases:
        new_case(petition).save()
    for case in cases:
        case.kind, case.instance = petition.kind, petition.instance or case.instance
        case.accepted_on = petition.handled_on
        case.due_on = due_on(case)
        case.save()
