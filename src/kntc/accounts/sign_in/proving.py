"""Taking a proof: a passkey, a one-time code or the password, by itself or carried along by the form that wanted it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from kntc.accounts.models import Account
from kntc.accounts.sign_in import guessing, idle, proof
from kntc.accounts.sign_in.factors import codes, passkeys

# What a proof's fields are called; all others are the request's own.
PASSWORD, CODE, CREDENTIAL = "proof_password", "proof_code", "proof_credential"
_FIELDS = {PASSWORD, CODE, CREDENTIAL}
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105
WRONG = "Chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi nhập lại."
TOO_OFTEN = "Nhập sai quá nhiều lần. Hãy chờ hai phút rồi thử lại; những gì bạn đã nhập trên trang vẫn còn."


def attempt(request: HttpRequest, account: Account) -> str:
    """What is wrong with the proof; empty when it is right, and then it counts."""
    if not guessing.admits_session(str(request.session.session_key)):
        return TOO_OFTEN
    if not _is_right(account, request.POST):
        return WRONG
    proof.given(request.session)
    return ""


def take_carried(request: HttpRequest, account: Account) -> None:
    """A form that came back with a proof: see whether it is right, before its view runs."""
    if request.method == "POST" and any(request.POST.get(name) for name in _FIELDS):
        request.proof_error = attempt(request, account)  # type: ignore[attr-defined]


def _is_right(account: Account, values: QueryDict) -> bool:
    if credential := values.get(CREDENTIAL):
        return passkeys.is_right(account, credential)
    if code := values.get(CODE):
        return codes.is_right(account, code)
    return account.check_password(values.get(PASSWORD, ""))


def ask(request: HttpRequest, account: Account, *, status: int = 403) -> HttpResponse:
    """Asks for proof and carries the form that wanted it along: nothing typed is lost. Files cannot be carried."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=403, headers={"HX-Trigger": "kntc:prove"})
    if request.FILES:
        messages.warning(request, "Sau khi xác nhận, hãy chọn lại tệp rồi gửi lần nữa.")
    context = {
        "carried": _carried(request) if request.method == "POST" and not request.FILES else None,
        "error": getattr(request, "proof_error", ""),
        "options": question(account),
        "locked": idle.is_locked(request.session),
    }
    return render(request, "accounts/prove.html", context, status=status)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _FIELDS | {_TOKEN}
        for value in values
    ]


def question(account: Account) -> dict[str, object] | None:
    """What a passkey is to answer; None where the account has none."""
    return passkeys.ask_for(account) if passkeys.passkeys_of(account).exists() else None
