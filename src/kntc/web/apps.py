from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kntc.web"
    label = "web"
    verbose_name = "Giao diện cán bộ"
