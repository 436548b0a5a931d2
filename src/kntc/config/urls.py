"""All addresses: each room's own, in one list."""

from django.urls import URLPattern, URLResolver, include, path

from kntc.accounts.screens import directory_urls, reorganising_urls
from kntc.agencies import urls as agencies
from kntc.registers import urls as registers

# Who may keep agencies and bodies in order is known in accounts, above the room of agencies: such screens stand there
# and bear that room's name all the same.
AGENCIES: list[URLPattern | URLResolver] = [
    *agencies.urlpatterns,
    path("quan-tri/danh-muc/", include(directory_urls.urlpatterns)),
    path("quan-tri/sap-xep/", include(reorganising_urls.urlpatterns)),
]

# A list of colleagues comes in through the room of registers and is a part of administration.
REGISTERS: list[URLPattern | URLResolver] = [
    path("nhap-so/", include(registers.urlpatterns)),
    path("quan-tri/nguoi-dung/nhap-excel/", include("kntc.registers.people.urls")),
]

urlpatterns = [
    path("", include("kntc.web.urls")),
    path("", include("kntc.accounts.urls")),
    path("", include((AGENCIES, "agencies"))),
    path("don/", include("kntc.petitions.urls")),
    path("tiep-cong-dan/", include("kntc.reception.urls")),
    path("giai-quyet/", include("kntc.settlement.urls")),
    path("", include((REGISTERS, "registers"))),
    path("", include("kntc.reports.urls")),
    path("suc-khoe/", include("kntc.ops.urls")),
]

handler400 = "kntc.web.errors.bad_request"
handler403 = "kntc.web.errors.forbidden"
handler404 = "kntc.web.errors.not_found"
handler500 = "kntc.web.errors.server_error"
