"""Beside the rooms: what keeps the system running."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "kntc.ops"
    label = "ops"
    verbose_name = "Vận hành"
