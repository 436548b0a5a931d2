"""The room of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kntc.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from kntc.petitions import effects, extra_filters
        from kntc.reports.cells import cell_provider
        from kntc.reports.effects import table_effects
        from kntc.reports.work_filter import incomplete_provider, work_provider

        effects.PROVIDERS.append(table_effects)
        extra_filters.PROVIDERS["bieu"] = cell_provider
        extra_filters.PROVIDERS["muc"] = work_provider
        extra_filters.PROVIDERS["thieu"] = incomplete_provider
