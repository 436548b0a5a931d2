"""Addresses of the delegation page, under /quan-tri/phan-cap/."""

from django.urls import path

from kntc.accounts.screens import delegation

urlpatterns = [
    path("", delegation.index, name="delegation"),
    path("<slug:act>/<slug:tier>/", delegation.change, name="change-delegation"),
]
