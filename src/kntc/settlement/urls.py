"""Addresses of settlement."""

from django.urls import path

from kntc.settlement import views

app_name = "settlement"
urlpatterns = [
    path("", views.index, name="list"),
    path("don/<int:pk>/xu-ly/", views.handle, name="handle"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ket-qua/", views.settle, name="settle"),
    path("<int:pk>/gia-han/", views.extend, name="extend"),
    path("<int:pk>/tam-dinh-chi/", views.suspend, name="suspend"),
    path("<int:pk>/tiep-tuc/", views.resume, name="resume"),
]
