from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kntc.registers"
    label = "registers"
    verbose_name = "Nhập sổ"

    def ready(self) -> None:
        from django.db.models import Q

        from kntc.accounts.reorganisation.holdings import KINDS, Kind
        from kntc.petitions import extra_filters
        from kntc.registers.filters import PARAMETER, batch_filter
        from kntc.registers.usage import faults_by_column
        from kntc.reports.usage.faults import SOURCES

        extra_filters.PROVIDERS[PARAMETER] = batch_filter
        SOURCES.append(faults_by_column)
        unfinished = Q(status__in=["examining", "ready", "running"])
        KINDS["registers.batch"] = Kind("Sổ nhập từ Excel", unfinished)
