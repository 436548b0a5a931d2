"""Mail in the background. Doing a job again sends only what has not gone."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kntc.accounts.mailing import mail
from kntc.accounts.models import Message
from kntc.audit.actors import SystemActor
from kntc.audit.walls import acting_as


@app.task(name="accounts.mail", queue="mail", retry=RetryStrategy(max_attempts=3, wait=60))
def mail_messages(messages: list[int]) -> None:
    """Copies of messages to those recipients who have an address; one that was read meanwhile needs none."""
    close_old_connections()
    with acting_as(SystemActor()):
        waiting = Message.objects.filter(pk__in=messages, read_at=None).exclude(recipient__email="")
        found = list(waiting.values_list("recipient__email", "subject", "body"))
    for address, subject, body in found:
        mail(address, subject, body)
