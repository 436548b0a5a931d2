"""Sắp xếp cơ quan: what was done and what waits for its day, each with its report; one page an operation."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts import administration
from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.acts import Act
from kntc.accounts.officers import Officer
from kntc.accounts.reorganisation import plan as plans
from kntc.accounts.reorganisation.actions import cancel_change, do, preview, undo_change
from kntc.accounts.reorganisation.paper import EXCEL_TYPE, excel_of
from kntc.accounts.reorganisation.plan import Plan
from kntc.accounts.screens.reorganising_forms import FORMS
from kntc.agencies.models import Agency, AgencyChange
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.rights import Right

PAGE = 30
# As many lines of a report as a page shows; the Excel file has all.
SHOWN = 200
FEW = 24


def may_reorganise(officer: Officer) -> bool:
    try:
        administration.require(officer, Act.REORGANISE)
    except NotAllowed:
        return False
    return True


def visible(officer: Officer) -> "QuerySet[AgencyChange]":
    """Changes of agencies that this administrator looks after. One statement more for a subtree."""
    changes = AgencyChange.objects.order_by("-pk")
    if officer.scope.kind == "all":
        return changes
    overseen = Agency.objects.subtree(officer.oversees).values_list("pk", flat=True)
    return changes.filter(agency_ids__overlap=list(overseen))


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def index(request: OfficerRequest) -> HttpResponse:
    """Newest first, by key. Four statements."""
    before = request.GET.get("sau", "")
    rows = visible(request.officer).defer("programme", "report", "moved")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    context = {
        "changes": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
        "operations": [(slug, label, icon) for slug, (label, icon, _) in FORMS.items()],
        "may": may_reorganise(request.officer),
    }
    return render(request, "accounts/reorganising/index.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def operation(request: OfficerRequest, operation: str) -> HttpResponse:
    """Asked, looked at, done: "Xem trước" shows what moves, "Thực hiện" does it."""
    administration.require(request.officer, Act.REORGANISE)
    if operation not in FORMS:
        raise Refused("Không có việc sắp xếp này. Hãy chọn lại trong danh sách.")
    label, _, form_class = FORMS[operation]
    form = form_class(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "label": label, "operation": operation}
    if form.is_valid():
        try:
            asked = form.programme()
            if "lam" in request.POST:
                return _done(request, do(asked, request.officer))
            context |= _shown(preview(asked, request.officer))
            return render(request, "accounts/reorganising/operation.html", context)
        except InvalidInput as refusal:
            form.add_error(None, refusal.message)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/reorganising/operation.html", context, status=status)


def _done(request: OfficerRequest, change: AgencyChange) -> HttpResponse:
    planned = change.status == AgencyChange.Status.PLANNED
    messages.success(request, "Đã lập, sẽ thực hiện đúng ngày." if planned else "Đã thực hiện việc sắp xếp.")
    return redirect("agencies:change", pk=change.pk)


def _shown(plan: Plan) -> dict[str, Any]:
    """What the page says of a plan or report, names in the place of codes."""
    return {
        "plan": plan,
        "by_kind": plan.by_kind,
        "lines": plan.lines[:SHOWN],
        "posts": plan.posts[:SHOWN],
        "more_lines": max(len(plan.lines) - SHOWN, 0),
        "more_posts": max(len(plan.posts) - SHOWN, 0),
        "untold": plan.untold_lines[:SHOWN],
        "groups": plan.groups[:FEW],
        "watchers": plan.watchers[:FEW],
        "books": plan.books[:FEW],
        "is_large": max(len(plan.groups), len(plan.watchers), len(plan.books)) > FEW,
    }


def _change(request: OfficerRequest, pk: int) -> AgencyChange:
    found = visible(request.officer).filter(pk=pk).first()
    if found is None:
        raise OutOfReach("Việc sắp xếp này")
    return found


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def change(request: OfficerRequest, pk: int) -> HttpResponse:
    """The report of what was done, or the plan of what waits."""
    found = _change(request, pk)
    may = may_reorganise(request.officer)
    context = _shown(plans.from_json(found.report)) | {
        "change": found,
        "may_cancel": may and found.status in (AgencyChange.Status.PLANNED, AgencyChange.Status.FAILED),
        "may_undo": may and found.status == AgencyChange.Status.DONE,
    }
    return render(request, "accounts/reorganising/change.html", context)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def cancel(request: OfficerRequest, pk: int) -> HttpResponse:
    cancel_change(change=_change(request, pk), by=request.officer)
    messages.success(request, "Đã hủy việc sắp xếp chưa đến ngày.")
    return redirect("agencies:change", pk=pk)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def undo(request: OfficerRequest, pk: int) -> HttpResponse:
    undo_change(change=_change(request, pk), by=request.officer)
    messages.success(request, "Đã hoàn tác: mọi thứ trở lại như trước khi sắp xếp.")
    return redirect("agencies:change", pk=pk)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def excel(request: OfficerRequest, pk: int) -> HttpResponse:
    """The whole report as a workbook."""
    found = _change(request, pk)
    response = HttpResponse(excel_of(found, request.officer.name), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="sap-xep-co-quan-{found.pk}.xlsx"'
    return response
