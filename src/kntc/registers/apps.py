from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kntc.registers"
    label = "registers"
    verbose_name = "Nhập sổ"
