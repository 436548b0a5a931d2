"""Addresses of reports, under /bao-cao/."""

from django.urls import include, path

from kntc.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("co-quan/", views.find_agencies, name="find-agencies"),
    path("su-dung/", include("kntc.reports.usage.urls")),
    path("<slug:slug>/", views.table, name="table"),
    path("<slug:slug>/excel/", views.table_excel, name="table-excel"),
]
