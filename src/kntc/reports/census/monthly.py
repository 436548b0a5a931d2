"""The monthly census: kept as a file, told in the inbox, sent by mail where there is a mail server (R52)."""

from collections.abc import Iterable
from datetime import date

from kntc.accounts import mailing
from kntc.accounts.acts import Act, Tier
from kntc.accounts.administration import is_delegated
from kntc.accounts.census import Census, Figures
from kntc.accounts.models import CensusFile, CensusMail, Message, Post
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, Level
from kntc.audit.action import action, note
from kntc.reports.census.excel import excel_of, file_name
from kntc.reports.paper import EXCEL_TYPE
from kntc.vietnamese import number

# Who looks after units gets it unless they do not want it.
LEVELS = (Level.PROVINCE, Level.MINISTRY, Level.CENTRAL)


def is_wanted(post: Post) -> bool:
    """What this administrator chose, else the rule."""
    chosen = CensusMail.objects.filter(post=post).values_list("wanted", flat=True).first()
    return _by_rule(post) if chosen is None else chosen


def _by_rule(post: Post) -> bool:
    return (post.oversees or post.agency).level in LEVELS


@action("account.census_mail")
def choose_monthly(*, wanted: bool, by: Officer) -> CensusMail:
    """Bật hoặc tắt tệp thống kê tài khoản hằng tháng của mình."""
    note(agency_id=by.agency_id, wanted=wanted)
    chosen, _ = CensusMail.objects.update_or_create(post=by.post, defaults={"wanted": wanted})
    return chosen


def subscribers() -> Iterable[Post]:
    """Administrators who get the file. Two statements."""
    if not is_delegated(Act.VIEW_CENSUS, Tier.PROVINCE):
        return []
    posts = (
        Post.objects.current().filter(role=Role.UNIT_ADMIN).select_related("account", "agency", "oversees")
    )
    chosen = dict(CensusMail.objects.values_list("post", "wanted"))
    return [post for post in posts.order_by("pk") if chosen.get(post.pk, _by_rule(post))]


def send_monthly(month: date) -> int:
    """The file of each subscriber for this month; who has got it already is passed over. Returns how many went."""
    done = set(CensusMail.objects.filter(sent_for=month).values_list("post", flat=True))
    sent = 0
    for post in subscribers():
        if post.pk not in done:
            _deliver(post, month)
            sent += 1
    return sent


def _deliver(post: Post, month: date) -> None:
    """First by mail: when the mail server fails, the job is done again and this post has not got its file yet."""
    kept, figures = _file(post.oversees or post.agency, month)
    subject = f"Thống kê tài khoản tháng {month:%m/%Y}: {kept.agency.short_name}"[:200]
    body = _body(kept.agency, figures)
    if mailing.is_set_up() and post.account.email:
        mailing.mail(post.account.email, subject, body, (kept.name, bytes(kept.content), EXCEL_TYPE))
    Message.objects.create(
        recipient=post.account, subject=subject, body=body, link=f"/quan-tri/tai-khoan/tep/{kept.pk}/"
    )
    CensusMail.objects.update_or_create(
        post=post, defaults={"sent_for": month}, create_defaults={"sent_for": month, "wanted": _by_rule(post)}
    )


def _file(agency: Agency, month: date) -> tuple[CensusFile, Figures]:
    """Made once a month and agency: all who get it get the same."""
    census = Census(agency)
    kept, _ = CensusFile.objects.get_or_create(
        agency=agency,
        month=month,
        defaults={"name": file_name(census, month), "content": excel_of(census)},
    )
    return kept, census.total


def _body(agency: Agency, figures: Figures) -> str:
    return (
        f"Thống kê tài khoản của {agency.name} và các cơ quan trực thuộc: {number(figures.accounts)} tài khoản, gồm "
        f"{number(figures.administrators)} quản trị và {number(figures.users)} người dùng; "
        f"{number(figures.idle_30)} tài khoản không đăng nhập quá 30 ngày, {number(figures.never)} chưa đăng nhập lần "
        f"nào, {number(figures.locked)} đang khóa; {number(figures.vacant)} vị trí khuyết người; "
        f"{number(figures.without_administrator)} cơ quan chưa có quản trị.\n\nTệp Excel có đủ từng cơ quan. "
        "Muốn thôi nhận: mở Thống kê tài khoản, chọn “Thôi nhận hằng tháng”."
    )
