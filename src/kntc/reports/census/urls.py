"""Under /quan-tri/tai-khoan/tep/."""

from django.urls import path

from kntc.reports.census import views

urlpatterns = [
    path("", views.monthly, name="census-monthly"),
    path("nhan/", views.choose, name="census-choose"),
    path("excel/", views.excel, name="census-excel"),
    path("<int:pk>/", views.kept, name="census-file"),
]
