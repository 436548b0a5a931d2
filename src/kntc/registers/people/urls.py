"""Addresses of the import of colleagues, which bear the names `registers:*`: see kntc/config/urls.py."""

from django.urls import path

from kntc.registers.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("tep-mau.xlsx", views.template, name="people-template"),
    path("dong-tra-lai.xlsx", views.returned, name="people-returned"),
]
