"""Changes that waited for their day: the job carries each out in a transaction of its own."""

import logging

from django.utils import timezone

from kntc.accounts.reorganisation.actions import carry_out_change
from kntc.accounts.reorganisation.carrying import planned_for
from kntc.agencies.models import AgencyChange
from kntc.audit.actors import SystemActor
from kntc.audit.errors import Refused

log = logging.getLogger(__name__)
JOB = SystemActor(post_title="việc nền: sắp xếp cơ quan")


def carry_out_due() -> list[AgencyChange]:
    """All whose day has come, in order. What cannot be done any more is kept with the reason, for people to settle."""
    done = []
    for change in planned_for(timezone.localdate()):
        try:
            done.append(carry_out_change(change=change, by=JOB))
        except Refused as refusal:
            log.warning("Việc sắp xếp cơ quan %s chưa thực hiện được: %s", change.pk, refusal.message)
            change.status, change.problem = AgencyChange.Status.FAILED, refusal.message
            change.save(update_fields=["status", "problem"])
            done.append(change)
    return done
