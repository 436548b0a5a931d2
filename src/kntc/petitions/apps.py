"""Đơn and vụ việc: intake, duplicates, classification, handling, transfer."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "kntc.petitions"
    label = "petitions"
    verbose_name = "Đơn"

    def ready(self) -> None:
        from kntc.accounts import workload
        from kntc.petitions import body_uses, holdings
        from kntc.petitions.workload import DraftWork, PetitionWork

        workload.PROVIDERS += [PetitionWork(), DraftWork()]
        body_uses.register()
        holdings.register()
