"""Addresses of sign-in and own account."""

from django.urls import include, path

from kntc.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("doi-mat-khau/", views.ChangePassword.as_view(), name="change-password"),
    path("vi-tri-cong-tac/", views.choose_post, name="choose-post"),
    path("chua-co-vi-tri/", views.no_post, name="no-post"),
    path("quan-tri/tai-khoan/", include("kntc.accounts.screens.census_urls")),
]
