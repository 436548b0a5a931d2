"""Reads of the access review: agencies with their last one, one review with what to look at, its minutes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from kntc.accounts.models import AccessReview, Membership, Post, ReviewItem
from kntc.accounts.roles import Role
from kntc.accounts.states import idle_since
from kntc.agencies.models import Agency
from kntc.audit.actors import Actor
from kntc.audit.errors import OutOfReach
from kntc.vietnamese import fold

# Twice a year.
EVERY_DAYS = 183
IDLE_DAYS = 60
ORDER = ("lft", "pk")


def last_allowed() -> datetime:
    """A review closed before this moment is too old."""
    day = timezone.localdate() - timedelta(EVERY_DAYS)
    return timezone.make_aware(datetime.combine(day, time.min))


def agencies_of(by: Actor, search: str = "", *, due_only: bool = False) -> QuerySet[Agency]:
    """Agencies in reach with people, each with its posts, its last review and the open one."""
    reviews = AccessReview.objects.filter(agency=OuterRef("pk"))
    current = Post.objects.current().filter(agency=OuterRef("pk"))
    closed = reviews.filter(closed_at__isnull=False).order_by().values("agency").annotate(at=Max("closed_at"))
    rows = _reach(by).filter(Exists(current))
    rows = rows.annotate(
        held=Subquery(current.order_by().values("agency").annotate(n=Count("pk")).values("n")),
        last_closed=Subquery(closed.values("at")),
        last_review=Subquery(reviews.filter(closed_at__isnull=False).order_by("-closed_at").values("pk")[:1]),
        open_review=Subquery(reviews.filter(closed_at=None).values("pk")[:1]),
        open_due=Subquery(reviews.filter(closed_at=None).values("due_on")[:1]),
    )
    for word in fold(search).split():
        rows = rows.filter(name_fold__contains=word)
    return rows.filter(_is_due()) if due_only else rows


def _reach(by: Actor) -> QuerySet[Agency]:
    scope, rows = by.scope, Agency.objects.users().filter(lft__isnull=False)
    if scope.kind == "all":
        return rows
    return rows.filter(lft__gte=scope.lft, lft__lte=scope.rgt) if scope.kind == "tree" else rows.none()


def _is_due() -> Q:
    return Q(last_closed=None) | Q(last_closed__lt=last_allowed())


def due_count(by: Actor) -> int:
    """Agencies in reach whose last review is older than six months, or that never had one. One statement."""
    return agencies_of(by, due_only=True).count()


def visible_review(pk: int, by: Actor) -> AccessReview:
    """The review, or one answer for "not there" and "not yours". One statement."""
    found = AccessReview.objects.visible_to(by).select_related("agency__parent", "opened_by__account")
    review = found.filter(pk=pk).first()
    if review is None:
        raise OutOfReach("Đợt rà soát này")
    return review


@dataclass(frozen=True)
class Row:
    """One post under review; `marks` say why to look twice."""

    item: ReviewItem
    groups: list[str]
    marks: list[str]

    @property
    def post(self) -> Post:
        return self.item.post


@dataclass
class Sheet:
    """A review with all its rows."""

    review: AccessReview
    rows: list[Row] = field(default_factory=list)

    def decided(self, decision: str) -> list[Row]:
        return [row for row in self.rows if row.item.decision == decision]

    @property
    def waiting(self) -> list[Row]:
        return self.decided("")

    @property
    def confirmed(self) -> list[Row]:
        return self.decided(ReviewItem.Decision.CONFIRMED)

    @property
    def withdrawn(self) -> list[Row]:
        return self.decided(ReviewItem.Decision.WITHDRAWN)

    @property
    def marked(self) -> list[Row]:
        return [row for row in self.rows if row.marks]

    @property
    def by_themselves(self) -> list[Row]:
        """Who confirmed the own post: said in the minutes, for the administrator above to see."""
        return [
            row
            for row in self.confirmed
            if row.item.decided_by and row.item.decided_by.account_id == row.post.account_id
        ]


def sheet_of(review: AccessReview) -> Sheet:
    """Every post of a review, those to look at first. Three statements."""
    items = list(
        ReviewItem.objects.filter(review=review)
        .select_related("post__account", "post__oversees", "decided_by__account")
        .order_by("post__account__sort_key", "pk")
    )
    groups, several = _groups(items), _several(items)
    rows = [Row(item, groups.get(item.post_id, []), list(_marks(item, several))) for item in items]
    return Sheet(review, sorted(rows, key=lambda row: (bool(row.item.decision), not row.marks)))


def _groups(items: list[ReviewItem]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    members = Membership.objects.filter(post__in=[item.post_id for item in items]).order_by(
        "group__name_fold"
    )
    for post, name in members.values_list("post_id", "group__name"):
        found.setdefault(post, []).append(name)
    return found


def _several(items: list[ReviewItem]) -> set[int]:
    """Accounts with more than one post today, wherever."""
    accounts = [item.post.account_id for item in items]
    held = Post.objects.current().filter(account__in=accounts).values_list("account").annotate(n=Count("pk"))
    return {account for account, count in held if count > 1}


def _marks(item: ReviewItem, several: set[int]) -> Iterator[str]:
    post, account = item.post, item.post.account
    if post.role == Role.UNIT_ADMIN:
        yield "quản trị"
    if account.last_login is None:
        yield "chưa đăng nhập lần nào"
    elif account.last_login < idle_since(IDLE_DAYS):
        yield f"không đăng nhập quá {IDLE_DAYS} ngày"
    if account.pk in several:
        yield "giữ nhiều vị trí"
    if post.oversees_id and post.oversees_id != post.agency_id:
        yield f"theo dõi {post.oversees}"
    if not account.is_active:
        yield "tài khoản đã khóa"
    elif post.valid_to is not None and post.valid_to < timezone.localdate():
        yield "vị trí đã kết thúc"


def suggested_finding(sheet: Sheet) -> str:
    """What the figures say; the administrator may write more."""
    lines = [
        f"Đã rà soát {len(sheet.rows)} vị trí công tác: giữ nguyên {len(sheet.confirmed)}, "
        f"thu hồi {len(sheet.withdrawn)}."
    ]
    if sheet.by_themselves:
        names = ", ".join(row.post.account.full_name for row in sheet.by_themselves)
        lines.append(f"Vị trí do chính người giữ xác nhận, đề nghị cấp trên xem lại: {names}.")
    return "\n".join(lines)
