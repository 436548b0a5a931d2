"""What stands in the small coloured labels. Colour is never alone: the words say the same."""

from dataclasses import dataclass
from datetime import date, timedelta

from kntc.vietnamese import short_date

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Badge:
    label: str
    tone: str
    icon: str = ""
    outline: bool = False
    title: str = ""


KINDS = {
    "complaint": Badge("Khiếu nại", "blue"),
    "denunciation": Badge("Tố cáo", "red"),
    "reflection": Badge("Kiến nghị, phản ánh", "green"),
}

STATES = {
    "received": Badge("Mới tiếp nhận", "orange", outline=True),
    "handled": Badge("Đã xử lý", "teal", outline=True),
    "settling": Badge("Đang giải quyết", "blue", outline=True),
    "settled": Badge("Đã giải quyết", "green", outline=True),
}

HANDLINGS = {
    "": Badge("Chưa xử lý", "orange", outline=True),
    "accept": Badge("Thụ lý", "blue", outline=True),
    "guide": Badge("Hướng dẫn", "teal", outline=True),
    "transfer": Badge("Chuyển đơn", "purple", outline=True),
    "return": Badge("Trả lại đơn", "secondary", outline=True),
    "file": Badge("Lưu đơn", "secondary", outline=True),
    "decline": Badge("Không thụ lý", "secondary", outline=True),
    "urge": Badge("Đôn đốc", "yellow", outline=True),
}


def deadline(due_on: date | None, today: date, done_on: date | None = None) -> Badge:
    """Calendar days from `today`, or from the day it was done, to the due day."""
    if due_on is None:
        return Badge("Chưa có hạn", "secondary")
    title = f"Hạn {short_date(due_on)}"
    if done_on is not None:
        return _done(due_on, done_on, title)
    left = (due_on - today).days
    if left < 0:
        return Badge(f"Quá hạn {-left} ngày", "red", "alert-triangle", title=title)
    if left == 0:
        return Badge("Đến hạn hôm nay", "orange", "clock", title=title)
    return Badge(f"Còn {left} ngày", "orange" if left <= SOON.days else "green", "clock", title=title)


def _done(due_on: date, done_on: date, title: str) -> Badge:
    late = (done_on - due_on).days
    if late > 0:
        return Badge(f"Xong, trễ {late} ngày", "red", "alert-triangle", title=title)
    return Badge("Xong đúng hạn", "green", "circle-check", title=title)
