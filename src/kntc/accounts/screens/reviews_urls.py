"""Addresses of the access review, under /quan-tri/ra-soat/."""

from django.urls import path

from kntc.accounts.screens import reviews

urlpatterns = [
    path("", reviews.index, name="reviews"),
    path("mo/", reviews.open_, name="open-reviews"),
    path("<int:pk>/", reviews.review, name="review"),
    path("<int:pk>/giu/", reviews.confirm, name="confirm-review"),
    path("<int:pk>/thu-hoi/<int:item_pk>/", reviews.withdraw, name="withdraw-post"),
    path("<int:pk>/ket-thuc/", reviews.close, name="close-review"),
]
