"""Addresses of the directory of bodies. They bear the names `agencies:*`: see kntc/config/urls.py."""

from django.urls import path

from kntc.accounts.screens import directory

urlpatterns = [
    path("", directory.index, name="directory"),
    path("cho-duyet/", directory.proposals, name="proposals"),
    path("nghi-trung/", directory.duplicates, name="duplicates"),
    path("nghi-trung/khac-nhau/", directory.distinct, name="distinct"),
    path("da-gop/", directory.merges, name="merges"),
    path("da-gop/<int:pk>/hoan-lai/", directory.undo, name="undo-merge"),
    path("<int:pk>/", directory.body, name="body"),
    path("<int:pk>/sua/", directory.correct, name="correct-body"),
    path("<int:pk>/duyet/", directory.approve, name="approve-body"),
    path("<int:pk>/khong-duyet/", directory.reject, name="reject-body"),
    path("<int:pk>/hoi-lai/", directory.ask, name="ask-body"),
    path("<int:pk>/tra-loi/", directory.answer, name="answer-body"),
    path("<int:pk>/gop/", directory.merge, name="merge-body"),
]
