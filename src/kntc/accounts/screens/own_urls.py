"""Addresses of one's own account and of the locked screen."""

from django.urls import path

from kntc.accounts.screens import lock, own

urlpatterns = [
    path("tai-khoan-cua-toi/", own.profile, name="profile"),
    path("tai-khoan-cua-toi/dang-xuat-noi-khac/", own.end_other_seats, name="end-other-seats"),
    path("tai-khoan-cua-toi/bao-mat/", own.security, name="security"),
    path("tai-khoan-cua-toi/bao-mat/ma-xac-thuc/", own.set_up_codes, name="set-up-codes"),
    path("tai-khoan-cua-toi/bao-mat/khoa-truy-cap/", own.add_passkey, name="add-passkey"),
    path("tai-khoan-cua-toi/bao-mat/khoa-truy-cap/hoi/", own.passkey_options, name="passkey-options"),
    path("tai-khoan-cua-toi/bao-mat/ma-khoi-phuc/", own.recovery_codes, name="recovery-codes"),
    path("mo-khoa/", lock.unlock, name="unlock"),
    path("khoa-man-hinh/", lock.lock, name="lock"),
    path("con-lam-viec/", lock.stay, name="stay"),
    path("xac-nhan/", lock.prove, name="prove"),
]
