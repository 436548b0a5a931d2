"""Visits (lượt tiếp): who was received, when, by whom, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.history import tracked
from kntc.people.models import PersonDetails


class VisitKind(models.TextChoices):
    """LTCD Đ18; TT 06/2025 form 01/TCD."""

    REGULAR = "regular", "Thường xuyên"
    SCHEDULED = "scheduled", "Định kỳ của Thủ trưởng"
    UNSCHEDULED = "unscheduled", "Đột xuất của Thủ trưởng"


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, actor: Actor) -> "VisitQuerySet":
        """Visits whose keeper lies in the actor's scope."""
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.filter(
            keeper__in=Agency.objects.filter(lft__gte=scope.lft, lft__lte=scope.rgt).values("pk")
        )

    def live(self) -> "VisitQuerySet":
        return self.filter(voided_at__isnull=True)


@tracked()
class Visit(PersonDetails):
    """One reception of one person or group about one matter."""

    number = models.PositiveIntegerField("số thứ tự trong năm")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("ngày tiếp", default=timezone.localdate)
    kind = models.CharField(
        "hình thức tiếp", max_length=11, choices=VisitKind.choices, default=VisitKind.REGULAR
    )
    delegated = models.BooleanField("ủy quyền tiếp", default=False)
    online = models.BooleanField("tiếp trực tuyến", default=False)
    people_count = models.PositiveIntegerField("số người được tiếp", default=1)
    repeat = models.BooleanField("tiếp nhiều lần", default=False)
    summary = models.CharField("nội dung", max_length=500)
    result = models.CharField("kết quả tiếp", max_length=500, blank=True)
    received_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "reception_visit"
        constraints = [
            models.CheckConstraint(condition=Q(people_count__gte=1), name="reception_somebody_came")
        ]
        indexes = [
            models.Index(
                "keeper",
                F("received_on").desc(),
                F("id").desc(),
                name="reception_keeper",
                condition=Q(voided_at=None),
            ),
            models.Index("agency", "received_on", name="reception_agency", condition=Q(voided_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.received_on:%Y}"

    @property
    def large_group(self) -> bool:
        """Đoàn đông người: five people or more (TT 06/2025, form 01/TCD)."""
        return self.people_count >= 5
