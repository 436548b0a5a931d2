from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "kntc.agencies"
    label = "agencies"
    verbose_name = "Cơ quan"
