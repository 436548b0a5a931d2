"""The log: one entry an action, each chained to the one before it by a hash."""

from typing import ClassVar

from django.db import models

from kntc.audit.actors import Actor
from kntc.audit.chain import digest


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> "models.QuerySet[Entry]":
        """Entries of the agencies in the actor's scope."""
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.extra(
            where=["agency_id IN (SELECT id FROM agencies_agency WHERE lft BETWEEN %s AND %s)"],
            params=[scope.lft, scope.rgt],
        )


class Entry(models.Model):
    """What was done. `chain` is the agency whose chain it stands in (0: none), `sequence` counts without gap in it.

    A chain an agency, so that a commune does not wait for the nation to write its log.
    """

    chain = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    post = models.CharField(max_length=200)
    agency_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    reason = models.TextField()
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Entry"]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        db_table = "audit_entry"
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_entry_chain_sequence")
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_entry_subject")]

    def __str__(self) -> str:
        return f"{self.chain}:{self.sequence} {self.action}"

    def digest(self) -> str:
        """The hash that this entry must carry."""
        return digest(
            self.previous,
            {
                "chain": self.chain,
                "sequence": self.sequence,
                "at": self.at,
                "action": self.action,
                "account": self.account_id,
                "actor": self.actor,
                "post": self.post,
                "agency": self.agency_id,
                "subject": [self.subject_type, self.subject_id],
                "reason": self.reason,
                "details": self.details,
            },
        )


class ChainHead(models.Model):
    """The end of each chain: how long it is and its last hash. Locking this row orders an agency's writers."""

    chain = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "audit_chain_head"

    def __str__(self) -> str:
        return f"{self.chain}: {self.sequence}"
