"""Accounts (a person's login) and posts (what that person is, in which agency, since when)."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.history import tracked
from kntc.vietnamese import fold, name_sort_key


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        """A login is the same in capitals and small letters."""
        return self.get(login=(username or "").strip().lower())


@tracked(exclude=["password", "last_login", "name_fold", "sort_key"])
class Account(AbstractBaseUser):
    """One person's way in. The login may change; the number never does (R35)."""

    login = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    # An administrator's lock; what stops a guesser is in guessing.py. A retired account is locked for good (R33).
    is_active = models.BooleanField("đang sử dụng", default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField("thôi sử dụng từ", null=True, blank=True)
    name_fold = models.CharField(max_length=150, default="")
    sort_key = models.CharField(max_length=450, default="")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        db_table = "accounts_account"
        indexes = [models.Index(fields=["sort_key", "id"], name="accounts_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(login=models.functions.Lower("login")), name="accounts_login_lower"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(is_active=False), name="accounts_retired_is_locked"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = kwargs.get("update_fields")
        if changed is None or "full_name" in changed:
            self.clean_keys()
            if changed is not None:
                kwargs["update_fields"] = {*changed, "name_fold", "sort_key"}
        super().save(*args, **kwargs)

    def clean_keys(self) -> None:
        """What the name is found by and ordered by; `save` does it, rows written in mass do it themselves."""
        self.name_fold, self.sort_key = fold(self.full_name)[:150], name_sort_key(self.full_name)[:450]


@tracked()
class FormerLogin(models.Model):
    """A name that an account had. Who signs in with it is told so; after `free_from` anybody may take it (R35)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_logins")
    login = models.CharField(max_length=60, unique=True)
    changed_at = models.DateTimeField(default=timezone.now)
    free_from = models.DateTimeField()

    class Meta:
        db_table = "accounts_former_login"

    def __str__(self) -> str:
        return self.login


class ActivationCode(models.Model):
    """A one-time code with which a person sets the own password: the first one, or anew after a reset.

    Only its keyed hash is kept. One a person: a new code ends the old one.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="activation")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "accounts_activation_code"

    def __str__(self) -> str:
        return f"{self.account_id}: {self.expires_at}"


class PostQuerySet(models.QuerySet["Post"]):
    def current(self) -> "PostQuerySet":
        """Posts held today by accounts in use."""
        today = timezone.localdate()
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today, account__is_active=True
        )


@tracked()
class Post(models.Model):
    """A person's place in an agency: title, role, and the subtree of agencies that the post looks after."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("chức danh", max_length=150)
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    oversees = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Cơ quan mà vị trí này theo dõi cùng các cơ quan trực thuộc; để trống là chính cơ quan mình.",
    )
    valid_from = models.DateField(default=timezone.localdate)
    valid_to = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Post"]] = models.Manager.from_queryset(PostQuerySet)()

    class Meta:
        db_table = "accounts_post"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency", "role"],
                condition=Q(valid_to__isnull=True),
                name="accounts_post_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency}"
