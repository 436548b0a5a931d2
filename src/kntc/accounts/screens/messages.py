"""Thông báo: one's own messages, received and sent."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.messaging import read_messages
from kntc.accounts.models import Message
from kntc.accounts.officers import Officer

PAGE = 30


@require_GET
@signed_in()
def inbox(request: OfficerRequest) -> HttpResponse:
    """Newest first; `?tin=` opens one, which is then read. Two statements, and those of the act of reading."""
    officer, sent = request.officer, request.GET.get("hop") == "gui"
    opened = _opened(request.GET.get("tin", ""), officer)
    if opened and opened.read_at is None and opened.recipient_id == officer.account_id:
        read_messages(messages=[opened], by=officer)
    rows, more = _page(officer, request.GET.get("truoc", ""), sent=sent)
    kept = {"hop": "gui"} if sent else {}
    older = f"?{urlencode(kept | {'truoc': str(rows[-1].pk)})}" if more else ""
    tabs = [
        {"label": "Đã nhận", "url": reverse("accounts:messages"), "active": not sent},
        {"label": "Đã gửi", "url": f"{reverse('accounts:messages')}?hop=gui", "active": sent},
    ]
    context = {"rows": rows, "opened": opened, "sent": sent, "older": older, "tabs": tabs}
    return render(request, "accounts/messages.html", context)


@require_POST
@signed_in()
def read_all(request: OfficerRequest) -> HttpResponse:
    unread = Message.objects.filter(recipient=request.officer.account_id, read_at=None)
    if found := list(unread.only("pk", "recipient_id")):
        read_messages(messages=found, by=request.officer)
    return redirect("accounts:messages")


def _opened(key: str, officer: Officer) -> Message | None:
    if not key.isdecimal():
        return None
    mine = Message.objects.visible_to(officer).select_related(
        "sender__account", "sender__agency", "recipient"
    )
    return get_object_or_404(mine, pk=key)


def _page(officer: Officer, before: str, *, sent: bool) -> tuple[list[Message], bool]:
    mine = {"sender__account": officer.account_id} if sent else {"recipient": officer.account_id}
    rows = Message.objects.visible_to(officer).filter(**mine)
    if before.isdecimal():
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("sender__account", "sender__agency", "recipient").order_by("-pk")[: PAGE + 1]
    )
    return found[:PAGE], len(found) > PAGE
