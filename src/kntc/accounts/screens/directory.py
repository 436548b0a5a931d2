"""Danh mục cơ quan: everybody reads it; who oversees a province keeps its part in order.

The screens stand here and not in agencies, which knows neither accounts nor who administers what.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions import bodies as acts
from kntc.accounts.acts import Act
from kntc.accounts.administration import is_delegated, oversees, require, tier_of
from kntc.accounts.officers import Officer
from kntc.accounts.screens.directory_forms import BodyForm, MergeForm, PairForm, initial_of
from kntc.accounts.screens.directory_queries import (
    SHOWN_PAIRS,
    may_review,
    merges_within,
    pairs_within,
    waiting_within,
)
from kntc.agencies import directory, merging
from kntc.agencies.actions import answer_proposal
from kntc.agencies.models import Agency, BodyKind, BodyMerge
from kntc.agencies.uses import uses_of
from kntc.audit.errors import InvalidInput, OutOfReach, Refused
from kntc.audit.rights import Right
from kntc.vietnamese import squeeze

_KEEPS = Right.MANAGE_ACCOUNTS
_KEEPABLE = ("q", "loai", "trang-thai", "tinh")


def _render(
    request: OfficerRequest, template: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request,
        f"accounts/directory/{template}.html",
        context | {"parts": _parts(request, here)},
        status=status,
    )


def _parts(request: OfficerRequest, here: str) -> list[dict[str, Any]]:
    """The parts of the directory; those of review for who may review."""
    found: list[tuple[str, str, int | None]] = [("agencies:directory", "Danh mục", None)]
    if may_review(request.officer):
        found += [
            ("agencies:proposals", "Chờ duyệt", waiting_within(request.officer).count()),
            ("agencies:duplicates", "Nghi trùng", None),
            ("agencies:merges", "Đã gộp", None),
        ]
    return [
        {"label": label, "url": reverse(name), "active": name == here, "count": count}
        for name, label, count in found
    ]


@require_GET
@signed_in()
def index(request: OfficerRequest) -> HttpResponse:
    """Danh mục: tìm theo mọi cách viết, lọc theo loại, tỉnh, trạng thái."""
    wanted = _wanted(request)
    page = directory.page(
        wanted,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
        home=request.officer.agency,
    )
    kept = {key: request.GET[key] for key in _KEEPABLE if request.GET.get(key)}
    context = {
        "page": page,
        "wanted": wanted,
        "kinds": directory.KIND_CHOICES,
        "states": directory.STATES,
        "provinces": directory.provinces(),
        "previous": f"?{urlencode(kept | {'truoc': page.previous})}" if page.previous else "",
        "next": f"?{urlencode(kept | {'sau': page.next})}" if page.next else "",
        "filtered": bool(kept),
    }
    return _render(request, "list", "agencies:directory", context)


def _wanted(request: HttpRequest) -> directory.Wanted:
    kind, state = request.GET.get("loai", ""), request.GET.get("trang-thai", "")
    return directory.Wanted(
        text=squeeze(request.GET.get("q", "").replace("\x00", ""))[:200],
        kind=kind if kind in BodyKind.values else "",
        state=state if state in dict(directory.STATES) else directory.USED,
        province=request.GET.get("tinh", "").replace("\x00", "")[:12],
    )


def _body(pk: int) -> Agency:
    found = (
        Agency.objects.select_related("place__parent__parent", "parent", "merged_into", "proposal")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise OutOfReach("Cơ quan này")
    return found


@require_GET
@signed_in()
def body(request: OfficerRequest, pk: int) -> HttpResponse:
    """Một cơ quan trong danh mục: tên, tên gọi khác, loại, địa bàn, dùng ở đâu, ai đề nghị, lịch sử."""
    return _body_page(request, _body(pk))


def _body_page(request: OfficerRequest, found: Agency, status: int = 200, **errors: Any) -> HttpResponse:
    officer = request.officer
    proposal = getattr(found, "proposal", None)
    context = {
        "body": found,
        "aliases": list(found.aliases.order_by("pk")),
        "heirs": list(Agency.objects.filter(predecessions__old=found).distinct().order_by("sort_key")),
        "former_names": list(found.former_names.order_by("-valid_to")),
        "proposal": proposal,
        "uses": uses_of(found, officer),
        "steps": directory.history(found),
        "merged": list(Agency.objects.filter(merged_into=found).order_by("sort_key")[:50]),
        "reviews": _reviews(officer, found),
        "answers": _answers(officer, found),
        **errors,
    }
    return _render(request, "body", "agencies:directory", context, status)


def _reviews(officer: Officer, found: Agency) -> bool:
    return (
        not found.uses_system
        and officer.has_right(_KEEPS)
        and oversees(officer, found)
        and is_delegated(Act.REVIEW_BODIES, tier_of(officer))
    )


def _answers(officer: Officer, found: Agency) -> bool:
    proposal = getattr(found, "proposal", None)
    return bool(
        proposal
        and proposal.waits_for_answer
        and proposal.agency_id == officer.agency_id
        and officer.has_right(Right.PROPOSE_BODY)
    )


@require_http_methods(["GET", "POST"])
@signed_in(_KEEPS)
def correct(request: OfficerRequest, pk: int) -> HttpResponse:
    """Sửa một cơ quan; với đề nghị đang chờ thì sửa và duyệt luôn được."""
    found = _body(pk)
    require(request.officer, Act.REVIEW_BODIES, found)
    form = BodyForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if form.is_valid():
        try:
            _correct(request, found, form)
        except InvalidInput as refusal:
            _show(form, refusal)
        else:
            return redirect("agencies:body", pk)
    context = {"body": found, "form": form}
    return _render(request, "correct", "agencies:directory", context, 422 if form.is_bound else 200)


def _correct(request: OfficerRequest, found: Agency, form: BodyForm) -> None:
    fixed = acts.correct_body(
        body=found, values=form.values(), by=request.officer, reason=form.cleaned_data["reason"]
    )
    if "approve" in request.POST:
        acts.approve_body(body=fixed, by=request.officer, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã sửa và duyệt “{fixed.name}”.")
    else:
        messages.success(request, f"Đã sửa “{fixed.name}”.")


def _show(form: Any, refusal: InvalidInput) -> None:
    for name, text in refusal.errors.items():
        form.add_error(name if name in form.fields else None, text)


def _decide(
    request: OfficerRequest, pk: int, field: str, act: Callable[[Agency, str], object], done: str
) -> HttpResponse:
    """One decision on a proposal; a missing reason comes back on the body's page."""
    found = _body(pk)
    try:
        act(found, request.POST.get(field, ""))
    except InvalidInput as refusal:
        return _body_page(request, found, 422, **{f"{field}_error": str(refusal), "typed": request.POST})
    messages.success(request, done.format(name=found.name))
    return redirect(_after(request, pk))


