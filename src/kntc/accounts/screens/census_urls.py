"""Under /quan-tri/tai-khoan/."""

from django.urls import path

from kntc.accounts.screens import census

urlpatterns = [path("", census.census, name="census")]
