"""The main navigation, as data. An entry whose room is not installed, or whose right the post lacks, is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kntc.accounts.officers import Officer
from kntc.audit.rights import Right
from kntc.web import administration
from kntc.web.queries import Waiting

Counter = Callable[[Waiting], int]


@dataclass(frozen=True)
class Entry:
    label: str
    short: str
    icon: str
    url_name: str
    right: Right
    access_key: str
    counter: Counter | None = None
    counter_label: str = ""


@dataclass(frozen=True)
class Link:
    """An entry as one officer sees it on one page."""

    entry: Entry
    url: str
    active: bool
    count: int

    @property
    def count_text(self) -> str:
        return "99+" if self.count > 99 else str(self.count)


ADMINISTRATION = "accounts:census"

ENTRIES = (
    Entry("Tổng quan", "Tổng quan", "layout-dashboard", "web:home", Right.REPORT, "1"),
    Entry("Tiếp công dân", "Tiếp dân", "users", "reception:list", Right.READ_CONTENT, "2"),
    Entry(
        "Xử lý đơn",
        "Đơn",
        "mail-opened",
        "petitions:list",
        Right.READ,
        "3",
        lambda waiting: waiting.unhandled,
        "đơn chưa xử lý",
    ),
    Entry("Giải quyết", "Giải quyết", "gavel", "settlement:list", Right.READ_CONTENT, "4"),
    Entry("Báo cáo, thống kê", "Báo cáo", "clipboard-data", "reports:index", Right.REPORT, "5"),
    Entry("Nhập sổ", "Nhập sổ", "file-import", "registers:index", Right.IMPORT, "6"),
    Entry("Quản trị đơn vị", "Quản trị", "settings", ADMINISTRATION, Right.MANAGE_ACCOUNTS, "7"),
)


@dataclass(frozen=True)
class Notice:
    """One line under the bell."""

    count: int
    text: str
    icon: str
    url: str


# Each number opens the list that it counts.
NOTICES = (
    ("unread", "thông báo chưa đọc", "bell", "accounts:messages", ""),
    ("overdue", "đơn quá hạn xử lý", "alert-triangle", "petitions:list", "?own=1&handling=none&late=overdue"),
    ("mine", "đơn giao cho bạn chưa xong", "user-circle", "petitions:list", "?own=1&assignee=me&state=open"),
    ("unhandled", "đơn chưa xử lý", "mail-opened", "petitions:list", "?own=1&handling=none"),
    ("void_requests", "đề nghị hủy đơn chờ cơ quan bạn trả lời", "trash", "petitions:void-requests", ""),
)


def links(request: HttpRequest, officer: Officer, waiting: Waiting) -> list[Link]:
    return [
        Link(entry, url, _is_active(request, entry), entry.counter(waiting) if entry.counter else 0)
        for entry in ENTRIES
        if officer.has_right(entry.right) and (url := _url(entry.url_name))
    ]


def notices(waiting: Waiting) -> list[Notice]:
    return [
        Notice(count, text, icon, url + query)
        for name, text, icon, url_name, query in NOTICES
        if (count := getattr(waiting, name)) and (url := _url(url_name))
    ]


def _url(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_active(request: HttpRequest, entry: Entry) -> bool:
    """A page belongs to the entry of its room; the pages of `web` stand each for itself."""
    match = request.resolver_match
    if match is None:
        return False
    room = entry.url_name.partition(":")[0]
    if request.path.startswith(administration.PREFIX):
        return entry.url_name == ADMINISTRATION
    return match.view_name == entry.url_name if room == "web" else match.namespace == room
