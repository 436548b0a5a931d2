"""The fact row of a petition, and the matter that it belongs to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency, Place
from kntc.audit.actors import Actor, Scope
from kntc.audit.history import tracked
from kntc.petitions.choices import Handling, Kind, ReflectionKind, Source, State

if TYPE_CHECKING:
    from kntc.petitions.models.beside import PetitionText


class Matter(models.Model):
    """The national file of one matter. Carries no content: who may not see its petitions learns only that it exists."""

    code = models.CharField(max_length=20, unique=True)
    opened_on = models.DateField()

    class Meta:
        db_table = "petitions_matter"

    def __str__(self) -> str:
        return self.code


def _choices(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"petitions_{field}_known")


class AnyOf(models.Func):
    """`column = ANY('{1,2,…}')`: one value for PostgreSQL and the driver to read, where IN has one an agency."""

    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, keys: Sequence[int]) -> None:
        array = f"{{{','.join(map(str, keys))}}}"
        super().__init__(F(column), models.Value(array, output_field=models.TextField()))


def kept_within(scope: Scope) -> Any:
    """The condition that the keeper lies in the scope: its agencies by name where they are few, else by bounds."""
    if scope.agencies is not None:
        return AnyOf("keeper_id", scope.agencies)
    return Q(keeper__in=Agency.objects.filter(lft__gte=scope.lft, lft__lte=scope.rgt).values("pk"))


# What lists filter and count by. With these in the two indexes that lists are read from, a count or a filter that few
# petitions pass never visits the table: the refusals of a province among 1,000,000 petitions in 15 ms instead of 190.
_LISTED = [
    "agency", "kind", "reflection_kind", "source", "field", "handling", "handled_on", "state", "due_on",
    "entered_on", "backfilled",
]  # fmt: skip


class PetitionQuerySet(models.QuerySet["Petition"]):
    """The first wall: every read of a view begins with `visible_to(officer).live()`."""

    def visible_to(self, actor: Actor) -> "PetitionQuerySet":
        """Petitions whose keeper lies in the actor's scope."""
        scope = actor.scope
        if scope.kind == "all":
            return self
        return self.none() if scope.kind == "none" else self.filter(kept_within(scope))

    def live(self) -> "PetitionQuerySet":
        """Without those voided as entered wrongly."""
        return self.filter(voided_at__isnull=True)

    def voided(self) -> "PetitionQuerySet":
        """Only those voided ("Đơn đã hủy")."""
        return self.filter(voided_at__isnull=False)

    def received_by(self, agency: Agency) -> "PetitionQuerySet":
        """Petitions that this agency or one of its subtree received: whom figures belong to."""
        return self.filter(agency__lft__gte=agency.lft, agency__lft__lte=agency.rgt)


# Written as PostgreSQL writes it back: an index that is made again from its own definition stays the same.
_OPEN = Q(state=State.RECEIVED) | Q(state=State.SETTLING)


