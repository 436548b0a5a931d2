"""What keeping the directory of bodies needs: proposals, merges with what they moved, pairs told apart, last choices.

`moves_on_merge = False`: rows of this table stay where they are when their body is merged into another.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.agencies.models.bodies import Agency


class Proposal(models.Model):
    """Who asked for a body that the catalogue did not have (R43), and what the province said to it.

    Accounts stand above this room: the proposer is known by number and by name as it was.
    """

    moves_on_merge = False

    body = models.OneToOneField(Agency, models.CASCADE, primary_key=True, related_name="proposal")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    account_id = models.BigIntegerField(null=True)
    proposed_by = models.CharField("người đề nghị", max_length=350, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    question = models.TextField("hỏi lại", blank=True)
    asked_at = models.DateTimeField(null=True)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField("người duyệt", max_length=350, blank=True)
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["proposed_at", "body"], name="proposal_oldest", condition=Q(decided_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.proposed_by}"

    @property
    def waits_for_answer(self) -> bool:
        return (
            self.decided_at is None
            and self.asked_at is not None
            and (self.answered_at is None or self.answered_at < self.asked_at)
        )


class BodyMerge(models.Model):
    """Two entries for one body made one: `merged` lives on in `kept`. For 30 days it can be taken back exactly."""

    moves_on_merge = False

    merged = models.ForeignKey(Agency, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Agency, models.PROTECT, related_name="absorbed")
    reason = models.CharField("lý do", max_length=500)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.CharField("người gộp", max_length=350)
    status_before = models.CharField(max_length=10, choices=Agency.Status)
    # Names that `kept` did not have before: taken away again with the merge.
    aliases = ArrayField(models.BigIntegerField(), default=list)
    moved = models.PositiveIntegerField("số bản ghi đã chuyển", default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=350, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="body_merge_standing_once"
            ),
            models.CheckConstraint(name="body_merge_of_two", condition=~Q(merged=F("kept"))),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"


class BodyMergeItem(models.Model):
    """The rows of one table that pointed to the merged body. Keys only: no word of any record stands here."""

    merge = models.ForeignKey(BodyMerge, models.CASCADE, related_name="items")
    table = models.CharField(max_length=63)
    column = models.CharField(max_length=63)
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "column"], name="body_merge_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {len(self.keys)}"


class DistinctBodies(models.Model):
    """ "Không phải trùng": two bodies that look alike and are not one. `one` has the smaller key."""

    moves_on_merge = False

    one = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    other = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    said_by = models.CharField(max_length=350)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinct_bodies_once"),
            models.CheckConstraint(name="distinct_bodies_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class BodyUse(models.Model):
    """Which bodies an account has lately chosen: its pickers open on them. No record, only a convenience."""

    account_id = models.BigIntegerField()
    body = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "body"], name="body_use_once")]
        indexes = [models.Index(fields=["account_id", "-used_at"], name="body_use_latest")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.body_id}"
