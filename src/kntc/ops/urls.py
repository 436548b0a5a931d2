"""Addresses for monitors, under /suc-khoe/."""

from django.urls import path

from kntc.ops import views

app_name = "ops"
urlpatterns = [path("", views.health, name="health")]
