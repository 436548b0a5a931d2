"""What lies on the desk around a petition: drafts, saved lists, number books, questions before a void."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency
from kntc.petitions.models.petition import Petition


class VoidRequest(models.Model):
    """ "May we void this?": to an agency that has built on the entry, or to a colleague where it was accepted (R32).

    `asked` is the keeper itself where a second pair of eyes of the own agency is asked.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Chờ trả lời"
        AGREED = "agreed", "Đồng ý, đơn đã hủy"
        REFUSED = "refused", "Không đồng ý"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="void_requests")
    keeper = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan đề nghị"
    )
    asked = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan được hỏi"
    )
    number = models.CharField(max_length=40)
    reason = models.TextField("lý do")
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.CharField(max_length=350)
    requested_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    answer = models.TextField("ý kiến trả lời", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=350, blank=True)

    class Meta:
        db_table = "petitions_void_request"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "asked"], condition=Q(status="waiting"), name="petitions_void_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_status_display()}"


class NumberBook(models.Model):
    """The last petition number given by an agency in a year."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "petitions_number_book"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="petitions_number_book_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"


class Draft(models.Model):
    """A petition being typed: kept by the minute, counted nowhere."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    title = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "petitions_draft"
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return self.title or "Đơn nháp"


class SavedView(models.Model):
    """A list as its owner likes it: filters, columns, order, under a name."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên", max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "petitions_saved_view"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["post", "name"], name="petitions_view_name_once")]

    def __str__(self) -> str:
        return self.name
