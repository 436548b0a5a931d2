"""Addresses of groups, under /quan-tri/nhom/."""

from django.urls import path

from kntc.accounts.screens import groups

urlpatterns = [
    path("", groups.index, name="groups"),
    path("moi/", groups.new, name="new-group"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/nguoi/", groups.people, name="group-people"),
    path("<int:pk>/doi-ten/", groups.rename, name="rename-group"),
    path("<int:pk>/quyen/", groups.change_rights, name="group-rights"),
    path("<int:pk>/them/", groups.add, name="group-add"),
    path("<int:pk>/rut/", groups.remove, name="group-remove"),
    path("<int:pk>/xoa/", groups.delete, name="delete-group"),
    path("<int:pk>/gop/", groups.merge, name="merge-group"),
    path("<int:pk>/tach-lai/", groups.undo, name="undo-merge"),
]
