"""Người dùng: the list, and the slips of those who are to come in. What its address may say stands in roster.py."""

from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.models import Account, ActivationCode
from kntc.accounts.people import roster, slips
from kntc.accounts.people.roster import Wanted
from kntc.accounts.roles import Role
from kntc.accounts.sign_in import activation_mail
from kntc.accounts.sign_in.activation import LASTS
from kntc.accounts.states import Kind, State, standing
from kntc.agencies.models import Level
from kntc.audit.rights import Right


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def people(request: OfficerRequest) -> HttpResponse:
    """Danh sách người dùng của đơn vị và các cơ quan trực thuộc; mỗi con số thống kê mở ra danh sách này."""
    wanted = roster.read(request.GET, request.officer)
    context = _filters(request, wanted)
    if wanted.state == State.NO_HOLDER:
        rows = roster.vacancies(wanted)
        context |= {"vacancies": rows[: roster.CAP], "count": len(rows), "cap": roster.CAP}
    else:
        page = roster.page_of(wanted, request.GET)
        for account in page.rows:
            account.state = roster.state_of(account)  # type: ignore[attr-defined]
        context |= {
            "rows": page.rows,
            "count": roster.count(wanted),
            "previous": _page(request, truoc=page.previous),
            "next": _page(request, sau=page.next),
        }
    partly = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, f"accounts/people/{'results' if partly else 'list'}.html", context)


def _filters(request: OfficerRequest, wanted: Wanted) -> dict[str, Any]:
    officer = request.officer
    agencies = roster.choices_of_agency(officer, *([wanted.area.agency] if wanted.area.agency else []))
    return {
        "wanted": wanted,
        "agencies": roster.named(agencies) if len(agencies) > 1 else [],
        "chosen_agency": request.GET.get("co-quan", ""),
        "below": wanted.area.subtree,
        "level": next((level for level in Level if level == wanted.area.level), None),
        "roles": Role.choices,
        "states": [(state.value, state.label) for state in State],
        "kind": wanted.kind,
        "kinds": Kind.choices,
        "everything": reverse("accounts:people"),
        "query": roster.address(request.GET),
    }


def _page(request: OfficerRequest, **place: str) -> str:
    ((name, value),) = place.items()
    if not value:
        return ""
    kept = roster.address(request.GET)
    return "?" + "&".join(filter(None, (kept, urlencode({name: value}))))


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def activation_slips(request: OfficerRequest) -> HttpResponse:
    """Phiếu kích hoạt vừa lập, mỗi người một phiếu, để in ra."""
    return render(request, "accounts/people/slips.html", _slips(request))


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def mail_slips(request: OfficerRequest) -> HttpResponse:
    """Gửi mã kích hoạt qua thư điện tử cho những người có địa chỉ."""
    context = _slips(request)
    due = [slip for slip in context["slips"] if slip["account"].email]
    url = request.build_absolute_uri(reverse("accounts:activate"))
    # A server that did not take one letter will not take the next thousand: nobody waits for each of them.
    sent = list(takewhile(lambda slip: activation_mail.send(slip["account"], slip["code"], url), due))
    if len(sent) < len(due) or not due:
        messages.error(
            request,
            f"Đã gửi {len(sent)}/{len(due)} thư. Máy chủ thư chưa nhận phần còn lại: hãy in phiếu và giao tận tay.",
        )
    else:
        messages.success(request, f"Đã gửi mã kích hoạt cho {len(sent)} người.")
    return redirect("accounts:slips")


def _slips(request: OfficerRequest) -> dict[str, Any]:
    codes = slips.kept(request.session)
    # A code that was used, or followed by another, is no slip any more.
    made = dict(ActivationCode.objects.filter(account__in=codes).values_list("account_id", "made_at"))
    posts = {
        post.account_id: post
        for post in standing().filter(account__in=made).select_related("agency").order_by("-pk")
    }
    accounts = Account.objects.filter(pk__in=made).order_by("sort_key", "pk")
    return {
        "slips": [
            {
                "account": account,
                "code": codes[account.pk],
                "post": posts.get(account.pk),
                "until": made[account.pk] + LASTS,
            }
            for account in accounts
        ],
        "with_mail": sum(1 for account in accounts if account.email),
        "activation_url": request.build_absolute_uri(reverse("accounts:activate")),
    }
