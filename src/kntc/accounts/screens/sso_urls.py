"""Addresses of single sign-on."""

from django.urls import path

from kntc.accounts.screens import sso

urlpatterns = [
    path("dang-nhap/sso/", sso.start, name="sso-start"),
    path("dang-nhap/sso/ve/", sso.callback, name="sso-callback"),
    path("tai-khoan-cua-toi/bao-mat/go-lien-ket/", sso.unlink, name="sso-unlink"),
]
