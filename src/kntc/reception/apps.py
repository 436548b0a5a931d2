"""Tiếp công dân: visits and the book."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "kntc.reception"
    label = "reception"
    verbose_name = "Tiếp công dân"

    def ready(self) -> None:
        from django.db.models import Q

        from kntc.accounts.reorganisation.holdings import KINDS, Kind

        KINDS["reception.visit"] = Kind("Lượt tiếp công dân", Q(voided_at=None, result=""))
