"""The parts of "Quản trị đơn vị", as data: the tabs above every screen of administration."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kntc.accounts.officers import Officer
from kntc.audit.rights import Right

# Every screen of administration lives under this address.
PREFIX = "/quan-tri/"


@dataclass(frozen=True)
class Part:
    """`right` None: every officer may read it (who may do what is no secret, R58)."""

    label: str
    url_name: str
    right: Right | None = Right.MANAGE_ACCOUNTS


PARTS = (
    Part("Thống kê tài khoản", "accounts:census"),
    Part("Người dùng", "accounts:people"),
    Part("Nhóm nghiệp vụ", "accounts:groups"),
    Part("Quyền", "accounts:rights", None),
    Part("Phân cấp", "accounts:delegation", None),
    Part("Rà soát", "accounts:reviews"),
    Part("Danh mục cơ quan", "agencies:directory"),
    Part("Sắp xếp cơ quan", "agencies:reorganise"),
    Part("Theo dõi sử dụng", "reports:adoption"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    active: bool
    count: int | None = None


def tabs(request: HttpRequest, officer: Officer) -> list[Tab]:
    """Those this officer may open. The longest address that the page begins with is the one it belongs to."""
    found = [
        (part, url)
        for part in PARTS
        if (part.right is None or officer.has_right(part.right)) and (url := _url(part.url_name))
    ]
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [Tab(part.label, url, url == here) for part, url in found]


def _url(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
