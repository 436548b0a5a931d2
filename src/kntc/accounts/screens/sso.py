"""Sign-in by the provider of the environment, and linking it to one's account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions import linking
from kntc.accounts.officers import officer_for
from kntc.accounts.sign_in import proof, sso
from kntc.accounts.views import welcome
from kntc.audit.errors import Refused


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """A link, no form: the policy lets no form of ours end at another server. The state in the session protects it."""
    return sso.begin(request)


@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    return sso.finish(request)


@never_cache
@require_POST
@signed_in()
def unlink(request: OfficerRequest) -> HttpResponse:
    linking.unlink(account=request.officer.account, by=request.officer)
    messages.success(request, f"Đã gỡ liên kết với {sso.name()}.")
    return redirect("accounts:security")


def identified(request: HttpRequest, subject: str) -> HttpResponse:
    """The provider vouches for this subject: sign in, or link it to the account that is signed in already."""
    if request.user.is_authenticated:
        return _link(request, subject)
    account = sso.account_of(subject)
    if account is None:
        messages.error(
            request,
            f"Định danh {sso.name()} này chưa liên kết với tài khoản nào ở đây. "
            "Hãy đăng nhập bằng tên đăng nhập và mật khẩu, rồi bấm Liên kết ở mục Tài khoản của tôi, Bảo mật.",
        )
        return redirect("accounts:sign-in")
    return welcome(request, account, resolve_url("web:home"))


def _link(request: HttpRequest, subject: str) -> HttpResponse:
    officer = getattr(request, "officer", None) or officer_for(request.user)  # type: ignore[arg-type]
    if officer is None:
        return redirect("accounts:no-post")
    if not proof.is_fresh(request.session):
        messages.error(
            request, "Đã quá mười phút từ lần xác nhận gần nhất. Hãy xác nhận lại rồi bấm Liên kết."
        )
        return redirect("accounts:prove")
    try:
        linking.link(account=officer.account, subject=subject, by=officer)
        messages.success(
            request, f"Đã liên kết với {sso.name()}. Lần sau có thể đăng nhập bằng {sso.name()}."
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("accounts:security")


def failed(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        f"Chưa đăng nhập được bằng {sso.name()}: bạn đã hủy, phiên đã quá lâu, hoặc {sso.name()} trả lời không hợp lệ. "
        "Hãy thử lại, hoặc đăng nhập bằng mật khẩu.",
    )
    return redirect("accounts:security" if request.user.is_authenticated else "accounts:sign-in")
