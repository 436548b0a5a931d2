from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kntc.registers"
    label = "registers"
    verbose_name = "Nhập sổ"

    def ready(self) -> None:
        from kntc.registers.usage import faults_by_column
        from kntc.reports.usage.faults import SOURCES

        SOURCES.append(faults_by_column)
