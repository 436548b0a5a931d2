"""Đơn and vụ việc: intake, duplicates, classification, handling, transfer."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "kntc.petitions"
    label = "petitions"
    verbose_name = "Đơn"
