"""The access review: opened, each post confirmed or withdrawn, closed with a finding."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kntc.accounts.actions.moving import end_post
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import AccessReview, Post, ReviewItem
from kntc.accounts.people import handing
from kntc.accounts.people.handing import Receivers
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right
from kntc.vietnamese import squeeze

DAYS = 14
_LONGEST_NOTE, _LONGEST_FINDING = 255, 4000


@action("review.open", right=Right.MANAGE_ACCOUNTS)
def open_reviews(
    *, agency: Agency, by: Actor, subtree: bool = False, due_on: date | None = None
) -> list[AccessReview]:
    """Mở đợt rà soát quyền truy cập của một cơ quan, hoặc của mọi cơ quan trực thuộc."""
    require(by, Act.REVIEW_ACCESS, agency)
    today = timezone.localdate()
    due_on = due_on or today + timedelta(DAYS)
    if due_on < today:
        raise InvalidInput({"due_on": "Hạn hoàn thành phải từ hôm nay trở đi."})
    keys = list(_waiting(agency, subtree).values_list("pk", flat=True))
    fresh = [AccessReview(agency_id=key, due_on=due_on, opened_by_id=by.post_id) for key in keys]
    # Somebody may open the same at the same moment: one of both stands, with the items of both.
    AccessReview.objects.bulk_create(fresh, ignore_conflicts=True)
    opened = list(AccessReview.objects.filter(agency__in=keys, closed_at=None, items=None))
    if not opened:
        raise Refused(
            "Không có cơ quan nào cần mở: đợt rà soát đang mở sẵn, hoặc chưa có ai giữ vị trí công tác."
        )
    items = _items(opened)
    ReviewItem.objects.bulk_create(items, ignore_conflicts=True, batch_size=2000)
    note(agency_id=agency.pk, agencies=len(opened), posts=len(items), due_on=due_on, subtree=subtree)
    return opened


def _waiting(agency: Agency, subtree: bool) -> QuerySet[Agency]:
    today = timezone.localdate()
    inside = Agency.objects.subtree(agency) if subtree else Agency.objects.filter(pk=agency.pk)
    return inside.users().filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        Exists(Post.objects.current().filter(agency=OuterRef("pk"))),
        ~Exists(AccessReview.objects.filter(agency=OuterRef("pk"), closed_at=None)),
    )


def _items(reviews: Collection[AccessReview]) -> list[ReviewItem]:
    by_agency = {review.agency_id: review for review in reviews}
    posts = Post.objects.current().filter(agency__in=by_agency)
    return [
        ReviewItem(review=by_agency[agency], post_id=pk)
        for pk, agency in posts.values_list("pk", "agency_id")
    ]


@action("review.confirm", right=Right.MANAGE_ACCOUNTS, locks=("review",))
def confirm_items(*, review: AccessReview, by: Actor, items: Collection[int] | None = None) -> int:
    """Giữ nguyên quyền của những người đã chọn, hoặc của mọi người còn lại. Trả về số người."""
    _require_open(review, by)
    waiting = ReviewItem.objects.filter(review=review, decision="")
    if items is not None:
        waiting = waiting.filter(pk__in=items)
    posts = list(waiting.values_list("post_id", flat=True))
    waiting.update(decision=ReviewItem.Decision.CONFIRMED, decided_at=timezone.now(), decided_by=by.post_id)
    note(review, agency_id=review.agency_id, posts=posts)
    return len(posts)


@action("review.withdraw", right=Right.MANAGE_ACCOUNTS, locks=("review",))
def withdraw_item(
    *, review: AccessReview, item: ReviewItem, why: str, by: Actor, receivers: Receivers | None = None
) -> ReviewItem:
    """Thu hồi một vị trí công tác trong đợt rà soát."""
    _require_open(review, by)
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item.pk, review=review)
    if item.decision == ReviewItem.Decision.WITHDRAWN:
        raise Refused("Vị trí này đã được thu hồi. Hãy tải lại trang rà soát.")
    why = _text(why, "why", "Hãy ghi vì sao thu hồi: biên bản rà soát cần lý do.", _LONGEST_NOTE)
    if handing.is_held(item.post):
        end_post(post=item.post, by=by, receivers=receivers)
    item.decision, item.note = ReviewItem.Decision.WITHDRAWN, why
    item.decided_at, item.decided_by_id = timezone.now(), by.post_id
    item.save()
    note(review, agency_id=review.agency_id, post=item.post_id, name=item.post.account.full_name, why=why)
    return item


@action("review.close", right=Right.MANAGE_ACCOUNTS, locks=("review",))
def close_review(*, review: AccessReview, finding: str, by: Actor) -> AccessReview:
    """Kết thúc đợt rà soát, ghi kết luận."""
    _require_open(review, by)
    decisions = list(ReviewItem.objects.filter(review=review).values_list("decision", flat=True))
    left = decisions.count("")
    if left:
        raise Refused(
            f"Còn {left} người chưa quyết định. Hãy giữ nguyên hoặc thu hồi từng người rồi kết thúc."
        )
    review.finding = _text(finding, "finding", "Hãy ghi kết luận của đợt rà soát.", _LONGEST_FINDING)
    review.closed_at = timezone.now()
    review.save()
    note(
        review,
        agency_id=review.agency_id,
        finding=review.finding,
        confirmed=decisions.count(ReviewItem.Decision.CONFIRMED),
        withdrawn=decisions.count(ReviewItem.Decision.WITHDRAWN),
    )
    return review


def _require_open(review: AccessReview, by: Actor) -> None:
    require(by, Act.REVIEW_ACCESS, review.agency)
    if review.closed_at is not None:
        raise Refused("Đợt rà soát này đã kết thúc. Hãy mở đợt mới nếu cần xem lại.")


def _text(text: str, name: str, missing: str, longest: int) -> str:
    text = text.strip() if name == "finding" else squeeze(text)
    if not text:
        raise InvalidInput({name: missing})
    if len(text) > longest:
        raise InvalidInput({name: f"Nội dung dài quá {longest} chữ. Hãy ghi ngắn lại."})
    return text
