"""Imports of registers: each file with what came of it, and the memory that lets nothing in twice."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.petitions.models import Petition


class KeptQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> "KeptQuerySet":
        """Rows whose keeper lies in the actor's scope."""
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.filter(
            keeper__in=Agency.objects.filter(lft__gte=scope.lft, lft__lte=scope.rgt).values("pk")
        )


class Status(models.TextChoices):
    EXAMINING = "examining", "Đang đọc tệp"
    READY = "ready", "Chờ nhập"
    RUNNING = "running", "Đang nhập"
    DONE = "done", "Đã nhập"
    DISCARDED = "discarded", "Đã bỏ"
    UNREADABLE = "unreadable", "Không đọc được"


class Batch(models.Model):
    """One file of one agency's register."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="sổ của cơ quan")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    uploader = models.CharField("người nhập", max_length=350)
    file_name = models.CharField("tên tệp", max_length=255)
    file_size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(
        max_length=255, blank=True
    )  # the sealed file below FILES; empty once it is removed
    status = models.CharField("tình trạng", max_length=10, choices=Status, default=Status.EXAMINING)
    message = models.TextField(blank=True)
    plan = models.JSONField(default=list)  # sheets, header rows, columns: `reading.plan.saved`
    preview = models.JSONField(default=dict)  # `survey.Survey.as_json`
    rows = models.PositiveIntegerField("số dòng", default=0)
    position = models.PositiveIntegerField(default=0)  # rows done, in the order of the file
    created = models.PositiveIntegerField("đã nhập", default=0)
    unchanged = models.PositiveIntegerField("đã có từ trước", default=0)
    rejected = models.PositiveIntegerField("bị trả lại", default=0)
    job_id = models.BigIntegerField(null=True, blank=True)
    uploaded_at = models.DateTimeField("lúc", default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_batch"
        verbose_name = "lần nhập sổ"
        indexes = [models.Index("keeper", F("id").desc(), name="registers_batch_newest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return 100 * self.position // self.rows if self.rows else 0


class RowFault(models.Model):
    """What is wrong with one cell of a batch's file, as last examined."""

    class Level(models.TextChoices):
        ERROR = "error", "Lỗi"
        WARNING = "warning", "Cảnh báo"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="faults")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=300, blank=True)
    value = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=600)
    proposal = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=7, choices=Level)
    target = models.CharField(max_length=30, blank=True)

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_row_fault"
        indexes = [models.Index(fields=["batch", "level", "id"], name="registers_fault_page")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.message}"


class LikelyDuplicate(models.Model):
    """A row that looks like another one of the file or like a petition of the register. A person decides."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="duplicates")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()
    other_sheet = models.CharField(max_length=64, blank=True)
    other_row = models.PositiveIntegerField(null=True, blank=True)
    petition = models.ForeignKey(Petition, models.CASCADE, null=True, blank=True, related_name="+")
    score = models.PositiveSmallIntegerField()  # 0 to 100
    reasons = models.CharField(max_length=300)
    skipped = models.BooleanField("không nhập dòng này", default=False)

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_likely_duplicate"
        indexes = [models.Index(fields=["batch", "sheet", "row"], name="registers_duplicate_row")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.reasons}"


class ImportedRow(models.Model):
    """That a row has come in, and as what: the same row of the same or of a later file does not come in again.

    `digest` is a keyed hash of what makes the row itself (agency, day, kind, person, content, which one of several
    alike), so that it tells nothing of a denouncer.
    """

    keeper_follows = "petition"

    digest = models.BinaryField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="imported")
    # No index: nothing asks by it, and there is a row for every petition of every old register.
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    petition = models.ForeignKey(Petition, models.CASCADE, null=True, related_name="imported_from")
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_imported_row"

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class ColumnChoice(models.Model):
    """Which column means what in registers of one layout, as an agency's people have settled it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)  # sha256 of the header's signature
    columns = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_column_choice"
        constraints = [
            models.UniqueConstraint(fields=["agency", "signature"], name="registers_column_choice_once")
        ]

    def __str__(self) -> str:
        return self.signature[:12]


class ValueMeaning(models.Model):
    """What an agency's registers mean by a writing that we do not know ("Đơn cầu cứu", "BQL ĐTXD")."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    field = models.CharField(max_length=10)  # kind, source, handling, body
    text = models.CharField(max_length=200)  # folded words
    meaning = models.CharField(max_length=40)  # a code of the field's list, or an agency's code

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "registers_value_meaning"
        constraints = [
            models.UniqueConstraint(fields=["agency", "field", "text"], name="registers_value_meaning_once")
        ]

    def __str__(self) -> str:
        return f"{self.text} = {self.meaning}"
