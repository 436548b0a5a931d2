"""In what state an account is: one definition for the census and for the lists that its numbers open (R36).

Accounts fall into five states, and every account is in exactly one: active, idle (more than 30 days; the lists
of 60 and of 90 are parts of it), never signed in, locked, retired. Not in these: a post without a holder.

    people(Area(agency, subtree=True), State.IDLE_60, Kind.USER)   the accounts behind a number, each once
    vacancies(Area(agency))                                         the posts behind "posts without a holder"
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency

IDLE_DAYS = (30, 60, 90)


class State(TextChoices):
    """Values of `tinh-trang` in the address of the list."""

    ACTIVE = "active", "Đang dùng"
    NEVER = "never", "Chưa đăng nhập lần nào"
    IDLE_30 = "idle30", "Không đăng nhập quá 30 ngày"
    IDLE_60 = "idle60", "Không đăng nhập quá 60 ngày"
    IDLE_90 = "idle90", "Không đăng nhập quá 90 ngày"
    LOCKED = "locked", "Đang khóa"
    RETIRED = "retired", "Đã thôi sử dụng"
    NO_HOLDER = "no_holder", "Vị trí khuyết người"


class Kind(TextChoices):
    """Values of `loai`: who keeps accounts (that comes with the role alone), and who does the work."""

    ADMIN = "admin", "Tài khoản quản trị"
    USER = "user", "Tài khoản người dùng"


@dataclass(frozen=True)
class Area:
    """Where a number counts: one agency, or it with all below; `level`: only the agencies of this level therein."""

    agency: Agency
    subtree: bool = False
    level: str = ""

    @property
    def agencies(self) -> QuerySet[Agency]:
        inside = (
            Agency.objects.subtree(self.agency) if self.subtree else Agency.objects.filter(pk=self.agency.pk)
        )
        return inside.filter(level=self.level) if self.level else inside


def list_query(
    agency: int,
    *,
    subtree: bool = False,
    level: str = "",
    state: State | None = None,
    kind: Kind | None = None,
) -> str:
    """The query of the list of people that shows exactly `people(area, state, kind)`, or `vacancies(area)`.

    co-quan=<key of the agency> cap=1 (with all below) bac=<level> tinh-trang=<state> loai=<kind>
    """
    values = {
        "co-quan": str(agency),
        "cap": "1" if subtree else "",
        "bac": level,
        "tinh-trang": state.value if state else "",
        "loai": kind.value if kind else "",
    }
    return urlencode({name: value for name, value in values.items() if value})


def idle_since(days: int) -> datetime:
    """Whoever signed in last before this moment has been away for more than so many days."""
    day = timezone.localdate() - timedelta(days)
    return timezone.make_aware(datetime.combine(day, time.min))


def in_state(state: State | None, prefix: str = "") -> Q:
    """Accounts of a state; None: all but the retired. `prefix` "account__" for a query of posts."""
    if state == State.RETIRED:
        return Q(**{f"{prefix}retired_at__isnull": False})
    here = Q(**{f"{prefix}retired_at": None})
    if state is None:
        return here
    if state == State.LOCKED:
        return here & Q(**{f"{prefix}is_active": False})
    here &= Q(**{f"{prefix}is_active": True})
    if state == State.NEVER:
        return here & Q(**{f"{prefix}last_login": None})
    if state == State.ACTIVE:
        return here & Q(**{f"{prefix}last_login__gte": idle_since(IDLE_DAYS[0])})
    return here & Q(**{f"{prefix}last_login__lt": idle_since(int(state.removeprefix("idle")))})


def in_force(prefix: str = "") -> Q:
    """Posts held today, whatever the state of their account."""
    today = timezone.localdate()
    ends = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": today})
    return ends & Q(**{f"{prefix}valid_from__lte": today})


def standing() -> QuerySet[Post]:
    """The posts by which accounts are counted: those of today; of an account without any, its last."""
    end = Coalesce("valid_to", Value(date.max, output_field=DateField()))
    rival = Post.objects.filter(account=OuterRef("account")).alias(end=end)
    rival = rival.filter(in_force() | Q(end__gt=OuterRef("end")))
    return Post.objects.alias(end=end).filter(in_force() | ~Exists(rival))


def people(area: Area, state: State | None = None, kind: Kind | None = None) -> QuerySet[Account]:
    """The accounts of an area, each once, whichever and however many posts it has there."""
    posts = standing().filter(agency__in=area.agencies)
    found = Account.objects.filter(in_state(state), pk__in=posts.values("account"))
    if kind is None:
        return found
    administrators = posts.filter(role=Role.UNIT_ADMIN).values("account")
    return found.filter(pk__in=administrators) if kind == Kind.ADMIN else found.exclude(pk__in=administrators)


def vacancies(area: Area) -> QuerySet[Post]:
    """Posts without a holder: a role that somebody had in an agency in use and that nobody there has now.

    One row a role and agency: its last holder, who has left, is locked or retired. Another colleague in the same role
    means that somebody does the work, and there is nothing to fill.
    """
    today = timezone.localdate()
    held = Post.objects.current().filter(agency=OuterRef("agency"), role=OuterRef("role"))
    later = Post.objects.filter(agency=OuterRef("agency"), role=OuterRef("role"), pk__gt=OuterRef("pk"))
    return Post.objects.filter(
        ~Exists(held),
        ~Exists(later.filter(valid_from__lte=today)),
        agency__in=area.agencies.filter(Q(valid_to=None) | Q(valid_to__gte=today)),
        valid_from__lte=today,
    )