@tracked(exclude=["version"])
class Petition(models.Model):
    """One petition as one agency received it.

    `db_index=False`: agencies and posts are never deleted, and what is looked for by them stands in the indexes below.
    """

    number = models.CharField("số đơn", max_length=40)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="petitions")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="cơ quan tiếp nhận"
    )
    keeper = models.ForeignKey(
        Agency, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="cơ quan quản lý"
    )

    kind = models.CharField("loại đơn", max_length=12, choices=Kind.choices)
    reflection_kind = models.CharField(
        "kiến nghị hay phản ánh", max_length=8, choices=ReflectionKind.choices, blank=True
    )
    source = models.CharField("nguồn đơn", max_length=14, choices=Source.choices)
    source_body = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan chuyển đến",
    )
    source_paper = models.CharField("số văn bản chuyển đến", max_length=80, blank=True)

    received_on = models.DateField("ngày nhận đơn")
    written_on = models.DateField("ngày viết đơn", null=True, blank=True)
    entered_at = models.DateTimeField("thời điểm nhập", default=timezone.now)
    entered_on = models.DateField("ngày nhập", default=timezone.localdate)
    entered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    # Who has it in hand. Nobody: it lies in the agency's common tray.
    assignee = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý",
    )
    backfilled = models.BooleanField("nhập bổ sung", default=False)

    signatories = models.PositiveIntegerField("số người", default=1)
    anonymous = models.BooleanField("nặc danh, mạo danh", default=False)
    field = models.CharField("lĩnh vực", max_length=40, blank=True)
    instance = models.PositiveSmallIntegerField("lần khiếu nại, tố cáo", null=True, blank=True)
    eligible = models.BooleanField("đủ điều kiện xử lý", null=True, blank=True)
    competent = models.BooleanField("thuộc thẩm quyền", null=True, blank=True)
    handling = models.CharField("hướng xử lý", max_length=8, choices=Handling.choices, blank=True)
    handled_on = models.DateField("ngày xử lý", null=True, blank=True)
    handled_paper = models.CharField("văn bản xử lý", max_length=80, blank=True)
    destination = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan tiếp nhận đơn chuyển",
    )
    prior_body = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan đã giải quyết",
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="địa bàn",
    )
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="onward",
        verbose_name="đơn được chuyển từ",
    )

    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    due_rule = models.CharField(max_length=40, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.RECEIVED)
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[PetitionQuerySet] = PetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "petitions_petition"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="petitions_number_once"),
            _choices("kind", Kind),
            _choices("source", Source),
            _choices("handling", Handling, blank=True),
            _choices("state", State),
            _choices("reflection_kind", ReflectionKind, blank=True),
            models.CheckConstraint(
                condition=Q(handling="", handled_on__isnull=True)
                | (~Q(handling="") & Q(handled_on__isnull=False)),
                name="petitions_handled_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(reflection_kind="") | Q(kind=Kind.REFLECTION),
                name="petitions_reflection_kind_fits",
            ),
            models.CheckConstraint(condition=Q(signatories__gte=1), name="petitions_somebody_signed"),
            models.CheckConstraint(
                condition=Q(instance__isnull=True) | Q(instance__in=[1, 2]), name="petitions_instance"
            ),
            models.CheckConstraint(condition=~Q(origin=F("id")), name="petitions_not_its_own_origin"),
        ]
        indexes = [
            models.Index(
                fields=["-received_on", "-id"],
                include=["keeper", *_LISTED],
                name="petitions_newest",
                condition=Q(voided_at=None),
            ),
            # For the counts by kind, and so that a kind of which a period has none is not looked for everywhere.
            models.Index(
                fields=["kind", "reflection_kind", "-received_on", "-id"],
                include=["keeper", "agency"],
                name="petitions_kinds",
                condition=Q(voided_at=None),
            ),
            models.Index(
                fields=["keeper", "-received_on", "-id"],
                include=_LISTED,
                name="petitions_keeper_newest",
                condition=Q(voided_at=None),
            ),
            models.Index(
                "agency",
                F("received_on").desc(),
                F("id").desc(),
                name="petitions_agency_newest",
                condition=Q(voided_at=None),
            ),
            # All that statutory tables count by: an agency's figures are read from this index alone.
            models.Index(
                fields=["agency", "handled_on"],
                include=[
                    "keeper",
                    "received_on",
                    "kind",
                    "handling",
                    "eligible",
                    "competent",
                    "instance",
                    "field",
                    "matter",
                    "due_on",
                ],
                name="petitions_facts",
                condition=Q(voided_at=None),
            ),
            models.Index(
                fields=["assignee", "due_on"],
                include=["keeper", "state"],
                name="petitions_in_hand",
                condition=Q(voided_at=None, assignee__isnull=False) & _OPEN,
            ),
            # Who looks up or merges a body of the directory asks for it by name; few petitions have one.
            models.Index("source_body", name="petitions_source_body", condition=Q(source_body__isnull=False)),
            models.Index("prior_body", name="petitions_prior_body", condition=Q(prior_body__isnull=False)),
            models.Index("due_on", name="petitions_open_due", condition=Q(voided_at=None, handling="")),
            models.Index(
                "keeper", F("voided_at").desc(), name="petitions_voided", condition=Q(voided_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def words(self) -> "PetitionText":
        """The petition's text, or an empty one where the reader's post has no right to content (R57)."""
        from kntc.petitions.models.beside import PetitionText

        try:
            return self.text
        except PetitionText.DoesNotExist:
            return PetitionText(
                petition_id=self.pk, keeper_id=self.keeper_id, petitioner_line="(không có quyền xem)"
            )
