"""Taking away the second factors of somebody who has lost them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.factors import drop_factors
from kntc.accounts.screens.person import found
from kntc.audit.rights import Right


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def drop(request: OfficerRequest, pk: int) -> HttpResponse:
    """Gỡ bước xác thực thứ hai."""
    account = found(request, pk)
    if drop_factors(account=account, by=request.officer):
        messages.success(request, f"Đã gỡ bước xác thực thứ hai của {account.full_name}.")
    else:
        messages.info(request, f"{account.full_name} chưa thiết lập bước xác thực thứ hai.")
    return redirect("accounts:person", pk)
