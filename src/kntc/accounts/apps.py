"""People who work here: accounts, posts, sign-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kntc.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
