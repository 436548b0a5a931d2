"""Registering and correcting on one form; drafts; people and fields recalled while typing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.agencies.recent import remember
from kntc.audit.errors import ChangedMeanwhile, InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.law.fields import field_name
from kntc.law.suggestions import suggest_field
from kntc.people.actions import open_identity
from kntc.petitions.actions import (
    correct_petition,
    discard_draft,
    entry_of,
    needs_reason,
    register_petition,
    save_draft,
)
from kntc.petitions.forms import Intake, PersonFormSet, ReasonForm, whole_number
from kntc.petitions.history import Step, timeline
from kntc.petitions.models import Draft, Petition
from kntc.petitions.queries import known_people, own_draft, own_petition
from kntc.petitions.rules import REQUIREMENTS, warnings
from kntc.vietnamese import short_date

# What belongs to the browser's request and not to the petition.
_NOT_VALUES = {"csrfmiddlewaretoken", "draft", "reason", "version", "confirmed"}


@require_http_methods(["GET", "POST"])
@signed_in(Right.REGISTER)
def register(request: OfficerRequest) -> HttpResponse:
    """Tiếp nhận đơn mới."""
    draft = _draft(request)
    if request.method == "GET":
        intake = Intake(request.officer.agency, typed=draft.values if draft else None)
        return _form(request, intake, draft=draft)
    intake = Intake(request.officer.agency, request.POST)
    if intake.is_valid():
        entry = intake.entry()
        doubts = warnings(entry)
        if doubts and not request.POST.get("confirmed"):
            return _form(request, intake, draft=draft, doubts=doubts, status=422)
        try:
            petition = register_petition(entry=entry, by=request.officer, draft=draft)
        except InvalidInput as refusal:
            intake.show(refusal.errors)
        else:
            remember(request.officer, intake.form)
            messages.success(request, f"Đã tiếp nhận đơn {petition.number}.{_due(petition)}")
            return redirect("petitions:detail", petition.pk)
    return _form(request, intake, draft=draft, status=422)


def _due(petition: Petition) -> str:
    return f" Hạn xử lý: {short_date(petition.due_on)}." if petition.due_on else ""


def _form(request: OfficerRequest, intake: Intake, status: int = 200, **context: Any) -> HttpResponse:
    context |= {
        "intake": intake,
        "form": intake.form,
        "people": intake.people,
        "agency": intake.agency,
        "today": timezone.localdate(),
    }
    return render(request, "petitions/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in(Right.CORRECT)
def correct(request: OfficerRequest, pk: int) -> HttpResponse:
    """Sửa đơn: the same form with its values, a reason where one is due, and the version that was read."""
    petition = own_petition(pk, request.officer)
    opened = _opened(request, petition)
    base = entry_of(petition, opened)
    if request.method == "GET" or "open" in request.POST:
        return _correction(request, petition, Intake(petition.agency, entry=base), opened)
    intake = Intake(petition.agency, request.POST)
    if intake.is_valid():
        try:
            correct_petition(
                petition=petition,
                entry=intake.entry(entry_of(petition)),
                version=whole_number(request.POST.get("version")),
                reason=request.POST.get("reason", ""),
                by=request.officer,
            )
        except InvalidInput as refusal:
            return _refused_correction(request, petition, intake, refusal)
        except ChangedMeanwhile:
            return _overtaken(request, petition, intake)
        remember(request.officer, intake.form)
        messages.success(request, f"Đã sửa đơn {petition.number}. Số liệu các biểu đã theo giá trị mới.")
        return redirect("petitions:detail", petition.pk)
    return _correction(request, petition, intake, opened, status=422)


def _opened(request: OfficerRequest, petition: Petition) -> dict[str, Any] | None:
    """The vault's content where the person asked to open it for this correction, with a reason (logged)."""
    if "open" not in request.POST:
        return None
    party = next((p for p in petition.parties.all() if p.sealed_id), None)
    if party is None or party.sealed is None:
        raise OutOfReach("Thông tin người tố cáo")
    return open_identity(sealed=party.sealed, reason=request.POST.get("reason", ""), by=request.officer)


def _refused_correction(
    request: OfficerRequest, petition: Petition, intake: Intake, refusal: InvalidInput
) -> HttpResponse:
    errors = dict(refusal.errors)
    reason_error = errors.pop("reason", "")
    intake.show(errors)
    return _correction(request, petition, intake, None, status=422, reason_error=reason_error)


