"""The room of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kntc.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from kntc.petitions import effects
        from kntc.reports.effects import table_effects

        effects.PROVIDERS.append(table_effects)
