"""Phân cấp quản trị: read by every officer, changed by the national administrator."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.delegating import change_delegation
from kntc.accounts.acts import Act, Tier
from kntc.accounts.administration import tier_of
from kntc.accounts.officers import Officer
from kntc.accounts.rights import delegating
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do thay đổi",
        max_length=255,
        error_messages={"required": "Hãy ghi lý do thay đổi: mọi cơ quan đều xem được."},
    )


@require_GET
@signed_in()
def index(request: OfficerRequest) -> HttpResponse:
    context = {
        "rows": delegating.table(),
        "tiers": [(tier, delegating.REACH[tier]) for tier in Tier],
        "past": delegating.past(),
        "may_change": _may_change(request.officer),
        "own_tier": tier_of(request.officer) if request.officer.has_right(Right.MANAGE_ACCOUNTS) else None,
    }
    return render(request, "accounts/delegation/index.html", context)


def _may_change(officer: Officer) -> bool:
    return officer.has_right(Right.MANAGE_ACCOUNTS) and tier_of(officer) == Tier.NATION


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def change(request: OfficerRequest, act: str, tier: str) -> HttpResponse:
    """What the cell says, what it will say, and why."""
    if not _may_change(request.officer):
        raise NotAllowed(message="Bảng phân cấp quản trị do quản trị trung ương thay đổi.")
    if act not in Act.values or tier not in Tier.values:
        raise Refused("Bảng phân cấp không có ô này. Hãy mở lại bảng phân cấp.")
    cell = delegating.cell(Act(act), Tier(tier))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _changed(request, cell, form.cleaned_data["reason"])
        except InvalidInput as refusal:
            form.add_error("reason", refusal.errors["reason"])
    context = {"cell": cell, "form": form, "reach": delegating.REACH[cell.tier]}
    return render(request, "accounts/delegation/change.html", context, status=422 if form.is_bound else 200)


def _changed(request: OfficerRequest, cell: delegating.Cell, reason: str) -> HttpResponse:
    # What the page showed, not what stands now: a cell that a colleague has changed meanwhile is not turned back.
    allowed = request.POST.get("allowed") == "1"
    change_delegation(act=cell.act, tier=cell.tier, allowed=allowed, reason=reason, by=request.officer)
    said = "làm được" if allowed else "không còn làm được"
    messages.success(request, f"Từ bây giờ quản trị cấp “{cell.tier.label}” {said}: {cell.act.label}.")
    return redirect("accounts:delegation")
