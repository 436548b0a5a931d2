"""Papers that leave with a petition: downloaded as Word, recorded as sent, answered; and the agency's list of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.agencies.fields import VietnameseDateField
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.documents.word import render_word
from kntc.petitions.actions.dispatching import (
    Reply,
    Sent,
    correct_dispatch,
    record_dispatch,
    record_reply,
    void_dispatch,
)
from kntc.petitions.dispatch import counts, listed, next_number, own_dispatch, papers_for
from kntc.petitions.letters import build_letter, file_name, symbol_of
from kntc.petitions.models import Dispatch, Paper, Petition, Way
from kntc.petitions.queries import own_petition, visible_petition

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SentForm(forms.Form):
    """Number, days, way: all proposed, so that recording is one click more than opening."""

    number = forms.IntegerField(label="Số", min_value=1, max_value=999_999, required=False)
    symbol = forms.CharField(label="Ký hiệu", max_length=40)
    dated_on = VietnameseDateField(label="Ngày văn bản")
    way = forms.ChoiceField(label="Cách gửi", choices=Way.choices)
    sent_on = VietnameseDateField(label="Ngày gửi")

    def sent(self, paper: str) -> Sent:
        data = self.cleaned_data
        return Sent(
            paper=paper,
            dated_on=data["dated_on"],
            sent_on=data["sent_on"],
            symbol=data["symbol"],
            number=data["number"] or 0,
            way=data["way"],
        )


class ReplyForm(forms.Form):
    """What the receiver answered."""

    reply_on = VietnameseDateField(label="Ngày nhận trả lời")
    reply_paper = forms.CharField(label="Số văn bản trả lời", max_length=80, required=False)
    reply_note = forms.CharField(label="Nội dung trả lời", max_length=500, required=False)


@require_GET
@signed_in(Right.HANDLE)
def letter(request: OfficerRequest, pk: int, paper: str) -> HttpResponse:
    """Phiếu chuyển, phiếu hướng dẫn, thông báo dưới dạng Word, điền từ đơn."""
    petition = own_petition(pk, request.officer)
    wanted = _wanted(petition, paper)
    sent = petition.dispatches.filter(paper=wanted, voided_at=None).order_by("-pk").first()
    return _word(build_letter(petition, wanted, sent), file_name(petition, wanted))


@require_GET
@signed_in(Right.HANDLE)
def sent_letter(request: OfficerRequest, pk: int) -> HttpResponse:
    """Văn bản đã ghi, với số và ngày của nó."""
    dispatch = own_dispatch(pk, request.officer)
    petition = visible_petition(dispatch.petition_id, request.officer)
    paper = Paper(dispatch.paper)
    return _word(build_letter(petition, paper, dispatch), file_name(petition, paper))


def _word(paper: Any, name: str) -> HttpResponse:
    response = HttpResponse(render_word(paper), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _wanted(petition: Petition, paper: str) -> Paper:
    if paper not in papers_for(petition):
        raise OutOfReach("Văn bản này")
    return Paper(paper)


@require_http_methods(["GET", "POST"])
@signed_in(Right.HANDLE)
def record(request: OfficerRequest, pk: int, paper: str) -> HttpResponse:
    """Ghi đã gửi: số, ngày, cách gửi đã điền sẵn."""
    petition = own_petition(pk, request.officer)
    wanted = _wanted(petition, paper)
    form = SentForm(request.POST if request.method == "POST" else None, initial=_proposed(petition, wanted))
    if form.is_valid():
        try:
            dispatch = record_dispatch(petition=petition, sent=form.sent(wanted), by=request.officer)
        except InvalidInput as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"Đã ghi {wanted.label.lower()} số {dispatch.reference}.")
            return redirect("petitions:detail", pk)
    context = {"petition": petition, "words": petition.words, "form": form, "paper": wanted, "dispatch": None}
    return render(request, "petitions/dispatch.html", context, status=422 if form.is_bound else 200)


def _proposed(petition: Petition, paper: Paper) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "number": next_number(petition.keeper_id, today.year, paper),
        "symbol": symbol_of(petition.keeper, paper),
        "dated_on": today,
        "sent_on": today,
        "way": Way.POST,
    }


def _show(form: forms.Form, refusal: InvalidInput) -> None:
    for name, text in refusal.errors.items():
        form.add_error(name if name in form.fields else None, text)


@require_http_methods(["GET", "POST"])
@signed_in(Right.HANDLE)
def dispatch(request: OfficerRequest, pk: int) -> HttpResponse:
    """Một văn bản đã ghi: sửa, ghi trả lời, hủy."""
    found = own_dispatch(pk, request.officer)
    form = SentForm(request.POST if request.method == "POST" else None, initial=_values(found))
    if form.is_valid():
        try:
            fixed = correct_dispatch(dispatch=found, sent=form.sent(found.paper), by=request.officer)
        except InvalidInput as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"Đã sửa văn bản số {fixed.reference}.")
            return redirect("petitions:detail", found.petition_id)
    return _page(request, found, form, status=422 if form.is_bound else 200)


def _values(found: Dispatch) -> dict[str, Any]:
    return {name: getattr(found, name) for name in SentForm.base_fields}


def _page(
    request: OfficerRequest,
    found: Dispatch,
    form: forms.Form,
    reply: ReplyForm | None = None,
    void_error: str = "",
    status: int = 200,
) -> HttpResponse:
    answered = {name: getattr(found, name) for name in ReplyForm.base_fields}
    context = {
        "petition": found.petition,
        "words": found.petition.words,
        "dispatch": found,
        "paper": Paper(found.paper),
        "form": form,
        "reply_form": reply
        or ReplyForm(initial=answered | {"reply_on": found.reply_on or timezone.localdate()}),
        "void_error": void_error,
        "own": found.keeper_id == request.officer.agency_id and found.voided_at is None,
    }
    return render(request, "petitions/dispatch.html", context, status=status)


@require_POST
@signed_in(Right.HANDLE)
def reply(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ghi trả lời của cơ quan nhận."""
    found = own_dispatch(pk, request.officer)
    form = ReplyForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        answer = Reply(values["reply_on"], values["reply_paper"], values["reply_note"])
        try:
            record_reply(dispatch=found, reply=answer, by=request.officer)
        except InvalidInput as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"Đã ghi trả lời cho văn bản số {found.reference}.")
            return redirect("petitions:detail", found.petition_id)
    return _page(request, found, SentForm(initial=_values(found)), form, status=422)


