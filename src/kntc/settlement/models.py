"""A case: a matter accepted by one agency at one instance, with its clock and its outcome."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kntc.agencies.models import Agency
from kntc.audit.history import tracked
from kntc.petitions.choices import Kind
from kntc.petitions.models import BesidePetitionQuerySet, Matter, Petition


class Status(models.TextChoices):
    OPEN = "open", "Đang giải quyết"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    SETTLED = "settled", "Đã giải quyết"
    TERMINATED = "terminated", "Đình chỉ"


class Outcome(models.TextChoices):
    RIGHT = "right", "Đúng"
    PARTLY = "partly", "Đúng một phần"
    WRONG = "wrong", "Sai"
    UPHELD = "upheld", "Công nhận quyết định lần đầu"
    CHANGED = "changed", "Hủy, sửa quyết định lần đầu"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Rút đơn"


@tracked()
class Case(models.Model):
    """One acceptance (thụ lý) by one agency at one instance. A second complaint is a second case of the same matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="cases")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="cases")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết"
    )
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=12, choices=Kind.choices)
    instance = models.PositiveSmallIntegerField("lần giải quyết", default=1)
    accepted_on = models.DateField("ngày thụ lý")
    is_complex = models.BooleanField("vụ việc phức tạp", default=False)
    is_remote = models.BooleanField("vùng sâu, vùng xa", default=False)
    extensions = models.PositiveSmallIntegerField("số lần gia hạn", default=0)
    due_on = models.DateField("hạn giải quyết", null=True, blank=True)
    status = models.CharField("tình trạng", max_length=10, choices=Status.choices, default=Status.OPEN)
    settled_on = models.DateField("ngày giải quyết xong", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=9, choices=Outcome.choices, blank=True)
    decision_number = models.CharField("số quyết định, kết luận", max_length=80, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BesidePetitionQuerySet] = BesidePetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "settlement_case"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "instance"], condition=Q(voided_at=None), name="settlement_case_once"
            ),
            models.CheckConstraint(condition=Q(instance__in=[1, 2]), name="settlement_instance"),
            # An old register may say "đã giải quyết" without its day; what is entered live cannot.
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(status__in=["settled", "terminated"]),
                name="settlement_day_needs_status",
            ),
        ]
        indexes = [
            models.Index(
                "keeper", "due_on", name="settlement_open_due", condition=Q(voided_at=None, status="open")
            ),
            models.Index(
                "agency", F("accepted_on").desc(), name="settlement_accepted", condition=Q(voided_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.instance}"


@tracked()
class Suspension(models.Model):
    """Days on which a case's clock stands still: from `starts_on` to the eve of `resumed_on` (LKN Đ11a; LTC Đ34)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="suspensions")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("tạm đình chỉ từ ngày")
    resumed_on = models.DateField("tiếp tục từ ngày", null=True, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)

    objects: ClassVar[BesidePetitionQuerySet] = BesidePetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "settlement_suspension"
        constraints = [
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("starts_on")),
                name="settlement_suspension_order",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(resumed_on=None), name="settlement_suspended_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.starts_on}"
