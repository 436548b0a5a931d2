"""Rà soát quyền truy cập: which agencies are due, one review, a withdrawal with its hand-over, the close."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.reviewing import close_review, confirm_items, open_reviews, withdraw_item
from kntc.accounts.models import AccessReview, Post, ReviewItem
from kntc.accounts.people import handing
from kntc.accounts.people.pages import keyed_page
from kntc.accounts.rights.reviewing import (
    ORDER,
    agencies_of,
    due_count,
    last_allowed,
    sheet_of,
    suggested_finding,
    visible_review,
)
from kntc.accounts.screens.groups import keys, take_errors
from kntc.agencies.fields import VietnameseDateField
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right


class OpenForm(forms.Form):
    due_on = VietnameseDateField(label="Hoàn thành trước ngày", required=False)


class FindingForm(forms.Form):
    finding = forms.CharField(
        label="Kết luận",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi kết luận của đợt rà soát."},
    )


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label="Vì sao thu hồi",
        max_length=255,
        error_messages={"required": "Hãy ghi vì sao thu hồi: biên bản rà soát cần lý do."},
    )
    receivers = forms.MultipleChoiceField(
        label="Bàn giao việc cho", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, colleagues: list[Post]) -> None:
        super().__init__(data)
        self.fields["receivers"].choices = [  # type: ignore[attr-defined]
            (str(post.pk), f"{post.account.full_name}, {post.title}") for post in colleagues
        ]


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def index(request: OfficerRequest) -> HttpResponse:
    """Agencies with their last review; those that are due, on demand."""
    return _index(request, OpenForm())


def _index(request: OfficerRequest, form: OpenForm, status: int = 200) -> HttpResponse:
    search, due_only = request.GET.get("q", "")[:100], request.GET.get("can") == "1"
    page = keyed_page(
        agencies_of(request.officer, search, due_only=due_only),
        ORDER,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
    )
    context = {
        "page": page,
        "search": search,
        "due_only": due_only,
        "due": due_count(request.officer),
        "too_old": last_allowed(),
        "form": form,
    }
    return render(request, "accounts/reviews/index.html", context, status=status)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def open_(request: OfficerRequest) -> HttpResponse:
    """One agency by its key, or everything that the post looks after."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    chosen = keys([request.POST.get("agency", "")])
    agency = Agency.objects.filter(pk=chosen[0]).first() if chosen else request.officer.oversees
    if agency is None:
        raise OutOfReach("Cơ quan này")
    try:
        opened = open_reviews(
            agency=agency, subtree=not chosen, due_on=form.cleaned_data["due_on"], by=request.officer
        )
    except InvalidInput as refusal:
        take_errors(form, refusal)
        return _index(request, form, status=422)
    messages.success(request, f"Đã mở đợt rà soát của {len(opened)} cơ quan.")
    return redirect("accounts:review", opened[0].pk) if len(opened) == 1 else redirect("accounts:reviews")


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def review(request: OfficerRequest, pk: int) -> HttpResponse:
    return _page(request, visible_review(pk, request.officer))


def _page(
    request: OfficerRequest, found: AccessReview, form: FindingForm | None = None, status: int = 200
) -> HttpResponse:
    sheet = sheet_of(found)
    context = {
        "crumbs": _crumbs(),
        "review": found,
        "sheet": sheet,
        "form": form or FindingForm(initial={"finding": suggested_finding(sheet)}),
    }
    return render(request, "accounts/reviews/review.html", context, status=status)


def _crumbs(found: AccessReview | None = None) -> list[dict[str, str]]:
    inner = (
        [{"label": found.agency.name, "url": reverse("accounts:review", args=[found.pk])}] if found else []
    )
    return [{"label": "Rà soát", "url": reverse("accounts:reviews")}, *inner]


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def confirm(request: OfficerRequest, pk: int) -> HttpResponse:
    """Those ticked, or all that are left."""
    found = visible_review(pk, request.officer)
    rest = request.POST.get("rest") == "1"
    chosen = None if rest else keys(request.POST.getlist("item"))
    count = confirm_items(review=found, items=chosen, by=request.officer) if rest or chosen else 0
    if count:
        messages.success(request, f"Đã giữ nguyên {count} người.")
    else:
        messages.warning(request, "Chưa chọn ai: đánh dấu những người giữ nguyên.")
    return redirect("accounts:review", pk)


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def withdraw(request: OfficerRequest, pk: int, item_pk: int) -> HttpResponse:
    """What this person still has in hand, who takes it over, and why."""
    found = visible_review(pk, request.officer)
    item = ReviewItem.objects.filter(review=found, pk=item_pk).select_related("post__account").first()
    if item is None:
        raise OutOfReach("Dòng rà soát này")
    post = Post.objects.select_related("account", "agency").get(pk=item.post_id)
    work = handing.open_work([post])[post.pk]
    colleagues = handing.may_receive(found.agency, [post]) if work else []
    form = WithdrawForm(request.POST if request.method == "POST" else None, colleagues)
    if form.is_valid():
        chosen = [one for one in colleagues if str(one.pk) in form.cleaned_data["receivers"]]
        withdraw_item(
            review=found,
            item=item,
            why=form.cleaned_data["why"],
            receivers={found.agency_id: chosen},
            by=request.officer,
        )
        messages.success(request, f"Đã thu hồi vị trí của {post.account.full_name}.")
        return redirect("accounts:review", pk)
    context = {"crumbs": _crumbs(found), "review": found, "post": post, "work": work, "form": form}
    return render(request, "accounts/reviews/withdraw.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def close(request: OfficerRequest, pk: int) -> HttpResponse:
    found, form = visible_review(pk, request.officer), FindingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    close_review(review=found, finding=form.cleaned_data["finding"], by=request.officer)
    messages.success(request, "Đã kết thúc đợt rà soát. Biên bản tải được ở dưới.")
    return redirect("accounts:review", pk)
