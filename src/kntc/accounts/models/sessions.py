"""Where an account is signed in just now."""

from django.db import models
from django.utils import timezone

from kntc.accounts.models.people import Account


class Seat(models.Model):
    """One browser in which the account is signed in. Gone at sign-out; the session of `key` ends with it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="seats")
    key = models.CharField(max_length=40, unique=True)
    device = models.CharField("thiết bị", max_length=120, blank=True)
    address = models.GenericIPAddressField("địa chỉ mạng", null=True)
    since = models.DateTimeField("từ lúc", default=timezone.now)
    seen_at = models.DateTimeField("hoạt động gần nhất", default=timezone.now)

    class Meta:
        db_table = "accounts_seat"
        indexes = [models.Index(fields=["account", "-seen_at"], name="accounts_seat_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.device}"
