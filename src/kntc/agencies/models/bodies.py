"""Places and agencies, each with the days between which it stands. A `valid_to` is the last day."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.audit.history import tracked
from kntc.vietnamese import fold, sort_key


class PlaceKind(models.TextChoices):
    """Kinds of administrative unit, as the national list names them."""

    CITY = "city", "Thành phố trực thuộc trung ương"
    PROVINCE = "province", "Tỉnh"
    PROVINCIAL_CITY = "provincial_city", "Thành phố thuộc tỉnh"
    URBAN_DISTRICT = "urban_district", "Quận"
    TOWN = "town", "Thị xã"
    DISTRICT = "district", "Huyện"
    WARD = "ward", "Phường"
    COMMUNE = "commune", "Xã"
    TOWNSHIP = "township", "Thị trấn"
    SPECIAL_ZONE = "special_zone", "Đặc khu"


class PlaceQuerySet(models.QuerySet["Place"]):
    def valid_on(self, day: date) -> Self:
        return self.filter(_stands_on(day))


class Place(models.Model):
    """One administrative unit, of today (two levels) or before 01/7/2025 (three levels)."""

    id = models.CharField(primary_key=True, max_length=12)
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=PlaceKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    name_fold = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=240)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "địa bàn"
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["name_fold"], name="place_name")]

    def __str__(self) -> str:
        return self.name

    def clean_keys(self) -> None:
        self.name_fold, self.sort_key = fold(self.name), sort_key(self.name)

    @property
    def full_name(self) -> str:
        """With what lies above: "Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định". Select the parents with it."""
        if self.parent is None:
            return self.name
        above = self.parent.full_name
        return f"{self.name}, {above[0].lower()}{above[1:]}"


class PlaceSuccession(models.Model):
    """What an old unit became: one row for each part, `is_default` where nothing tells the parts apart."""

    old = models.ForeignKey(Place, models.CASCADE, related_name="becomes")
    new = models.ForeignKey(Place, models.CASCADE, related_name="was")
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="place_succession_once")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Level(models.TextChoices):
    CENTRAL = "central", "Trung ương"
    MINISTRY = "ministry", "Bộ, ngành"
    PROVINCE = "province", "Tỉnh, thành phố"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DISTRICT = "district", "Huyện"
    COMMUNE = "commune", "Xã, phường, đặc khu"


class BodyKind(models.TextChoices):
    """Kinds of body; together they cover the classes of destination of NĐ 55/2022 Đ6.2."""

    COMMITTEE = "committee", "Ủy ban nhân dân"
    INSPECTORATE = "inspectorate", "Cơ quan thanh tra"
    RECEPTION = "reception", "Ban Tiếp công dân"
    OFFICE = "office", "Văn phòng"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DIVISION = "division", "Phòng chuyên môn"
    MINISTRY = "ministry", "Bộ, cơ quan trung ương"
    ASSEMBLY = "assembly", "Quốc hội và cơ quan của Quốc hội"
    COUNCIL = "council", "Hội đồng nhân dân"
    COURT = "court", "Tòa án nhân dân"
    PROCURACY = "procuracy", "Viện kiểm sát nhân dân"
    ENFORCEMENT = "enforcement", "Cơ quan thi hành án dân sự"
    POLICE = "police", "Công an"
    ARMY = "army", "Quân sự, biên phòng"
    AUDIT = "audit", "Kiểm toán nhà nước"
    TAX = "tax", "Thuế, hải quan"
    TREASURY = "treasury", "Kho bạc, ngân hàng nhà nước"
    INSURANCE = "insurance", "Bảo hiểm xã hội"
    PARTY = "party", "Cơ quan của Đảng"
    FRONT = "front", "Mặt trận Tổ quốc"
    UNION = "union", "Tổ chức chính trị - xã hội"
    ASSOCIATION = "association", "Hội, tổ chức xã hội, nghề nghiệp"
    HEALTH = "health", "Cơ sở y tế"
    SCHOOL = "school", "Cơ sở giáo dục"
    SERVICE = "service", "Đơn vị sự nghiệp công lập"
    BOARD = "board", "Ban quản lý dự án, giải phóng mặt bằng"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    PRESS = "press", "Báo chí"
    RELIGION = "religion", "Tổ chức tôn giáo"
    OTHER = "other", "Cơ quan, tổ chức khác"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def subtree(self, agency: "Agency") -> Self:
        """The agency and all below it. A body outside the tree is its own subtree."""
        if agency.lft is None:
            return self.filter(pk=agency.pk)
        return self.filter(lft__gte=agency.lft, lft__lte=agency.rgt)

    def users(self) -> Self:
        """Agencies that work in this system."""
        return self.filter(uses_system=True)

    def bodies(self) -> Self:
        """The directory: bodies that petitions come from and go to, without an account here."""
        return self.filter(uses_system=False)

    def listed(self) -> Self:
        """Those that a list or a choice may offer: not what was merged into another, not what was turned down."""
        return self.filter(status__in=LISTED)

    def valid_on(self, day: date) -> Self:
        return self.filter(_stands_on(day))


LISTED = ("active", "proposed")


@tracked(exclude=["lft", "rgt", "name_fold", "sort_key", "changed_at"])
class Agency(models.Model):
    """A body: one that works in this system (in the nested-set tree) or one of the directory (outside it)."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Đang dùng"
        PROPOSED = "proposed", "Chờ duyệt"
        MERGED = "merged", "Đã gộp"
        REJECTED = "rejected", "Không duyệt"

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=255)
    short_name = models.CharField("tên gọn", max_length=160)
    kind = models.CharField("loại", max_length=16, choices=BodyKind)
    level = models.CharField("cấp", max_length=12, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lft = models.IntegerField(null=True)
    rgt = models.IntegerField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="agencies")
    valid_from = models.DateField("từ ngày", null=True)
    valid_to = models.DateField("đến hết ngày", null=True)
    uses_system = models.BooleanField("dùng hệ thống", default=True)
    # A central body placed in a province: the province does not add it to its own report (TT 06/2025 Đ7.2.a).
    is_vertical = models.BooleanField("ngành dọc", default=False)
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.ACTIVE)
    # The same body under another name: what pointed here points there, and this row stands in no list.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged_from", verbose_name="gộp vào"
    )
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    name_fold = models.CharField(max_length=255)
    sort_key = models.CharField(max_length=510)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"
        ordering = ["sort_key"]
        indexes = [
            # The walls ask for the ids of a subtree in every statement: answered from this index alone.
            models.Index(fields=["lft"], include=["id"], name="agency_subtree"),
            models.Index(fields=["name_fold"], name="agency_name"),
            models.Index(fields=["changed_at"], name="agency_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="agency_bounds",
                condition=Q(lft=None, rgt=None) | Q(uses_system=True, lft__gte=1, rgt__gt=F("lft")),
            ),
            models.CheckConstraint(
                name="agency_days_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="agency_merged_into_another",
                condition=Q(status="merged", merged_into__isnull=False, uses_system=False)
                | (~Q(status="merged") & Q(merged_into=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean_keys()
        super().save(*args, **kwargs)

    def clean_keys(self) -> None:
        self.short_name = self.short_name or self.name[:160]
        self.name_fold, self.sort_key = fold(self.name), sort_key(self.name)

    @property
    def is_closed(self) -> bool:
        return self.valid_to is not None and self.valid_to < timezone.localdate()

    def stands_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class AgencySuccession(models.Model):
    """Who answers for a closed agency: for matters of `place` (today's commune), or for all the rest."""

    moves_on_merge = False  # who has a successor was closed, not entered twice: such a body is not merged

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="predecessions")
    on = models.DateField("từ ngày")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "place"], nulls_distinct=False, name="agency_succession_once"
            ),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_default=True), name="agency_succession_one_default"
            ),
            models.CheckConstraint(name="agency_succession_moves", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class AgencyAlias(models.Model):
    """Another writing of an agency's name that people use and that the abbreviations do not explain."""

    moves_on_merge = False  # the merged body keeps its own; the other gets copies

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=255)
    text_fold = models.CharField(max_length=255)

    class Meta:
        indexes = [models.Index(fields=["text_fold"], name="agency_alias_text")]
        constraints = [models.UniqueConstraint(fields=["agency", "text_fold"], name="agency_alias_once")]

    def __str__(self) -> str:
        return self.text


def _stands_on(day: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
