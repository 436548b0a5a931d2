"""What stands beside the fact row, behind a wall of its own: the words and the people."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.history import tracked
from kntc.people.models import PersonDetails, SealedIdentity
from kntc.petitions.choices import PartyRole
from kntc.petitions.models.petition import Petition, kept_within


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
    body = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan của người bị khiếu nại, tố cáo",
    )
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
            models.Index("body", name="petitions_party_body", condition=Q(body__isnull=False)),
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
