from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kntc.registers"
    label = "registers"
    verbose_name = "Nhập sổ"

    def ready(self) -> None:
        from kntc.petitions import extra_filters
        from kntc.registers.filters import PARAMETER, batch_filter
        from kntc.registers.usage import faults_by_column
        from kntc.reports.usage.faults import SOURCES

        extra_filters.PROVIDERS[PARAMETER] = batch_filter
        SOURCES.append(faults_by_column)
