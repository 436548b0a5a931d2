"""One reorganisation at a time, and nobody registers with an agency while it ends."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils import timezone

from kntc.agencies.models import Agency, AgencySuccession
from kntc.audit.errors import Refused
from kntc.vietnamese import short_date


def take_turn() -> None:
    """Wait until no other reorganisation runs: what it has changed is then there to be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kntc.agencies.reorganise'))")


def hold(agencies: Iterable[int]) -> None:
    """Wait for what is being registered with these agencies, and let nothing more in until the act has ended.

    A new record points to its agency, which PostgreSQL checks under a shared lock of the agency's row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM agencies_agency WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(agencies)]
        )
        cursor.fetchall()


def ids_of(codes: Iterable[str]) -> dict[str, int]:
    return dict(Agency.objects.filter(code__in=list(codes)).values_list("code", "pk"))


def require_standing(keepers: Iterable[int]) -> None:
    """Refuse what an agency that has ended would keep. Waits where it is being ended just now. One statement.

    The lock is the one under which PostgreSQL itself checks that the agency is there: writers do not wait for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name, valid_to FROM agencies_agency WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [sorted(keepers)],
        )
        rows = cursor.fetchall()
    today = timezone.localdate()
    for pk, name, valid_to in rows:
        if valid_to is not None and valid_to < today:
            raise Refused(_ended(pk, name, valid_to))


def _ended(agency: int, name: str, valid_to: date) -> str:
    heirs = AgencySuccession.objects.filter(old=agency).order_by("-is_default", "pk")
    names = list(dict.fromkeys(heirs.values_list("new__name", flat=True)))[:3]
    instead = f" Cơ quan kế thừa: {'; '.join(names)}." if names else ""
    return (
        f"{name} đã kết thúc hoạt động ngày {short_date(valid_to)} nên không nhận thêm hồ sơ.{instead} "
        "Chưa ghi gì: hãy tải lại trang để làm việc ở cơ quan hiện nay của bạn."
    )
