"""Giải quyết: complaint (first, second), denunciation, reflection."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "kntc.settlement"
    label = "settlement"
    verbose_name = "Giải quyết"

    def ready(self) -> None:
        from kntc.settlement import lists, receivers  # noqa: F401

        lists.register()
