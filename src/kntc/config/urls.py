"""All addresses: each room's own, in one list."""

from django.urls import include, path

urlpatterns = [
    path("", include("kntc.web.urls")),
    path("", include("kntc.accounts.urls")),
    path("", include("kntc.agencies.urls")),
    path("don/", include("kntc.petitions.urls")),
    path("tiep-cong-dan/", include("kntc.reception.urls")),
    path("giai-quyet/", include("kntc.settlement.urls")),
    path("nhap-so/", include("kntc.registers.urls")),
    path("bao-cao/", include("kntc.reports.urls")),
    path("suc-khoe/", include("kntc.ops.urls")),
]

handler400 = "kntc.web.errors.bad_request"
handler403 = "kntc.web.errors.forbidden"
handler404 = "kntc.web.errors.not_found"
handler500 = "kntc.web.errors.server_error"
