"""From the result of examination to the result of settlement."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.agencies.recent import remember
from kntc.audit.errors import ChangedMeanwhile, InvalidInput
from kntc.audit.rights import Right
from kntc.law import catalogue
from kntc.law.errors import LawError
from kntc.petitions.actions import Result, handle_petition
from kntc.petitions.actions.own import require_own
from kntc.petitions.choices import Handling
from kntc.petitions.forms import HandlingForm
from kntc.petitions.models import Petition
from kntc.petitions.queries import own_petition
from kntc.settlement import actions, clock
from kntc.settlement.forms import DatedForm, ReasonedForm, SettleForm
from kntc.settlement.models import Case
from kntc.settlement.queries import LIST_LIMIT, open_cases, visible_case


@signed_in(Right.READ_CONTENT)
def index(request: OfficerRequest) -> HttpResponse:
    """Vụ việc đang giải quyết, gần hạn nhất lên trước."""
    cases = list(open_cases(request.officer)[: LIST_LIMIT + 1])
    context = {"cases": cases[:LIST_LIMIT], "more": len(cases) > LIST_LIMIT, "limit": LIST_LIMIT}
    return render(request, "settlement/list.html", context)


@signed_in(Right.READ_CONTENT)
def detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hồ sơ giải quyết: thời hạn và vì sao, kết quả, các việc làm được."""
    case = visible_case(pk, request.officer)
    return render(request, "settlement/detail.html", _context(request, case))


def _context(request: OfficerRequest, case: Case, **forms_: forms.Form) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "case": case,
        "petition": case.petition,
        "explained": _explained(case),
        "own": case.keeper_id == request.officer.agency_id and request.officer.has_right(Right.HANDLE),
        "settle_form": SettleForm(initial={"settled_on": today}),
        "extend_form": ReasonedForm(auto_id="extend_%s"),
        "suspend_form": DatedForm(initial={"on": today}, auto_id="suspend_%s"),
        "resume_form": DatedForm(initial={"on": today}, auto_id="resume_%s"),
    } | forms_


def _explained(case: Case) -> Any:
    try:
        return clock.explained(case)
    except LawError:
        return None


@require_http_methods(["GET", "POST"])
@signed_in(Right.HANDLE)
def handle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ghi kết quả xử lý đơn; thụ lý thì mở hồ sơ giải quyết."""
    petition = own_petition(pk, request.officer)
    form = HandlingForm(request.POST if request.method == "POST" else None, initial=_result_of(petition))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _handle(request, petition, form.cleaned_data)
        except ChangedMeanwhile:
            form, status = _overtaken(request, petition), 409
        except InvalidInput as refusal:
            for name, text in refusal.errors.items():
                form.add_error(name if name in form.fields else None, text)
        else:
            remember(request.officer, form)
            messages.success(request, f"Đã ghi kết quả xử lý đơn {petition.number}.")
            return redirect("petitions:detail", petition.pk)
    cautions = [h for h in catalogue.handlings(petition.kind) if petition.kind in h.caution_for]
    context = {"petition": petition, "words": petition.words, "form": form, "cautions": cautions}
    return render(request, "settlement/handle.html", context, status=status)


def _overtaken(request: OfficerRequest, petition: Petition) -> HandlingForm:
    """Somebody saved first: what was typed stays, and sent again it is meant for the petition as it now stands."""
    again = request.POST.copy()
    again["version"] = str(petition.version)
    form = HandlingForm(again)
    form.add_error(
        None,
        "Đơn này vừa được sửa sau khi bạn mở; chưa ghi gì của bạn. Phần bạn nhập vẫn còn dưới đây: "
        "mở đơn xem phần vừa thay đổi, rồi bấm “Lưu kết quả” lần nữa.",
    )
    return form


def _result_of(petition: Petition) -> dict[str, Any]:
    return {
        "handling": petition.handling,
        "handled_on": petition.handled_on or timezone.localdate(),
        "paper": petition.handled_paper,
        "destination": petition.destination_id,
        "field_code": petition.field,
        "instance": petition.instance,
        "version": petition.version,
    }


def _handle(request: OfficerRequest, petition: Petition, values: dict[str, Any]) -> None:
    destination = values["destination"]
    result = Result(
        handling=values["handling"],
        handled_on=values["handled_on"],
        paper=values["paper"],
        destination_id=destination.pk if destination else None,
        field_code=values["field_code"],
        instance=values["instance"],
    )
    if result.handling == Handling.ACCEPT:
        actions.accept_petition(
            petition=petition,
            result=result,
            version=values["version"],
            is_complex=values["is_complex"],
            is_remote=values["is_remote"],
            by=request.officer,
        )
    else:
        handle_petition(petition=petition, result=result, version=values["version"], by=request.officer)


def _act(
    request: OfficerRequest,
    pk: int,
    form: forms.Form,
    name: str,
    act: Callable[[Case, dict[str, Any]], Case],
    done: str,
) -> HttpResponse:
    case = visible_case(pk, request.officer)
    require_own(case.petition, request.officer)
    if form.is_valid():
        try:
            act(case, form.cleaned_data)
        except InvalidInput as refusal:
            for field, text in refusal.errors.items():
                form.add_error(field if field in form.fields else None, text)
        else:
            messages.success(request, done)
            return redirect("settlement:detail", pk)
    return render(request, "settlement/detail.html", _context(request, case, **{name: form}), status=422)


@require_POST
@signed_in(Right.HANDLE)
def settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ghi quyết định, kết luận, văn bản trả lời."""
    return _act(
        request, pk, SettleForm(request.POST), "settle_form",
        lambda case, values: actions.settle_case(case=case, by=request.officer, **values),
        "Đã ghi kết quả giải quyết.",
    )  # fmt: skip


@require_POST
@signed_in(Right.HANDLE)
def extend(request: OfficerRequest, pk: int) -> HttpResponse:
    """Gia hạn."""
    return _act(
        request, pk, ReasonedForm(request.POST, auto_id="extend_%s"), "extend_form",
        lambda case, values: actions.extend_case(case=case, by=request.officer, **values),
        "Đã gia hạn giải quyết.",
    )  # fmt: skip


@require_POST
@signed_in(Right.HANDLE)
def suspend(request: OfficerRequest, pk: int) -> HttpResponse:
    """Tạm đình chỉ."""
    return _act(
        request, pk, DatedForm(request.POST, auto_id="suspend_%s"), "suspend_form",
        lambda case, values: actions.suspend_case(case=case, by=request.officer, **values),
        "Đã tạm đình chỉ; thời gian này không tính vào thời hạn.",
    )  # fmt: skip


@require_POST
@signed_in(Right.HANDLE)
def resume(request: OfficerRequest, pk: int) -> HttpResponse:
    """Tiếp tục giải quyết."""
    return _act(
        request, pk, DatedForm(request.POST, auto_id="resume_%s"), "resume_form",
        lambda case, values: actions.resume_case(case=case, by=request.officer, **values),
        "Đã tiếp tục giải quyết; hạn đã lùi theo số ngày tạm đình chỉ.",
    )  # fmt: skip
