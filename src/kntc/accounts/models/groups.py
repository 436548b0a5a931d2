"""Nhóm nghiệp vụ: colleagues of one agency who share rights beyond those of their roles."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kntc.accounts.models.people import Post
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.history import tracked
from kntc.audit.rights import Right
from kntc.vietnamese import fold


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, actor: Actor) -> "GroupQuerySet":
        scope = actor.scope
        if scope.kind == "all":
            return self
        if scope.kind == "none":
            return self.none()
        return self.filter(agency__lft__gte=scope.lft, agency__lft__lte=scope.rgt)


@tracked(exclude=["name_fold"])
class Group(models.Model):
    """A group of one agency. Its rights come on top of each member's role, never instead of it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="groups")
    name = models.CharField("tên nhóm", max_length=120)
    name_fold = models.CharField(max_length=120)
    rights = ArrayField(models.CharField(max_length=20, choices=Right.choices), default=list, blank=True)
    template = models.CharField("mẫu nhóm", max_length=40, blank=True)

    objects: ClassVar[models.Manager["Group"]] = models.Manager.from_queryset(GroupQuerySet)()

    class Meta:
        db_table = "accounts_group"
        constraints = [
            models.UniqueConstraint(fields=["agency", "name_fold"], name="accounts_group_once"),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_group_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@tracked()
class Membership(models.Model):
    """A post in a group of its own agency."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, models.CASCADE, related_name="memberships")

    class Meta:
        db_table = "accounts_membership"
        constraints = [models.UniqueConstraint(fields=["group", "post"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return f"{self.post} ∈ {self.group}"


def group_rights(post: int | models.OuterRef) -> "models.QuerySet[Membership, str]":
    """The rights that groups give to a post (a key, or an `OuterRef` for a subquery)."""
    unnested = models.Func(F("group__rights"), function="unnest", output_field=models.CharField())
    return Membership.objects.filter(post=post).annotate(given=unnested).values_list("given", flat=True)
