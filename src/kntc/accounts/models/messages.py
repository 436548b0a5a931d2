"""Messages between posts inside the system: a nudge, a notice of a change of one's account."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from kntc.accounts.models.people import Account, Post
from kntc.audit.actors import Actor


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> "MessageQuerySet":
        """One's own, received or sent."""
        return self.filter(
            models.Q(recipient_id=actor.account_id) | models.Q(sender__account_id=actor.account_id)
        )


class Message(models.Model):
    """To one account. `link`: the screen where what it asks can be done. Never holds what a citizen wrote."""

    recipient = models.ForeignKey(Account, models.CASCADE, related_name="received_messages")
    sender = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Message"]] = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        db_table = "accounts_message"
        indexes = [models.Index(fields=["recipient", "-sent_at", "-id"], name="accounts_message_newest")]

    def __str__(self) -> str:
        return self.subject
