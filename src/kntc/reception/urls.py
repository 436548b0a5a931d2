"""Addresses of reception."""

from django.urls import path

from kntc.reception import views

app_name = "reception"
urlpatterns = [path("", views.index, name="list"), path("moi/", views.record, name="new")]
