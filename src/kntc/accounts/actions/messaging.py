"""Messages are opened, units are nudged (R17)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.mailing import mail_soon
from kntc.accounts.models import Message, Nudge, Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused

# One nudge a unit in so many hours, unless whoever sends it says once more that it should go.
REST = timedelta(hours=24)
NUDGED = (Role.UNIT_ADMIN, Role.LEADER)
LONGEST = 4000


@action("message.read")
def read_messages(*, messages: Sequence[Message], by: Actor) -> int:
    """Đánh dấu thông báo đã đọc."""
    keys = [message.pk for message in messages if message.recipient_id == by.account_id]
    note(agency_id=by.agency_id, messages=len(keys))
    return Message.objects.filter(pk__in=keys, read_at=None).update(read_at=timezone.now())


@action("account.nudge")
def nudge_unit(*, agency: Agency, text: str, link: str, by: Actor, again: bool = False) -> Nudge:
    """Nhắc quản trị và lãnh đạo của một đơn vị sử dụng hệ thống."""
    require(by, Act.MONITOR_USE, agency)
    checked = _checked(text)
    last = Nudge.objects.filter(agency=agency, sent_at__gt=timezone.now() - REST).order_by("-sent_at").first()
    if last and not again:
        raise Refused(
            f"{agency.name} đã được nhắc lúc {timezone.localtime(last.sent_at):%H:%M %d/%m/%Y}, chưa quá 24 giờ. "
            "Nếu vẫn cần nhắc, hãy đánh dấu “Nhắc cả đơn vị đã được nhắc trong 24 giờ qua” rồi gửi lại."
        )
    posts = nudged_in([agency.pk]).get(agency.pk, [])
    if not posts:
        raise Refused(
            f"{agency.name} chưa có quản trị hoặc lãnh đạo nào có tài khoản dùng được nên không có ai nhận. "
            "Hãy tạo tài khoản quản trị cho đơn vị trước (mục Người dùng)."
        )
    sent = _send(posts, f"Nhắc sử dụng hệ thống: {agency.short_name}"[:200], checked, link, by)
    note(agency, agency_id=agency.pk, recipients=len(sent))
    return Nudge.objects.create(agency=agency, by_id=by.post_id, recipients=len(sent))


def nudged_in(agencies: Iterable[int]) -> dict[int, list[Post]]:
    """Agency → the posts that a nudge of it reaches, one an account. One statement."""
    posts = Post.objects.current().filter(agency__in=agencies, role__in=NUDGED).select_related("account")
    found: dict[int, dict[int, Post]] = {}
    for post in posts.order_by("pk"):
        found.setdefault(post.agency_id, {}).setdefault(post.account_id, post)
    return {agency: list(of_account.values()) for agency, of_account in found.items()}


def last_nudges(agencies: Iterable[int]) -> dict[int, datetime]:
    """Agency → when it was last nudged. One statement."""
    newest = Nudge.objects.filter(agency__in=agencies).order_by("agency", "-sent_at").distinct("agency")
    return dict(newest.values_list("agency", "sent_at"))


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput({"text": "Hãy viết nội dung nhắc."})
    if len(text) > LONGEST:
        raise InvalidInput({"text": f"Nội dung nhắc dài quá {LONGEST} chữ cái: hãy viết ngắn lại."})
    return text


def _send(posts: Sequence[Post], subject: str, body: str, link: str, by: Actor) -> list[Message]:
    messages = Message.objects.bulk_create(
        Message(recipient_id=post.account_id, sender_id=by.post_id, subject=subject, body=body, link=link)
        for post in posts
    )
    mail_soon([message.pk for message in messages])
    return messages
