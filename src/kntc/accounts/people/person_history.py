"""What happened to an account, as the log tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kntc.accounts.models import Account
from kntc.accounts.roles import Role
from kntc.audit.action import ACTIONS
from kntc.audit.actors import Actor
from kntc.audit.models import Entry

SHOWN = 50
_WORDS = {
    "account.create": "Tạo tài khoản",
    "account.invite": "Tạo tài khoản, cấp mã kích hoạt",
    "account.import": "Tạo tài khoản từ tệp Excel",
    "account.activate": "Tự đặt mật khẩu bằng mã kích hoạt",
    "account.edit": "Sửa họ tên, liên hệ",
    "account.retitle": "Sửa chức danh",
    "account.rename": "Đổi tên đăng nhập",
    "account.reset": "Cấp lại mật khẩu",
    "account.lock": "Khóa",
    "account.unlock": "Mở khóa",
    "account.sign-out": "Đăng xuất khỏi mọi nơi",
    "account.retire": "Cho thôi sử dụng",
    "post.move": "Chuyển sang cơ quan khác",
    "post.add": "Thêm vị trí công tác",
    "post.end": "Kết thúc vị trí công tác",
    "post.change-role": "Đổi vai trò",
}


@dataclass(frozen=True)
class Happened:
    """One act: what, when, by whom, and the change in words."""

    title: str
    at: datetime
    who: str
    detail: str


def history(account: Account, actor: Actor) -> list[Happened]:
    """The newest first. One statement."""
    entries = Entry.objects.visible_to(actor).filter(
        subject_type="accounts.account", subject_id=str(account.pk)
    )
    return [_told(entry) for entry in entries.order_by("-id")[:SHOWN]]


def _told(entry: Entry) -> Happened:
    info = ACTIONS.get(entry.action)
    title = _WORDS.get(entry.action) or (info.sentence.rstrip(".") if info else entry.action)
    return Happened(title, entry.at, f"{entry.actor}, {entry.post}", "; ".join(_details(entry)))


def _details(entry: Entry) -> Iterator[str]:
    old, new = entry.details.get("old"), entry.details.get("new")
    if old and new:
        yield f"{_said(old)} → {_said(new)}"
    if moved := sum((entry.details.get("handed_over") or {}).values()):
        yield f"bàn giao {moved} việc"
    if entry.reason:
        yield entry.reason


def _said(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value
