"""Addresses of sign-in and own account."""

from django.urls import include, path

from kntc.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-nhap/buoc-hai/", views.second_step, name="second-step"),
    path("kich-hoat/", views.activate, name="activate"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("doi-mat-khau/", views.ChangePassword.as_view(), name="change-password"),
    path("vi-tri-cong-tac/", views.choose_post, name="choose-post"),
    path("chua-co-vi-tri/", views.no_post, name="no-post"),
    path("", include("kntc.accounts.screens.own_urls")),
    path("", include("kntc.accounts.screens.sso_urls")),
    path("quan-tri/nguoi-dung/", include("kntc.accounts.screens.people_urls")),
    path("quan-tri/tai-khoan/", include("kntc.accounts.screens.census_urls")),
    path("thong-bao/", include("kntc.accounts.screens.messages_urls")),
    path("quan-tri/nhom/", include("kntc.accounts.screens.groups_urls")),
    path("quan-tri/quyen/", include("kntc.accounts.screens.rights_urls")),
    path("quan-tri/ra-soat/", include("kntc.accounts.screens.reviews_urls")),
    path("quan-tri/phan-cap/", include("kntc.accounts.screens.delegation_urls")),
]
