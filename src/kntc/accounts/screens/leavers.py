"""Who leaves: one dialog with the open work by kind and who takes over; the sweep of accounts that nobody uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.leaving import retire_accounts
from kntc.accounts.administration import oversees
from kntc.accounts.models import Account, Post
from kntc.accounts.people import roster
from kntc.accounts.people.handing import may_receive, open_work
from kntc.accounts.people.roster import Wanted
from kntc.accounts.screens.person_forms import HandOverForm, add_refusal
from kntc.accounts.states import State, standing
from kntc.accounts.workload import Work
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.rights import Right

# As many accounts as one act retires.
MOST = 300


@dataclass(frozen=True)
class Leaver:
    """Who goes, from which posts, with what in hand."""

    account: Account
    posts: list[Post]
    work: list[Work]


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def sweep(request: OfficerRequest) -> HttpResponse:
    """Tài khoản không đăng nhập quá 90 ngày: đánh dấu rồi cho thôi sử dụng cùng một lần."""
    asked = roster.read(request.GET, request.officer)
    wanted = Wanted(asked.area, q=asked.q, role=asked.role, state=State.IDLE_90, kind=asked.kind)
    people = roster.people(wanted).exclude(pk=request.officer.account_id)
    rows = list(people.order_by("last_login", "pk")[: MOST + 1])
    work = open_work([post for account in rows[:MOST] for post in _here(account)])
    for account in rows[:MOST]:
        count = sum(one.count for post in _here(account) for one in work[post.pk])
        account.work_count = count  # type: ignore[attr-defined]
    context = {"rows": rows[:MOST], "more": len(rows) > MOST, "most": MOST, "area": wanted.area}
    return render(request, "accounts/people/sweep.html", context)


def _here(account: Account) -> list[Post]:
    posts: list[Post] = account.here  # type: ignore[attr-defined]
    return posts


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def retire(request: OfficerRequest) -> HttpResponse:
    """Cho thôi sử dụng một hay nhiều tài khoản: xem trước việc đang giữ, chọn người nhận, làm một lần."""
    given = request.POST if request.method == "POST" else request.GET
    leavers = _leavers(given.getlist("nguoi"), request)
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, candidates=_candidates(leavers))
    if request.method == "POST" and form.is_valid():
        try:
            return _retire(request, leavers, form)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "leavers": leavers,
        "total": sum(one.count for leaver in leavers for one in leaver.work),
        "opens_lists": request.officer.has_right(Right.READ),
        "without_receivers": [
            form.fields[name].label
            for name in form.fields
            if name.startswith("nhan-") and not form.fields[name].choices  # type: ignore[attr-defined]
        ],
    }
    return render(request, "accounts/people/retire.html", context, status=422 if form.errors else 200)


def _retire(request: OfficerRequest, leavers: Sequence[Leaver], form: HandOverForm) -> HttpResponse:
    moved = retire_accounts(
        accounts=[leaver.account for leaver in leavers],
        by=request.officer,
        receivers=form.receivers,
        reason=form.cleaned_data["reason"],
    )
    who = leavers[0].account.full_name if len(leavers) == 1 else f"{len(leavers)} tài khoản"
    handed = f" Đã bàn giao {sum(moved.values())} việc." if moved else ""
    messages.success(request, f"Đã cho thôi sử dụng {who}.{handed}")
    return redirect("accounts:people")


def _leavers(keys: list[str], request: OfficerRequest) -> list[Leaver]:
    """Those chosen, with what they have in hand. Raises InvalidInput for none or too many, OutOfReach."""
    chosen = {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 18}
    if not chosen or len(chosen) > MOST:
        raise InvalidInput(
            {
                "nguoi": f"Hãy chọn từ 1 đến {MOST} người: mở trang của một người, "
                "hoặc đánh dấu ở “Rà tài khoản bỏ không”."
            }
        )
    accounts = list(Account.objects.filter(pk__in=chosen).order_by("sort_key", "pk"))
    if len(accounts) < len(chosen):
        raise OutOfReach("Tài khoản này")
    posts = list(
        standing()
        .filter(account__in=accounts)
        .select_related("account", "agency__parent", "oversees")
        .order_by("agency__lft", "pk")
    )
    if not all(oversees(request.officer, post.agency) for post in posts):
        raise OutOfReach("Tài khoản này")
    work = open_work(posts)
    return [
        Leaver(
            account,
            [post for post in posts if post.account_id == account.pk],
            [one for post in posts if post.account_id == account.pk for one in work[post.pk]],
        )
        for account in accounts
    ]


def _candidates(leavers: Sequence[Leaver]) -> dict[Agency, list[Post]]:
    """Agencies in which something is left, and who there can take it."""
    leaving = [post for leaver in leavers for post in leaver.posts]
    work = open_work(leaving)
    agencies = {post.agency for post in leaving if work.get(post.pk)}
    return {
        agency: may_receive(agency, leaving)
        for agency in sorted(agencies, key=lambda agency: agency.sort_key)
    }
