"""What happens to a case when its petition is voided, restored or corrected."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from kntc.petitions.choices import Handling
from kntc.petitions.models import Petition
from kntc.petitions.signals import petition_corrected, petition_restored, petition_voided
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
def follow(petition: Petition, **_: Any) -> None:
    """A corrected kind, instance or day of acceptance moves the case's clock; no longer accepted: the case leaves."""
    for case in Case.objects.filter(petition=petition, voided_at=None):
        if petition.handling != Handling.ACCEPT or petition.handled_on is None:
            case.voided_at = petition.entered_at
        else:
            case.kind, case.instance = petition.kind, petition.instance or case.instance
            case.accepted_on = petition.handled_on
            case.due_on = due_on(case)
        case.save()
