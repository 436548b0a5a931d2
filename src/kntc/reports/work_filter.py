"""The list behind "Đang xử lý, giải quyết" and its like: `?muc=qua-han&cua=GLA`, by the agency that answers today.

`rieng=1`: that agency alone, without those below it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from kntc.audit.actors import Actor
from kntc.petitions.extra_filters import Filter
from kntc.petitions.filters import LATENESS
from kntc.reports.doubts import INCOMPLETE
from kntc.reports.overseen import overseen
from kntc.reports.queries import NEW_DAYS, OPEN


@dataclass(frozen=True)
class Part:
    label: str
    q: Callable[[date], Q]


PARTS = {
    "dang-xu-ly": Part("Đang xử lý, giải quyết", lambda today: Q(state__in=OPEN)),
    "moi": Part(
        f"Nhận trong {NEW_DAYS.days} ngày qua, chưa xong",
        lambda today: Q(state__in=OPEN, received_on__gt=today - NEW_DAYS),
    ),
    "qua-han": Part("Quá hạn theo luật định", lambda today: Q(state__in=OPEN) & LATENESS["overdue"].q(today)),
}


def work_provider(query: QueryDict, actor: Actor) -> Filter | None:
    """None for a part that is not known or an agency that the actor does not look after."""
    part = PARTS.get(query.get("muc", ""))
    agency = overseen(actor).filter(code=query.get("cua", "")).first()
    if part is None or agency is None:
        return None
    alone = query.get("rieng") == "1"
    below = Q(keeper=agency) if alone else Q(keeper__lft__gte=agency.lft, keeper__lft__lte=agency.rgt)
    wanted = below & part.q(timezone.localdate())
    label = f"{part.label}; {agency.name}{'' if alone else ' và trực thuộc'} đang quản lý"
    return Filter(lambda petitions: petitions.filter(wanted), label, ("cua", "rieng"))


def incomplete_provider(query: QueryDict, actor: Actor) -> Filter | None:
    """The list behind "chưa đủ thông tin": `?thieu=1`, beside the list's own agency and period."""
    return Filter(lambda petitions: petitions.filter(INCOMPLETE), "Chưa đủ thông tin mà biểu thống kê cần")
