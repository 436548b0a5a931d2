"""The census as a file: of now, and those kept each month."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts import mailing
from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.census import Census
from kntc.accounts.models import CensusFile
from kntc.accounts.screens.census import counted_agency
from kntc.audit.errors import OutOfReach
from kntc.audit.rights import Right
from kntc.reports.census.excel import excel_of, file_name
from kntc.reports.census.monthly import choose_monthly, is_wanted
from kntc.reports.paper import EXCEL_TYPE

MOST = 60


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def excel(request: OfficerRequest) -> HttpResponse:
    census = Census(counted_agency(request.GET.get("co-quan", ""), request.officer))
    return _file(excel_of(census, request.officer.name), file_name(census, timezone.localdate()))


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def kept(request: OfficerRequest, pk: int) -> HttpResponse:
    """The file of a month."""
    found = CensusFile.objects.visible_to(request.officer).filter(pk=pk).first()
    if found is None:
        raise OutOfReach("Tệp thống kê này")
    return _file(bytes(found.content), found.name)


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def monthly(request: OfficerRequest) -> HttpResponse:
    """The files kept, and whether the next one is to come by itself."""
    files = CensusFile.objects.visible_to(request.officer).select_related("agency").defer("content")
    context = {
        "files": files.order_by("-month", "agency__lft")[:MOST],
        "wanted": is_wanted(request.officer.post),
        "by_mail": mailing.is_set_up(),
        "email": request.officer.account.email,
    }
    return render(request, "reports/census/monthly.html", context)


@require_POST
@signed_in(right=Right.MANAGE_ACCOUNTS)
def choose(request: OfficerRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "1"
    choose_monthly(wanted=wanted, by=request.officer)
    messages.success(request, "Đã bật tệp hằng tháng." if wanted else "Đã thôi nhận tệp hằng tháng.")
    return redirect("reports:census-monthly")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
