"""Agencies in time: names they bore, whom they stood under, and the reorganisations that made it so."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from kntc.agencies.models.bodies import Agency


class AgencyName(models.Model):
    """A name that an agency bore until `valid_to`; its present name stands in its own row."""

    moves_on_merge = False

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names")
    name = models.CharField("tên", max_length=255)
    short_name = models.CharField("tên gọn", max_length=160)
    valid_from = models.DateField("từ ngày", null=True)
    valid_to = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "tên trước đây"
        constraints = [models.UniqueConstraint(fields=["agency", "valid_to"], name="agency_name_once")]

    def __str__(self) -> str:
        return self.name


class AgencyPlacement(models.Model):
    """Under whom an agency stood until `valid_to`: tables of that time count it there."""

    moves_on_merge = False

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_placements")
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    valid_to = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "cơ quan cấp trên trước đây"
        constraints = [models.UniqueConstraint(fields=["agency", "valid_to"], name="agency_placement_once")]

    def __str__(self) -> str:
        return f"{self.agency} ← {self.parent}"


class AgencyChange(models.Model):
    """One reorganisation: what was asked (`programme`), what came of it (`report`), what undoing needs (`moved`).

    Keys and counts only; no word of any record stands here.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Sáp nhập"
        SPLIT = "split", "Chia tách"
        RENAME = "rename", "Đổi tên"
        CLOSE = "close", "Giải thể"
        MOVE = "move", "Chuyển cơ quan cấp trên"
        FOUND = "found", "Thành lập"
        PROGRAMME = "programme", "Sắp xếp nhiều cơ quan"

    class Status(models.TextChoices):
        PLANNED = "planned", "Chờ đến ngày"
        DONE = "done", "Đã thực hiện"
        CANCELLED = "cancelled", "Đã hủy"
        UNDONE = "undone", "Đã hoàn tác"
        FAILED = "failed", "Chưa thực hiện được"

    kind = models.CharField("việc", max_length=10, choices=Kind)
    on = models.DateField("từ ngày")
    status = models.CharField("tình trạng", max_length=10, choices=Status)
    title = models.CharField("nội dung", max_length=400)
    programme = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    agency_ids = ArrayField(models.BigIntegerField(), default=list)
    problem = models.TextField("lý do chưa thực hiện được", blank=True)
    asked_at = models.DateTimeField("lập lúc", default=timezone.now)
    asked_by = models.CharField("người lập", max_length=350)
    account_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField("thực hiện lúc", null=True)
    # The number of the log's last entry when it was carried out: what comes after has been built on it.
    log_mark = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "việc sắp xếp cơ quan"
        indexes = [
            models.Index(fields=["on"], name="agency_change_planned", condition=models.Q(status="planned")),
            GinIndex(fields=["agency_ids"], name="agency_change_of"),
        ]

    def __str__(self) -> str:
        return self.title
