"""Giving a petition to a colleague, and taking one from the common tray."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right
from kntc.petitions.actions import assign_petition, take_petition
from kntc.petitions.models import Petition
from kntc.petitions.queries import Handler, handlers, own_petition

NOBODY = "0"


@require_http_methods(["GET", "POST"])
@signed_in(Right.ASSIGN)
def assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Giao người xử lý: the colleagues with what each has in hand."""
    petition = own_petition(pk, request.officer)
    choices = handlers(petition.keeper)
    problem = ""
    if request.method == "POST":
        try:
            return _assign(request, petition, choices)
        except InvalidInput as refusal:
            problem = refusal.message
    context = {"petition": petition, "words": petition.words, "handlers": choices, "problem": problem}
    return render(request, "petitions/assign.html", context, status=422 if problem else 200)


def _assign(request: OfficerRequest, petition: Petition, choices: list[Handler]) -> HttpResponse:
    wanted = request.POST.get("to", "")
    to = next((handler.post for handler in choices if str(handler.post.pk) == wanted), None)
    if to is None and wanted != NOBODY:
        raise InvalidInput({"to": "Hãy chọn người xử lý trong danh sách."})
    reason = request.POST.get("reason", "").strip()[:500]
    assign_petition(petition=petition, to=to, by=request.officer, reason=reason)
    told = f"cho {to.account.full_name}" if to else "về việc chung của cơ quan"
    messages.success(request, f"Đã giao đơn {petition.number} {told}.")
    return redirect("petitions:detail", petition.pk)


@require_POST
@signed_in(Right.HANDLE)
def take(request: OfficerRequest, pk: int) -> HttpResponse:
    """Nhận xử lý."""
    petition = take_petition(petition=own_petition(pk, request.officer), by=request.officer)
    messages.success(request, f"Bạn đang xử lý đơn {petition.number}.")
    return redirect("petitions:detail", petition.pk)
