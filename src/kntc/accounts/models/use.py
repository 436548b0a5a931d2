"""What the keepers of accounts get and send about the use of the system: nudges, the monthly census."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from kntc.accounts.models.people import Post
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor


class Nudge(models.Model):
    """A unit was asked to use the system; the words went to its people as messages."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="nudges")
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recipients = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts_nudge"
        indexes = [models.Index(fields=["agency", "-sent_at"], name="accounts_nudge_newest")]

    def __str__(self) -> str:
        return f"{self.agency}, {self.sent_at}"


class CensusFileQuerySet(models.QuerySet["CensusFile"]):
    def visible_to(self, actor: Actor) -> "CensusFileQuerySet":
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.filter(agency__lft__gte=scope.lft, agency__lft__lte=scope.rgt)


class CensusFile(models.Model):
    """The census of one agency's subtree as it was when the month began. Only numbers and names of agencies."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    month = models.DateField("tháng")
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["CensusFile"]] = models.Manager.from_queryset(CensusFileQuerySet)()

    class Meta:
        db_table = "accounts_census_file"
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="accounts_census_file_once")]

    def __str__(self) -> str:
        return self.name


class CensusMail(models.Model):
    """Whether an administrator wants the monthly file, where that differs from the rule; and what was sent last."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="census_mail")
    wanted = models.BooleanField(default=True)
    sent_for = models.DateField(null=True)

    class Meta:
        db_table = "accounts_census_mail"

    def __str__(self) -> str:
        return f"{self.post_id}: {self.wanted}"
