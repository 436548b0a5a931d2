"""Đơn đã hủy, and the questions "may we void this?" between agencies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.petitions.actions import answer_void_request
from kntc.petitions.addresses import Address
from kntc.petitions.models import VoidRequest
from kntc.petitions.paging import keyed_page
from kntc.petitions.voids import (
    ANSWERED_SHOWN,
    LATEST,
    asked_of,
    explained,
    settled_requests,
    voided_petitions,
)

PAGE = 20


@require_GET
@signed_in(Right.READ)
def voided(request: OfficerRequest) -> HttpResponse:
    """Đơn đã hủy của phạm vi mình: ai hủy, khi nào, vì sao; khôi phục được."""
    address = Address.of(request.GET)
    number = address.parameters.get("q", "")[:40]
    page = keyed_page(voided_petitions(request.officer, number), LATEST, request.GET, PAGE)
    context = {
        "rows": explained(page.rows, request.officer),
        "search": number,
        "previous": address.url(before=page.previous) if page.previous else "",
        "next": address.url(after=page.next) if page.next else "",
        "may_restore": request.officer.has_right(Right.RESTORE),
        "own": request.officer.agency_id,
    }
    return render(request, "petitions/voided.html", context)


@require_GET
@signed_in(Right.VOID)
def requests(request: OfficerRequest) -> HttpResponse:
    """Đề nghị hủy: việc chờ cơ quan mình trả lời, và việc mình đã gửi."""
    return render(request, "petitions/void_requests.html", _context(request))


def _context(request: OfficerRequest, **more: Any) -> dict[str, Any]:
    others = list(settled_requests(request.officer)[: ANSWERED_SHOWN + 1])
    return {
        "asked": asked_of(request.officer),
        "others": others[:ANSWERED_SHOWN],
        "more": len(others) > ANSWERED_SHOWN,
        "shown": ANSWERED_SHOWN,
        "own": request.officer.agency_id,
    } | more


@require_POST
@signed_in(Right.VOID)
def answer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Đồng ý, hoặc không đồng ý và vì sao."""
    asked = VoidRequest.objects.filter(asked_id=request.officer.agency_id, pk=pk).first()
    if asked is None:
        raise OutOfReach("Đề nghị hủy này")
    agree = request.POST.get("answer") == "agree"
    said = request.POST.get("reason", "").replace("\0", "").strip()[:2000]
    try:
        answer_void_request(request=asked, agree=agree, answer=said, by=request.officer)
    except InvalidInput as problem:
        context = _context(request, problem=problem.errors["answer"], problem_at=pk)
        return render(request, "petitions/void_requests.html", context, status=422)
    verb = "Đã đồng ý hủy" if agree else "Đã trả lời không đồng ý hủy"
    messages.success(request, f"{verb} đơn {asked.number}.")
    return redirect("petitions:void-requests")
