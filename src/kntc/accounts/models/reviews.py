"""Rà soát quyền truy cập: twice a year, each post confirmed or withdrawn by its administrator."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kntc.accounts.models.people import Post
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.history import tracked


class AccessReviewQuerySet(models.QuerySet["AccessReview"]):
    def visible_to(self, actor: Actor) -> "AccessReviewQuerySet":
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.filter(agency__lft__gte=scope.lft, agency__lft__lte=scope.rgt)


@tracked()
class AccessReview(models.Model):
    """One review of one agency: opened with an item for each post then held, closed with a finding."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="access_reviews")
    opened_on = models.DateField("mở ngày", default=timezone.localdate)
    due_on = models.DateField("hoàn thành trước ngày")
    opened_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    finding = models.TextField("kết luận", blank=True)

    objects: ClassVar[models.Manager["AccessReview"]] = models.Manager.from_queryset(AccessReviewQuerySet)()

    class Meta:
        db_table = "accounts_access_review"
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(closed_at=None), name="accounts_review_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.opened_on}"


@tracked()
class ReviewItem(models.Model):
    """What was decided of one post."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", "Giữ nguyên"
        WITHDRAWN = "withdrawn", "Thu hồi"

    review = models.ForeignKey(AccessReview, models.CASCADE, related_name="items")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decision = models.CharField("quyết định", max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    note = models.CharField("ghi chú", max_length=255, blank=True)

    class Meta:
        db_table = "accounts_review_item"
        constraints = [models.UniqueConstraint(fields=["review", "post"], name="accounts_review_item_once")]

    def __str__(self) -> str:
        return f"{self.post}: {self.decision or '…'}"
