"""Sign-in, second factor, first password, choice of post."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.forms import ActivateForm, ChangePasswordForm, SecondStepForm, SignInForm
from kntc.accounts.models import Account
from kntc.accounts.officers import officer_for, posts_of
from kntc.accounts.sign_in import backends, entering, guessing, places, proof, seats, sso
from kntc.accounts.sign_in.activation import redeem
from kntc.accounts.sign_in.factors import codes, passkeys
from kntc.accounts.sign_in.factors.rules import due_on, has_factor, must_have
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.walls import as_account

TOO_MANY = 429


class SignIn(auth_views.LoginView):
    """The front door. A guesser is stopped before the password is looked at."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.door = guessing.Door(request.POST.get("username", ""), places.place_of(request))
        if not self.door.admits():
            return locked_out(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        account: Account = form.get_user()
        self.door.was_right()
        return welcome(self.request, account, self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        renamed = getattr(self.request, backends.RENAMED, "")
        return super().get_context_data(renamed=renamed, sso=sso.name(), **kwargs)


def locked_out(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/locked_out.html", status=TOO_MANY)


def welcome(request: HttpRequest, account: Account, then: str) -> HttpResponse:
    """The first proof was right: on to the second where there is one, else in."""
    with as_account(account.pk):
        second = has_factor(account)
    if second:
        entering.ask_second(request, account, then)
        return redirect("accounts:second-step")
    entering.enter(request, account)
    _announce_factor(request, account)
    return redirect(then)


def _announce_factor(request: HttpRequest, account: Account) -> None:
    """While there is still time: from when on the second factor must stand."""
    with as_account(account.pk):
        officer = officer_for(account)
    if officer and must_have(officer):
        messages.warning(
            request,
            f"Từ ngày {due_on(officer):%d/%m/%Y}, vị trí công tác của bạn phải có bước xác thực thứ hai. "
            "Hãy thiết lập ở mục Tài khoản của tôi, Bảo mật.",
        )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the telephone, a recovery code or a passkey."""
    waiting = entering.pending(request)
    if waiting is None:
        messages.info(request, "Bước xác thực thứ hai đã quá mười phút. Hãy đăng nhập lại từ đầu.")
        return redirect("accounts:sign-in")
    account, then = waiting
    if request.method == "POST" and not guessing.admits_factor(account):
        return locked_out(request)
    form = SecondStepForm(request.POST or None)
    with as_account(account.pk):
        if request.method == "POST" and form.is_valid() and _second_is_right(account, form):
            entering.enter(request, account)
            return redirect(then)
        if request.method == "POST":
            form.add_error(None, SecondStepForm.wrong)
        keys = passkeys.ask_for(account) if passkeys.passkeys_of(account).exists() else None
    context = {"form": form, "passkey_options": keys}
    return render(request, "accounts/second_step.html", context, status=422 if form.errors else 200)


def _second_is_right(account: Account, form: SecondStepForm) -> bool:
    if credential := form.cleaned_data["credential"]:
        return passkeys.is_right(account, credential)
    return codes.is_right(account, form.cleaned_data["code"])


class SignOut(auth_views.LogoutView):
    http_method_names = ["post"]


@method_decorator(never_cache, name="dispatch")
class ChangePassword(auth_views.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("web:home")

    def form_valid(self, form: Any) -> HttpResponse:
        """Other browsers are signed out; this one goes on under a new key."""
        account: Account = form.user
        account.must_change_password = False
        form.save()
        before = self.request.session.session_key
        update_session_auth_hash(self.request, account)
        entering.move_seat(before, self.request.session)
        seats.end_all(account, keep=str(self.request.session.session_key))
        proof.given(self.request.session)
        messages.success(self.request, "Đã đổi mật khẩu. Mọi nơi khác đang đăng nhập đã bị đăng xuất.")
        return redirect(self.get_success_url())


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """A one-time code of the administrator's becomes a password of one's own; this browser is known from then on."""
    form = ActivateForm(request.POST or None, initial={"login": request.GET.get("ten", "")[:60]})
    if request.method == "POST" and form.is_valid():
        account = _redeemed(form)
        if account:
            place = places.with_mark(request)
            guessing.remember(account, place)
            return welcome(request, account, resolve_url("web:home"))
    return render(request, "accounts/activate.html", {"form": form}, status=422 if form.errors else 200)


def _redeemed(form: ActivateForm) -> Account | None:
    """A refusal is caught inside: the tries it has counted stand."""
    data = form.cleaned_data
    with as_account(None):
        try:
            return redeem(data["login"], data["code"], data["password"])
        except InvalidInput as error:
            for field, message in error.errors.items():
                form.add_error(field if field in form.fields else None, message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return None


@require_http_methods(["GET", "POST"])
@signed_in()
def choose_post(request: OfficerRequest) -> HttpResponse:
    """A person with two posts says in which one to act from now on."""
    posts = list(posts_of(request.officer.account))
    if request.method == "POST":
        chosen = next((post for post in posts if str(post.pk) == request.POST.get("post")), None)
        if chosen:
            entering.rotate(request)
            request.session[entering.POST_KEY] = chosen.pk
            return redirect("web:home")
    return render(request, "accounts/choose_post.html", {"posts": posts, "current": request.officer.post})


def no_post(request: HttpRequest) -> HttpResponse:
    """Signed in, but the account holds no post today."""
    return render(request, "accounts/no_post.html", status=403)


def safe_next(request: HttpRequest) -> str:
    """Where a page of ours sent the person from; never another server."""
    then = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        then, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return then if safe else resolve_url("web:home")


sign_out = require_POST(SignOut.as_view())
