"""Addresses of "Sắp xếp cơ quan"."""

from django.urls import path

from kntc.accounts.screens import reorganising

urlpatterns = [
    path("", reorganising.index, name="reorganise"),
    path("lap/<slug:operation>/", reorganising.operation, name="operation"),
    path("<int:pk>/", reorganising.change, name="change"),
    path("<int:pk>/huy/", reorganising.cancel, name="cancel-change"),
    path("<int:pk>/hoan-tac/", reorganising.undo, name="undo-change"),
    path("<int:pk>/excel/", reorganising.excel, name="change-excel"),
]