def _overtaken(request: OfficerRequest, petition: Petition, intake: Intake) -> HttpResponse:
    """Somebody saved first: what he changed, and the own values still in the form, to be sent again knowingly."""
    read = whole_number(request.POST.get("version"))
    since = timeline(petition)[: max(petition.version - read, 1)]
    return _correction(request, petition, intake, None, status=409, since=since)


def _correction(
    request: OfficerRequest,
    petition: Petition,
    intake: Intake,
    opened: dict[str, Any] | None,
    status: int = 200,
    reason_error: str = "",
    since: list[Step] | None = None,
) -> HttpResponse:
    """`since`: what others did after the person had opened the form; sending again then writes over it."""
    reason = ReasonForm(
        initial={"reason": request.POST.get("reason", "") if "open" not in request.POST else ""}
    )
    is_sealed = any(party.sealed_id for party in petition.parties.all())
    # Once opened, the people stay in the form until it is saved: a fault elsewhere loses nothing typed there.
    is_open = opened is not None or "nguoi-0-name" in request.POST
    response = _form(
        request,
        intake,
        status=status,
        petition=petition,
        version=petition.version if since else request.POST.get("version") or petition.version,
        since=since,
        needs_reason=needs_reason(petition, request.officer),
        reason_form=reason,
        reason_error=reason_error,
        sealed=is_sealed and not is_open,
    )
    if is_sealed and is_open:
        response["Cache-Control"] = "no-store"
    return response


def _draft(request: OfficerRequest) -> Draft | None:
    key = whole_number(request.POST.get("draft") or request.GET.get("nhap"))
    return own_draft(key, request.officer) if key else None


@require_POST
@signed_in(Right.REGISTER)
def keep_draft(request: OfficerRequest) -> JsonResponse:
    """Lưu nháp: whatever stands in the form, right or wrong, kept for its author."""
    values = {key: request.POST[key] for key in request.POST if key not in _NOT_VALUES}
    title = values.get("summary") or values.get("nguoi-0-name") or "Đơn đang nhập"
    draft = save_draft(values=values, title=str(title), by=request.officer, draft=_draft(request))
    return JsonResponse({"draft": draft.pk, "saved_at": f"{timezone.localtime(draft.saved_at):%H:%M}"})


@signed_in(Right.REGISTER)
def drafts(request: OfficerRequest) -> HttpResponse:
    """Các đơn đang nhập dở của mình."""
    mine = Draft.objects.filter(post_id=request.officer.post_id)[:100]
    return render(request, "petitions/drafts.html", {"drafts": mine})


@require_POST
@signed_in(Right.REGISTER)
def drop_draft(request: OfficerRequest, pk: int) -> HttpResponse:
    """Bỏ một bản nháp."""
    discard_draft(draft=own_draft(pk, request.officer), by=request.officer)
    messages.success(request, "Đã bỏ bản nháp.")
    return redirect("petitions:drafts")


@require_GET
@signed_in(Right.READ_CONTENT)
def recall(request: OfficerRequest) -> HttpResponse:
    """Người đã từng gửi đơn, theo số giấy tờ hoặc tên đang gõ."""
    index = whole_number(request.GET.get("nguoi"))
    found = known_people(
        request.GET.get(f"nguoi-{index}-id_number", ""),
        request.GET.get(f"nguoi-{index}-name", ""),
        request.officer,
    )
    return render(request, "petitions/known_people.html", {"people": found, "index": index})


@require_GET
@signed_in(Right.CORRECT)
def suggest(request: OfficerRequest) -> HttpResponse:
    """Lĩnh vực có vẻ hợp với nội dung đang gõ: a proposal, never put in by itself."""
    code, confidence = suggest_field(request.GET.get("summary", ""), request.GET.get("kind", ""))
    context = {"code": code, "name": field_name(code) if code else "", "confidence": confidence}
    return render(request, "petitions/field_suggestion.html", context)


@require_GET
@signed_in(Right.CORRECT)
def person_row(request: OfficerRequest) -> HttpResponse:
    """Thêm một người đứng tên."""
    index = min(whole_number(request.GET.get("nguoi-TOTAL_FORMS")), 199)
    form = PersonFormSet(prefix="nguoi").empty_form
    form.prefix = f"nguoi-{index}"
    return render(request, "petitions/person.html", {"person": form, "index": index, "added": True})


@require_GET
@signed_in(Right.READ)
def rule_table(request: OfficerRequest) -> HttpResponse:
    """Bảng trường bắt buộc theo loại đơn và bước xử lý (R51)."""
    return render(request, "petitions/rules.html", {"requirements": REQUIREMENTS})
