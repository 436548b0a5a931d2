"""Giải quyết: complaint (first, second), denunciation, reflection."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "kntc.settlement"
    label = "settlement"
    verbose_name = "Giải quyết"

    def ready(self) -> None:
        from django.db.models import Q

        from kntc.accounts.reorganisation.holdings import KINDS, Kind
        from kntc.settlement import lists, receivers  # noqa: F401

        lists.register()
        KINDS["settlement.case"] = Kind(
            "Hồ sơ giải quyết", Q(voided_at=None, status__in=["open", "suspended"])
        )
