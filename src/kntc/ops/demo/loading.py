"""`kntc demo`: the parts of the demonstration, each whole or not at all, none twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import transaction

from kntc.ops.models import Mark
from kntc.ops.progress import Report
from kntc.ops.readiness import DEMO
from kntc.vietnamese import number

Bar = Callable[[str], AbstractContextManager[Report]]


# Each imports what it needs when it runs: a start that finds all in place pays for none of it.
def _accounts(report: Report) -> None:
    from kntc.ops.demo.accounts import create

    create(report)


def _binh_dinh(report: Report) -> None:
    from kntc.ops.demo.binh_dinh import load

    load(report)


def _gia_lai(report: Report) -> None:
    from kntc.ops.demo.living import load

    load(report)


def _offices(report: Report) -> None:
    from kntc.ops.demo.offices import load

    load(report)


PARTS: tuple[tuple[str, str, Callable[[Report], None]], ...] = (
    ("demo.accounts", "Tài khoản trình diễn", _accounts),
    ("demo.binh-dinh", "Sổ theo dõi đơn Bình Định 2018–2019", _binh_dinh),
    ("demo.gia-lai", "Đơn và lượt tiếp của Gia Lai năm 2026", _gia_lai),
    ("demo.offices", "Quản trị các cơ quan của Gia Lai", _offices),
)


def is_loaded() -> bool:
    return Mark.objects.filter(name__in=[name for name, _, _ in PARTS]).count() == len(PARTS)


def load(bar: Bar, petitions: int = 0) -> None:
    """Load what is not there yet; `petitions`: as many more all over the country, for measuring."""
    for name, label, part in PARTS:
        if not Mark.stands(name):
            with bar(label) as report, transaction.atomic():
                part(report)
                Mark.put(name)
    Mark.put(DEMO)
    if petitions:
        from kntc.ops.demo import mass

        with bar(f"{number(petitions)} đơn khắp cả nước") as report:
            mass.load(petitions, report)


def counts() -> dict[str, int]:
    """What there is now."""
    from kntc.accounts.models import Account
    from kntc.petitions.models import Petition
    from kntc.reception.models import Visit

    return {
        "petitions": Petition.objects.live().count(),
        "visits": Visit.objects.live().count(),
        "accounts": Account.objects.count(),
    }
