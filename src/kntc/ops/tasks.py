"""Work of the whole house that comes back by the clock."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from kntc.accounts.reorganisation.waiting import carry_out_due
from kntc.audit.actors import SystemActor
from kntc.audit.walls import acting_as


@app.periodic(cron="*/10 * * * *")
@app.task(name="ops.reorganise", queue="agencies", queueing_lock="ops.reorganise")
def carry_out_reorganisations(timestamp: int) -> None:
    """Agencies merged, split, renamed from today. Looked for often: a restart at midnight loses nothing."""
    close_old_connections()
    with acting_as(SystemActor()):
        carry_out_due()
