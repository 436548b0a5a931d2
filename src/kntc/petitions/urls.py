"""Addresses of petitions."""

from django.urls import path

from kntc.petitions.views import assigning, detail, dispatching, export, intake, listing, saved, voided

app_name = "petitions"
urlpatterns = [
    path("", listing.index, name="list"),
    path("dem/", listing.counts, name="counts"),
    path("bo-loc/", listing.filter_panel, name="filters"),
    path("cot/", listing.column_panel, name="columns"),
    path("co-quan/", listing.agencies, name="agencies"),
    path("da-luu/", listing.saved_panel, name="saved"),
    path("da-luu/luu/", saved.save, name="save-view"),
    path("da-luu/<int:pk>/bo/", saved.delete, name="delete-view"),
    path("ket-xuat/", export.export, name="export"),
    path("da-huy/", voided.voided, name="voided"),
    path("de-nghi-huy/", voided.requests, name="void-requests"),
    path("de-nghi-huy/<int:pk>/", voided.answer, name="answer-void"),
    path("moi/", intake.register, name="new"),
    path("nhap/", intake.drafts, name="drafts"),
    path("nhap/luu/", intake.keep_draft, name="keep-draft"),
    path("nhap/<int:pk>/bo/", intake.drop_draft, name="drop-draft"),
    path("nguoi/", intake.recall, name="recall"),
    path("nguoi/them/", intake.person_row, name="person"),
    path("linh-vuc/", intake.suggest, name="suggest"),
    path("truong-bat-buoc/", intake.rule_table, name="rules"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/van-ban/<slug:paper>.docx", dispatching.letter, name="letter"),
    path("<int:pk>/van-ban/<slug:paper>/da-gui/", dispatching.record, name="record-dispatch"),
    path("van-ban-gui/", dispatching.index, name="dispatches"),
    path("van-ban-gui/<int:pk>/", dispatching.dispatch, name="dispatch"),
    path("van-ban-gui/<int:pk>/van-ban.docx", dispatching.sent_letter, name="sent-letter"),
    path("van-ban-gui/<int:pk>/tra-loi/", dispatching.reply, name="dispatch-reply"),
    path("van-ban-gui/<int:pk>/huy/", dispatching.void, name="void-dispatch"),
    path("<int:pk>/sua/", intake.correct, name="correct"),
    path("<int:pk>/huy/", detail.void, name="void"),
    path("<int:pk>/khoi-phuc/", detail.restore, name="restore"),
    path("<int:pk>/nguoi-to-cao/", detail.open_vault, name="open-vault"),
    path("<int:pk>/giao/", assigning.assign, name="assign"),
    path("<int:pk>/nhan/", assigning.take, name="take"),
    path("<int:pk>/vu-viec/gan/", detail.link, name="link"),
    path("<int:pk>/vu-viec/tach/", detail.unlink, name="unlink"),
]
