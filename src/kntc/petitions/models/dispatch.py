"""Papers that leave the agency with a petition: where to, under which number, on which way, and what came back (R44).

These rows are the agency's book of such papers: a number stands in it once a year and kind of paper.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency
from kntc.audit.history import tracked
from kntc.petitions.models.beside import BesidePetitionQuerySet
from kntc.petitions.models.petition import Petition


class Paper(models.TextChoices):
    """Kinds of paper, as domain §3.6 lists them (TT 05/2021)."""

    TRANSFER = "transfer", "Phiếu chuyển đơn"
    GUIDE = "guide", "Phiếu hướng dẫn"
    NOTICE = "notice", "Thông báo chuyển đơn"


class Way(models.TextChoices):
    POST = "post", "Dịch vụ bưu chính"
    HAND = "hand", "Trao tận tay"
    AXIS = "axis", "Trục liên thông văn bản"


@tracked()
class Dispatch(models.Model):
    """One paper sent. `body`: the receiver, or the body to which the petitioner was guided; the notice has none."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="dispatches")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, db_index=False, related_name="+")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="cơ quan gửi"
    )
    body = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="cơ quan nhận văn bản"
    )
    paper = models.CharField("loại văn bản", max_length=8, choices=Paper.choices)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("ký hiệu", max_length=40)
    dated_on = models.DateField("ngày văn bản")
    way = models.CharField("cách gửi", max_length=4, choices=Way.choices, default=Way.POST)
    sent_on = models.DateField("ngày gửi")
    recorded_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    reply_on = models.DateField("ngày nhận trả lời", null=True)
    reply_paper = models.CharField("văn bản trả lời", max_length=80, blank=True)
    reply_note = models.CharField("nội dung trả lời", max_length=500, blank=True)
    voided_at = models.DateTimeField("hủy lúc", null=True)

    objects: ClassVar[BesidePetitionQuerySet] = BesidePetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "petitions_dispatch"
        verbose_name = "văn bản gửi đi"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "paper", "number"],
                condition=Q(voided_at=None),
                name="petitions_dispatch_number_once",
            ),
            models.CheckConstraint(
                condition=Q(paper__in=Paper.values, way__in=Way.values), name="petitions_dispatch_known"
            ),
            models.CheckConstraint(
                condition=Q(paper="transfer", body__isnull=False)
                | Q(paper="notice", body=None)
                | Q(paper="guide"),
                name="petitions_dispatch_has_its_body",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__gte=F("dated_on")), name="petitions_dispatch_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reply_on=None) | Q(reply_on__gte=F("sent_on")),
                name="petitions_dispatch_reply_later",
            ),
        ]
        indexes = [
            models.Index(
                "keeper",
                F("sent_on").desc(),
                F("id").desc(),
                name="petitions_dispatch_newest",
                condition=Q(voided_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """ "07/PC-UBND": a number below 10 has a zero before it (NĐ 30/2020 Phụ lục I, mục II.3)."""
        return f"{self.number:02}/{self.symbol}"

    @property
    def wants_reply(self) -> bool:
        """A body that took the petition over says what becomes of it; a petitioner does not answer."""
        return self.paper == Paper.TRANSFER
