"""Where an account is signed in just now, where it has been before, and how much was guessed lately."""

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


class KnownPlace(models.Model):
    """A browser or a network address from which this account has signed in before. Only keyed hashes.

    Whoever guesses from elsewhere does not shut the person out here (guessing.py).
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="known_places")
    key = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts_known_place"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="accounts_place_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.seen_at}"


class GuessLevel(models.Model):
    """How full one measure of guesses is: it has run empty at `empty_at`. Behind keyed hashes stand no names."""

    key = models.CharField(max_length=64, primary_key=True)
    empty_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_guess_level"
        indexes = [models.Index(fields=["empty_at"], name="accounts_guess_empty")]

    def __str__(self) -> str:
        return f"{self.key}: {self.empty_at}"
