"""What has been set up in this database."""

from django.db import models
from django.utils import timezone


class Mark(models.Model):
    """A part of the set-up that is done, and of what state (a fingerprint): it is not done twice."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "ops_mark"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def stands(cls, name: str, value: str = "") -> bool:
        return cls.objects.filter(name=name, value=value).exists()

    @classmethod
    def put(cls, name: str, value: str = "") -> None:
        cls.objects.update_or_create(name=name, defaults={"value": value, "at": timezone.now()})
