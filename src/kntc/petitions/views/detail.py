"""One petition with everything on one page, and the acts that start from it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.law.deadlines import Deadline, deadline
from kntc.law.errors import LawError
from kntc.law.fields import field_name
from kntc.people.actions import open_identity
from kntc.petitions import effects
from kntc.petitions.actions import (
    ask_to_void,
    consent_of,
    link_matter,
    restore_petition,
    unlink_matter,
    void_petition,
)
from kntc.petitions.forms import ReasonForm
from kntc.petitions.history import timeline
from kntc.petitions.models import Petition
from kntc.petitions.queries import own_petition, siblings, visible_petition


@signed_in(Right.READ)
def detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Người, nội dung, vụ việc và các đơn khác, xử lý, văn bản, lịch sử: một trang."""
    petition = visible_petition(pk, request.officer)
    return render(request, "petitions/detail.html", _context(request, petition))


def _context(request: OfficerRequest, petition: Petition) -> dict[str, Any]:
    officer = request.officer
    may_read = officer.has_right(Right.READ_CONTENT)
    return {
        "petition": petition,
        "words": petition.words,
        "parties": list(petition.parties.all()) if may_read else [],
        "sealed": next((p.sealed for p in petition.parties.all() if p.sealed_id), None),
        "field_name": field_name(petition.field) if petition.field else "",
        "siblings": siblings(petition, officer),
        "cases": list(petition.cases.filter(voided_at=None).select_related("agency")),
        "clock": explain(petition),
        "steps": timeline(petition) if may_read else [],
        "own": petition.keeper_id == officer.agency_id,
        "rights": {right.value: officer.has_right(right) for right in Right},
        "today": timezone.localdate(),
    }


def explain(petition: Petition) -> Deadline | None:
    """Why the examination is due that day; None where the law sets no term."""
    try:
        return deadline(petition.due_rule, petition.received_on) if petition.due_rule else None
    except LawError:
        return None


@require_http_methods(["GET", "POST"])
@signed_in(Right.VOID)
def void(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hủy đơn nhập sai: what it changes, then why; where another agency built on it, the question to that agency."""
    petition = own_petition(pk, request.officer)
    asked = consent_of(petition, request.officer)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _void(request, petition, form.cleaned_data["reason"], bool(asked))
        except InvalidInput as refusal:
            form.add_error("reason", refusal.errors["reason"])
    context = {
        "petition": petition,
        "words": petition.words,
        "form": form,
        "asked": asked,
        "effects": effects.of_voiding(petition, request.officer),
    }
    return render(request, "petitions/void.html", context, status=422 if form.is_bound else 200)


def _void(request: OfficerRequest, petition: Petition, reason: str, ask: bool) -> HttpResponse:
    if ask:
        ask_to_void(petition=petition, reason=reason, by=request.officer)
        messages.success(
            request, f"Đã gửi đề nghị hủy đơn {petition.number}. Đơn được hủy khi mọi nơi được hỏi đồng ý."
        )
        return redirect("petitions:detail", petition.pk)
    void_petition(petition=petition, reason=reason, by=request.officer)
    messages.success(request, f"Đã hủy đơn {petition.number}. Có thể khôi phục trong “Đơn đã hủy”.")
    return redirect("petitions:list")


@require_POST
@signed_in(Right.RESTORE)
def restore(request: OfficerRequest, pk: int) -> HttpResponse:
    """Khôi phục đơn đã hủy."""
    petition = restore_petition(
        petition=visible_petition(pk, request.officer),
        by=request.officer,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, f"Đã khôi phục đơn {petition.number} như trước khi hủy.")
    return redirect("petitions:detail", petition.pk)


@require_POST
@signed_in(Right.OPEN_VAULT)
def open_vault(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mở thông tin người tố cáo: shown once on its own page, never stored in the browser."""
    petition = visible_petition(pk, request.officer)
    party = next((p for p in petition.parties.all() if p.sealed_id), None)
    if party is None or party.sealed is None:
        raise OutOfReach("Thông tin người tố cáo")
    identity = open_identity(sealed=party.sealed, reason=request.POST.get("reason", ""), by=request.officer)
    response = render(request, "petitions/vault.html", {"petition": petition, "identity": identity})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@signed_in(Right.HANDLE)
def link(request: OfficerRequest, pk: int) -> HttpResponse:
    """Gắn đơn vào vụ việc của đơn có số này."""
    petition = own_petition(pk, request.officer)
    number = request.POST.get("number", "").strip().upper()
    other = Petition.objects.visible_to(request.officer).live().filter(number=number).first()
    if other is None:
        sentence = f"Không thấy đơn số “{number[:40]}” trong phạm vi của bạn. Hãy kiểm tra lại số đơn."
        raise InvalidInput({"number": sentence})
    link_matter(petition=petition, other=other, by=request.officer)
    messages.success(request, f"Đã gắn vào vụ việc của đơn {other.number}.")
    return redirect("petitions:detail", petition.pk)


@require_POST
@signed_in(Right.HANDLE)
def unlink(request: OfficerRequest, pk: int) -> HttpResponse:
    """Tách đơn ra vụ việc riêng."""
    petition = unlink_matter(petition=visible_petition(pk, request.officer), by=request.officer)
    messages.success(request, "Đã tách thành vụ việc riêng.")
    return redirect("petitions:detail", petition.pk)
