"""Tiếp công dân: visits and the book."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "kntc.reception"
    label = "reception"
    verbose_name = "Tiếp công dân"