@require_POST
@signed_in(Right.HANDLE)
def void(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hủy văn bản ghi nhầm."""
    found = own_dispatch(pk, request.officer)
    try:
        void_dispatch(dispatch=found, by=request.officer, reason=request.POST.get("reason", ""))
    except InvalidInput as refusal:
        return _page(request, found, SentForm(initial=_values(found)), void_error=str(refusal), status=422)
    messages.success(request, f"Đã hủy văn bản số {found.reference} ghi nhầm.")
    return redirect("petitions:detail", found.petition_id)


@require_GET
@signed_in(Right.READ_CONTENT)
def index(request: OfficerRequest) -> HttpResponse:
    """Văn bản chuyển đơn, hướng dẫn đã gửi của cơ quan; những văn bản chưa có trả lời."""
    only = request.GET.get("chi", "")
    only = only if only in ("cho", "lau") else ""
    page = listed(request.officer, only=only, after=request.GET.get("sau", ""))
    number = counts(request.officer)
    address = reverse("petitions:dispatches")
    tabs: list[dict[str, Any]] = [
        {"label": label, "url": address + query, "active": only == key, "count": count}
        for key, label, query, count in (
            ("", "Tất cả", "", None),
            ("cho", "Chưa có trả lời", "?chi=cho", number["cho"]),
            ("lau", "Quá 30 ngày chưa trả lời", "?chi=lau", number["lau"]),
        )
    ]
    kept = f"chi={only}&" if only else ""
    following = f"?{kept}sau={page.next}" if page.next else ""
    may_handle = request.officer.has_right(Right.HANDLE)
    context = {"rows": page.rows, "tabs": tabs, "next": following, "only": only, "may_handle": may_handle}
    return render(request, "petitions/dispatches.html", context)
