"""Under /quan-tri/theo-doi/."""

from django.urls import path

from kntc.reports.adoption import views

urlpatterns = [
    path("", views.monitor, name="adoption"),
    path("excel/", views.excel, name="adoption-excel"),
    path("soan-nhac/", views.prepare, name="adoption-prepare"),
    path("nhac/", views.nudge, name="adoption-nudge"),
]
