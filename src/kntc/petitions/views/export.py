"""The list as a file."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.rights import Right
from kntc.petitions.exporting import export as export_list
from kntc.petitions.listing import Listing


@require_GET
@signed_in(Right.EXPORT)
def export(request: OfficerRequest) -> Any:
    """Kết xuất danh sách đang xem ra Excel."""
    listing = Listing(request.officer, request.GET)
    if listing.problems:
        # The list says what is wrong with its address.
        return redirect(reverse("petitions:list") + listing.address.url())
    name = f"danh-sach-don-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(export_list(listing), as_attachment=True, filename=name)
