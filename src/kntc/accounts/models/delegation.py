"""Which level may do which act of administration, where the national administrator has changed it (R58)."""

from django.db import models
from django.utils import timezone

from kntc.accounts.acts import Act, Tier
from kntc.accounts.models.people import Post
from kntc.audit.history import tracked


@tracked()
class Delegation(models.Model):
    """One cell of the delegation page that differs from `acts.DEFAULTS`."""

    act = models.CharField("việc quản trị", max_length=40, choices=Act.choices)
    tier = models.CharField("cấp", max_length=10, choices=Tier.choices)
    allowed = models.BooleanField("được làm")
    changed_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField("lý do", max_length=255, blank=True)
    changed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "accounts_delegation"
        constraints = [models.UniqueConstraint(fields=["act", "tier"], name="accounts_delegation_once")]

    def __str__(self) -> str:
        return f"{self.act} / {self.tier}: {self.allowed}"
