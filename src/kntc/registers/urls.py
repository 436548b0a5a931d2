from django.urls import path

from kntc.registers import views

app_name = "registers"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/cot/", views.columns, name="columns"),
    path("<int:pk>/cach-ghi/", views.meanings, name="meanings"),
    path("<int:pk>/co-quan/", views.agency, name="agency"),
    path("<int:pk>/doc-lai/", views.read_again, name="read-again"),
    path("<int:pk>/nhap/", views.start, name="start"),
    path("<int:pk>/bo/", views.discard, name="discard"),
    path("<int:pk>/tien-do/", views.progress, name="progress"),
    path("<int:pk>/dong-bi-tra-lai.xlsx", views.rejected, name="rejected"),
    path("<int:pk>/nghi-trung/<int:duplicate_pk>/", views.skip, name="skip"),
]
