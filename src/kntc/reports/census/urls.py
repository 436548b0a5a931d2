"""Under /quan-tri/tai-khoan/tep/."""

from django.urls import path

from kntc.reports.census import views

urlpatterns = [path("excel/", views.excel, name="census-excel")]