def _after(request: OfficerRequest, pk: int) -> str:
    """Back to the queue where the reviewer works through it, else to the body."""
    return reverse("agencies:proposals") if request.POST.get("queue") else reverse("agencies:body", args=[pk])


@require_POST
@signed_in(_KEEPS)
def approve(request: OfficerRequest, pk: int) -> HttpResponse:
    """Duyệt."""
    return _decide(
        request, pk, "reason",
        lambda body, text: acts.approve_body(body=body, by=request.officer, reason=text),
        "Đã duyệt “{name}”.",
    )  # fmt: skip


@require_POST
@signed_in(_KEEPS)
def reject(request: OfficerRequest, pk: int) -> HttpResponse:
    """Không duyệt."""
    return _decide(
        request, pk, "reason",
        lambda body, text: acts.reject_body(body=body, by=request.officer, reason=text),
        "Đã ghi không duyệt “{name}”. Cơ quan này không chọn được nữa; đơn đã ghi giữ nguyên.",
    )  # fmt: skip


@require_POST
@signed_in(_KEEPS)
def ask(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hỏi lại người đề nghị."""
    return _decide(
        request, pk, "question",
        lambda body, text: acts.ask_proposer(body=body, by=request.officer, question=text),
        "Đã gửi câu hỏi về “{name}” cho người đề nghị.",
    )  # fmt: skip


@require_POST
@signed_in(Right.PROPOSE_BODY)
def answer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Trả lời câu hỏi của tỉnh."""
    found = _body(pk)
    proposal = getattr(found, "proposal", None)
    if proposal is None:
        raise Refused("Cơ quan này không phải do đề nghị mà có: không có câu hỏi nào để trả lời.")
    return _decide(
        request, pk, "answer",
        lambda _, text: answer_proposal(proposal=proposal, by=request.officer, answer=text),
        "Đã gửi câu trả lời về “{name}”.",
    )  # fmt: skip


@require_GET
@signed_in(_KEEPS)
def proposals(request: OfficerRequest) -> HttpResponse:
    """Đề nghị chờ duyệt, cũ nhất lên trước; kèm cơ quan giống tên đã có."""
    waiting = list(waiting_within(request.officer)[: directory.PAGE + 1])
    alike = _alike(request.officer, [proposal.body for proposal in waiting])
    rows = [{"proposal": proposal, "alike": alike.get(proposal.pk)} for proposal in waiting[: directory.PAGE]]
    context = {"rows": rows, "more": len(waiting) > directory.PAGE, "limit": directory.PAGE}
    return _render(request, "proposals", "agencies:proposals", context)


def _alike(officer: Officer, proposed: list[Agency]) -> dict[int, tuple[Agency, tuple[str, ...]]]:
    """The body that each proposal probably is."""
    keys = {body.pk for body in proposed}
    found: dict[int, tuple[Agency, tuple[str, ...]]] = {}
    for pair in pairs_within(officer):
        for mine, yours in ((pair.one, pair.other), (pair.other, pair.one)):
            if mine.pk in keys and mine.pk not in found:
                found[mine.pk] = yours, pair.reasons
    return found


@require_GET
@signed_in(_KEEPS)
def duplicates(request: OfficerRequest) -> HttpResponse:
    """Cơ quan nghi trùng, giống nhất lên trước, kèm lý do."""
    pairs = pairs_within(request.officer)
    context = {"pairs": pairs[:SHOWN_PAIRS], "count": len(pairs), "shown": SHOWN_PAIRS}
    return _render(request, "duplicates", "agencies:duplicates", context)


@require_POST
@signed_in(_KEEPS)
def distinct(request: OfficerRequest) -> HttpResponse:
    """Không phải trùng: không nhắc lại cặp này nữa."""
    form = PairForm(request.POST)
    if not form.is_valid():
        raise Refused("Cặp cơ quan này không còn trong danh mục. Hãy tải lại trang.")
    one, other = form.cleaned_data["one"], form.cleaned_data["other"]
    acts.tell_apart(one=one, other=other, by=request.officer)
    messages.success(request, f"Đã ghi nhận “{one.name}” và “{other.name}” là hai cơ quan khác nhau.")
    return redirect("agencies:duplicates")


@require_http_methods(["GET", "POST"])
@signed_in(_KEEPS)
def merge(request: OfficerRequest, pk: int) -> HttpResponse:
    """Gộp cơ quan này vào một cơ quan đã có: xem trước số bản ghi sẽ chuyển, rồi gộp."""
    found = _body(pk)
    require(request.officer, Act.REVIEW_BODIES, found)
    kept = request.GET.get("vao", "")
    form = MergeForm(request.POST if request.method == "POST" else None, initial={"kept": kept})
    if form.is_valid():
        try:
            made = acts.merge_bodies(
                merged=found,
                kept=form.cleaned_data["kept"],
                by=request.officer,
                reason=form.cleaned_data["reason"],
            )
        except InvalidInput as refusal:
            _show(form, refusal)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _merged(made))
            return redirect("agencies:merges")
    context = {
        "body": found,
        "form": form,
        "moves": merging.preview(found),
        "uses": uses_of(found, request.officer),
    }
    return _render(request, "merge", "agencies:directory", context, 422 if form.is_bound else 200)


def _merged(made: BodyMerge) -> str:
    moved = f"{made.moved} chỗ ghi tên đã chuyển" if made.moved else "chưa nơi nào dùng mục này"
    return f"Đã gộp “{made.merged.name}” vào “{made.kept.name}” ({moved}). Hoàn lại được trong 30 ngày."


@require_GET
@signed_in(_KEEPS)
def merges(request: OfficerRequest) -> HttpResponse:
    """Các lần gộp, mới nhất lên trước; trong 30 ngày thì hoàn lại được."""
    context = {"merges": merges_within(request.officer)[: directory.PAGE]}
    return _render(request, "merges", "agencies:merges", context)


@require_POST
@signed_in(_KEEPS)
def undo(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hoàn lại một lần gộp."""
    made = BodyMerge.objects.select_related("merged", "kept").filter(pk=pk).first()
    if made is None:
        raise OutOfReach("Lần gộp này")
    acts.undo_merge(merge=made, by=request.officer, reason=request.POST.get("reason", ""))
    messages.success(request, f"Đã hoàn lại: “{made.merged.name}” trở lại danh mục với mọi bản ghi cũ.")
    return redirect("agencies:body", made.merged_id)
