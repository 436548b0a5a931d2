"""One's own account: who I am here, where I am signed in, my second factors."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions import own
from kntc.accounts.forms import PasskeyForm, ProfileForm, SetUpForm
from kntc.accounts.models import Account, Group, Seat
from kntc.accounts.officers import posts_of
from kntc.accounts.sign_in import entering, gates, sso
from kntc.accounts.sign_in.factors import codes, passkeys
from kntc.accounts.sign_in.factors.rules import due_on, must_have
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right


@require_http_methods(["GET", "POST"])
@signed_in()
def profile(request: OfficerRequest) -> HttpResponse:
    """Name, posts, groups, rights in words, seats; telephone and e-mail can be changed."""
    account = Account.objects.get(pk=request.officer.account_id)
    form = ProfileForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        own.edit_own(account=account, by=request.officer, **form.cleaned_data)
        messages.success(request, "Đã lưu thư điện tử và điện thoại.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", _about(request, form), status=422 if form.errors else 200)


def _about(request: OfficerRequest, form: ProfileForm) -> dict[str, Any]:
    officer = request.officer
    return {
        "form": form,
        "officer": officer,
        "posts": list(posts_of(officer.account)),
        "groups": list(Group.objects.filter(memberships__post=officer.post_id).order_by("name_fold")),
        "rights": [right.label for right in Right if officer.has_right(right)],
        "seats": list(Seat.objects.filter(account=officer.account_id).order_by("-seen_at")[:20]),
        "this_seat": request.session.session_key,
    }


@require_POST
@signed_in()
def end_other_seats(request: OfficerRequest) -> HttpResponse:
    keep = str(request.session.session_key)
    ended = own.leave_elsewhere(account=request.officer.account, keep=keep, by=request.officer)
    messages.success(
        request, f"Đã đăng xuất {ended} nơi khác." if ended else "Không có nơi nào khác đang đăng nhập."
    )
    return redirect("accounts:profile")


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in()
def security(request: OfficerRequest) -> HttpResponse:
    """The second factors; POST removes one."""
    account = request.officer.account
    factor = request.POST.get("factor", "")
    if factor.isdecimal():
        own.remove_factor(account=account, factor=int(factor), by=request.officer)
        gates.forget_factor(request)
        messages.success(request, "Đã gỡ bước xác thực.")
        return redirect("accounts:security")
    telephone = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).first()
    context = {
        "telephone": telephone,
        "passkeys": [(key.pk, key.wrap().name, key.last_used_at) for key in passkeys.passkeys_of(account)],
        "codes_left": codes.recovery_codes_left(account),
        "must": must_have(request.officer),
        "due": due_on(request.officer),
        "sso": sso.name(),
        "sso_linked": sso.is_linked(account),
    }
    return render(request, "accounts/security.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in()
def set_up_codes(request: OfficerRequest) -> HttpResponse:
    """The QR code; the first code that the telephone shows makes it a factor."""
    account = request.officer.account
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data["code"]
            own.set_up_codes(account=account, session=request.session, code=typed, by=request.officer)
            return _factor_added(request)
        except InvalidInput as error:
            form.add_error("code", error.message)
    secret = codes.secret_to_set_up(request.session)
    context = {
        "form": form,
        "picture": codes.picture(account, secret),
        "secret": codes.in_groups(secret),
    }
    return render(request, "accounts/set_up_codes.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in()
def add_passkey(request: OfficerRequest) -> HttpResponse:
    account = request.officer.account
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["credential"]
        try:
            own.add_passkey(
                account=account, name=form.cleaned_data["name"], answer=answer, by=request.officer
            )
            return _factor_added(request)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "options": passkeys.ask_to_make(account)}
    return render(request, "accounts/add_passkey.html", context, status=422 if form.errors else 200)


def _factor_added(request: OfficerRequest) -> HttpResponse:
    """Who holds the old session key holds nothing any more. Recovery codes come at once, while there are none."""
    entering.rotate(request)
    messages.success(request, "Đã thiết lập bước xác thực thứ hai. Lần đăng nhập sau sẽ hỏi đến.")
    if codes.recovery_codes_left(request.officer.account):
        return redirect("accounts:security")
    return _show_codes(request)


@never_cache
@require_POST
@signed_in()
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    return _show_codes(request)


def _show_codes(request: OfficerRequest) -> HttpResponse:
    """Shown once; whoever loses them makes new ones."""
    made = own.make_recovery_codes(account=request.officer.account, by=request.officer)
    return render(request, "accounts/recovery_codes.html", {"codes": made})


@never_cache
@require_GET
@signed_in()
def passkey_options(request: OfficerRequest) -> JsonResponse:
    """The question to one's own passkeys, for the locked screen and for a proof. Empty where there is none."""
    account = request.officer.account
    found = passkeys.passkeys_of(account).exists()
    return JsonResponse(passkeys.ask_for(account) if found else {})
