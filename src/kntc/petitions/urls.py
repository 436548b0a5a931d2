"""Addresses of petitions."""

from django.urls import path

from kntc.petitions.views import detail, intake

app_name = "petitions"
urlpatterns = [
    path("moi/", intake.register, name="new"),
    path("nhap/", intake.drafts, name="drafts"),
    path("nhap/luu/", intake.keep_draft, name="keep-draft"),
    path("nhap/<int:pk>/bo/", intake.drop_draft, name="drop-draft"),
    path("nguoi/", intake.recall, name="recall"),
    path("nguoi/them/", intake.person_row, name="person"),
    path("linh-vuc/", intake.suggest, name="suggest"),
    path("truong-bat-buoc/", intake.rule_table, name="rules"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/sua/", intake.correct, name="correct"),
    path("<int:pk>/huy/", detail.void, name="void"),
    path("<int:pk>/khoi-phuc/", detail.restore, name="restore"),
    path("<int:pk>/nguoi-to-cao/", detail.open_vault, name="open-vault"),
    path("<int:pk>/vu-viec/gan/", detail.link, name="link"),
    path("<int:pk>/vu-viec/tach/", detail.unlink, name="unlink"),
]
