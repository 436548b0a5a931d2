"""Petitions (đơn) and matters (vụ việc).

A petition is one paper, statement or e-form that one agency received; a matter is the national file that its
petitions share. The petition's own row is narrow and typed: it is the fact that every figure counts. What is long or
personal stands beside it, behind a wall of its own.

`agency` received the petition and has it in its figures for ever. `keeper` answers for it today (the same agency, or
the successor of one that closed): access goes by the keeper.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.agencies.models import Agency, Place
from kntc.audit.actors import Actor, Scope
from kntc.audit.history import tracked
from kntc.people.models import PersonDetails, SealedIdentity
from kntc.petitions.choices import Handling, Kind, PartyRole, ReflectionKind, Source, State


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
        try:
            return self.text
        except PetitionText.DoesNotExist:
            return PetitionText(
                petition_id=self.pk, keeper_id=self.keeper_id, petitioner_line="(không có quyền xem)"
            )


class FoldedVectorField(SearchVectorField):  # type: ignore[type-arg]  # generic for type checkers only
    """A text vector written from folded words parted by blanks: each is one lexeme, no parser or dictionary touches it.

    (PostgreSQL's parser takes "12e3a" apart, keeps positions that nobody asks for and needs 1.7 times as long.)
    """

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "array_to_tsvector(array_remove(string_to_array(%s, ' '), ''))"


class BesidePetitionQuerySet(models.QuerySet[Any]):
    """Rows that stand beside a petition and carry its keeper."""

    def visible_to(self, actor: Actor) -> "BesidePetitionQuerySet":
        """Rows whose keeper lies in the actor's scope."""
        scope = actor.scope
        if scope.kind == "all":
            return self
        return self.none() if scope.kind == "none" else self.filter(kept_within(scope))


@tracked(exclude=["search"])
class PetitionText(models.Model):
    """What a petition says, and how its writer is named in lists."""

    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, primary_key=True, related_name="text")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, db_index=False, related_name="+")
    petitioner_line = models.CharField("người viết đơn", max_length=250, blank=True)
    summary = models.CharField("trích yếu nội dung", max_length=500, blank=True)
    content = models.TextField("nội dung đơn", blank=True)
    prior_note = models.TextField("kết quả giải quyết trước đây", blank=True)
    note = models.TextField("ghi chú", blank=True)
    search = FoldedVectorField(null=True)

    objects: ClassVar[BesidePetitionQuerySet] = BesidePetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "petitions_text"
        # New words wait in a list of half a megabyte and go into the index together: an import costs a fifth of what
        # it costs word by word, and a search reads the list in well under a millisecond.
        indexes = [
            GinIndex(
                fields=["search"], name="petitions_text_search", fastupdate=True, gin_pending_list_limit=512
            )
        ]

    def __str__(self) -> str:
        return self.summary


@tracked()
class Party(PersonDetails):
    """Somebody named on a petition. A denouncer's row is empty but for its seal."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="parties")
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("tư cách", max_length=14, choices=PartyRole.choices, default=PartyRole.PETITIONER)
    position = models.PositiveSmallIntegerField(default=0)
    organisation = models.CharField("cơ quan, tổ chức, chức vụ", max_length=250, blank=True)
    sealed = models.ForeignKey(
        SealedIdentity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[BesidePetitionQuerySet] = BesidePetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "petitions_party"
        ordering = ["role", "position", "pk"]
        indexes = [
            models.Index("id_number", name="petitions_party_id", condition=~Q(id_number="")),
            models.Index("name_key", "keeper", name="petitions_party_name", condition=~Q(name_key="")),
        ]
        constraints = [
            # The vault's promise, kept by the database: a sealed person leaves no trace in the open row.
            models.CheckConstraint(
                condition=Q(sealed__isnull=True)
                | Q(name="", name_key="", id_number="", phone="", address=""),
                name="petitions_party_sealed_is_empty",
            )
        ]

    def __str__(self) -> str:
        return self.name or "Người tố cáo (giữ bí mật)"


class VoidRequest(models.Model):
    """ "May we void this?" where another agency has built on the entry; that agency answers (R32)."""

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
