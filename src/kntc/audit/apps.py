"""The ground floor: actions, history, the hash chain, walls."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from kntc.audit import grants


class AuditConfig(AppConfig):
    name = "kntc.audit"
    label = "audit"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        pre_migrate.connect(grants.create_role, sender=self)
        post_migrate.connect(grants.grant, sender=self)
