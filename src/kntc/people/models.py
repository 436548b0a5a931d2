"""What is known of a person on a petition, and the sealed identity of a denouncer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kntc.agencies.models import Agency, Place
from kntc.audit.actors import Actor
from kntc.audit.history import tracked


class PersonDetails(models.Model):
    """A person as written on one petition; a later petition may write him otherwise, and both stay as they were."""

    class Gender(models.TextChoices):
        UNKNOWN = "", "không rõ"
        MALE = "male", "nam"
        FEMALE = "female", "nữ"

    name = models.CharField("họ và tên", max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    id_number = models.CharField("số định danh, CCCD, CMND, hộ chiếu", max_length=20, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=6, choices=Gender.choices, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    address = models.CharField("địa chỉ", max_length=400, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class SealedIdentityQuerySet(models.QuerySet["SealedIdentity"]):
    def visible_to(self, actor: Actor) -> "SealedIdentityQuerySet":
        scope = actor.scope
        if scope.kind == "all":
            return self
        return self.filter(keeper__lft__gte=scope.lft, keeper__lft__lte=scope.rgt)


@tracked()
class SealedIdentity(models.Model):
    """Who denounced (LTC Đ8, Đ56), readable only by opening it, which leaves a trace."""

    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cipher = models.BinaryField()
    id_blind = models.CharField(max_length=64, blank=True)
    name_blind = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["SealedIdentity"]] = models.Manager.from_queryset(
        SealedIdentityQuerySet
    )()

    class Meta:
        db_table = "people_sealed_identity"
        indexes = [
            models.Index(fields=["id_blind"], name="people_sealed_id", condition=~Q(id_blind="")),
            models.Index(fields=["name_blind"], name="people_sealed_name", condition=~Q(name_blind="")),
        ]

    def __str__(self) -> str:
        return f"NTC-{self.pk:06d}" if self.pk else "NTC"
