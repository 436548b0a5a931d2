"""Addresses of reports, under /bao-cao/, and of the figures about use and accounts, under /quan-tri/."""

from django.urls import URLPattern, URLResolver, include, path

from kntc.reports import review_minutes, views

_reports: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("co-quan/", views.find_agencies, name="find-agencies"),
    path("su-dung/", include("kntc.reports.usage.urls")),
    path("<slug:slug>/", views.table, name="table"),
    path("<slug:slug>/excel/", views.table_excel, name="table-excel"),
]

app_name = "reports"
urlpatterns = [
    path("bao-cao/", include(_reports)),
    path("quan-tri/ra-soat/<int:pk>/bien-ban.docx", review_minutes.word, name="review-word"),
    path("quan-tri/ra-soat/<int:pk>/bien-ban.pdf", review_minutes.pdf, name="review-pdf"),
    path("quan-tri/tai-khoan/tep/", include("kntc.reports.census.urls")),
    path("quan-tri/theo-doi/", include("kntc.reports.adoption.urls")),
]
