from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kntc.registers"
    label = "registers"
    verbose_name = "Nhập sổ"

    def ready(self) -> None:
        from kntc.petitions import extra_filters
        from kntc.registers.filters import PARAMETER, batch_filter

        extra_filters.PROVIDERS[PARAMETER] = batch_filter
