"""Under /thong-bao/."""

from django.urls import path

from kntc.accounts.screens import messages

urlpatterns = [
    path("", messages.inbox, name="messages"),
    path("da-doc/", messages.read_all, name="messages-read"),
]
