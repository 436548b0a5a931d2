"""Addresses of the usage report, under /bao-cao/su-dung/ in the namespace of reports."""

from django.urls import path

from kntc.reports.usage import views

urlpatterns = [
    path("", views.usage, name="usage"),
    path("word/", views.usage_word, name="usage-word"),
    path("pdf/", views.usage_pdf, name="usage-pdf"),
]
