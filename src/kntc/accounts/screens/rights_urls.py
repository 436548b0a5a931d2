"""Addresses of rights, under /quan-tri/quyen/."""

from django.urls import path

from kntc.accounts.screens import rights

urlpatterns = [
    path("", rights.index, name="rights"),
    path("vi-sao/", rights.why, name="why"),
    path("nguoi/<int:pk>/", rights.of_person, name="rights-of"),
]
