"""People who work here: accounts, posts, sign-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kntc.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from kntc.accounts.sign_in import entering

        user_logged_in.connect(entering.seat_taken)
        user_logged_out.connect(entering.seat_left)
