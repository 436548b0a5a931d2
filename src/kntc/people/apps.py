"""Petitioners and respondents, and the vault for those who denounce."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kntc.people"
    label = "people"
    verbose_name = "Người viết đơn"
