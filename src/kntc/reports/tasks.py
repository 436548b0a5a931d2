"""What reports do by themselves."""

from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kntc.audit.actors import SystemActor
from kntc.audit.walls import acting_as
from kntc.reports.census.monthly import send_monthly


# Looked for each morning: a server that was down on the first of the month sends on the next day. Time is UTC here.
@app.periodic(cron="0 0 * * *")
@app.task(
    name="reports.monthly_census",
    queue="reports",
    queueing_lock="reports.monthly_census",
    retry=RetryStrategy(max_attempts=3, wait=300),
)
def monthly_census(timestamp: int) -> None:
    """The census of accounts to each administrator who wants it, once a month."""
    close_old_connections()
    with acting_as(SystemActor()):
        send_monthly(timezone.localdate().replace(day=1))
