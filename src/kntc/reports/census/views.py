"""The census as a file."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.census import Census
from kntc.accounts.screens.census import counted_agency
from kntc.audit.rights import Right
from kntc.reports.census.excel import excel_of, file_name
from kntc.reports.paper import EXCEL_TYPE


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def excel(request: OfficerRequest) -> HttpResponse:
    census = Census(counted_agency(request.GET.get("co-quan", ""), request.officer))
    response = HttpResponse(excel_of(census, request.officer.name), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(census, timezone.localdate())}"'
    return response
