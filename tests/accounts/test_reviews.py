"""The access review: opened in one act, each post confirmed or withdrawn, closed with a finding on paper."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.actions.reviewing import close_review, confirm_items, open_reviews, withdraw_item
from kntc.accounts.acts import Act, Tier
from kntc.accounts.models import AccessReview, Delegation, Group, Membership, Post, ReviewItem
from kntc.accounts.officers import Officer
from kntc.accounts.rights.reviewing import agencies_of, due_count, sheet_of, visible_review
from kntc.accounts.roles import Role
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from kntc.petitions.actions import assign_petition
from kntc.petitions.models import Petition
from kntc.reports.review_minutes import minutes
from tests.documents.papers import all_text
from tests.factories import Country, make_officer, make_petition
from tests.journeys.addresses import browser

PAGE = "/quan-tri/ra-soat/"


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN, title="Quản trị đơn vị")


@pytest.fixture
def lan(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


@pytest.fixture
def review(country: Country, admin: Officer, lan: Officer) -> AccessReview:
    (opened,) = open_reviews(agency=country.commune, by=admin)
    return opened


def item_of(review: AccessReview, officer: Officer) -> ReviewItem:
    return review.items.get(post=officer.post_id)


def test_a_whole_province_is_opened_in_one_act(country: Country, admin: Officer, lan: Officer) -> None:
    make_officer(country.sister)
    make_officer(country.far_commune)
    province = make_officer(country.province, Role.UNIT_ADMIN)
    with acting_as(province):
        opened = open_reviews(agency=country.province, subtree=True, by=province)
    assert {review.agency for review in opened} == {country.province, country.commune, country.sister}
    assert ReviewItem.objects.count() == 4
    assert {review.due_on for review in opened} == {timezone.localdate() + timedelta(14)}
    assert Entry.objects.get(action="review.open").details["posts"] == 4


def test_what_is_open_stays_open(country: Country, admin: Officer, review: AccessReview) -> None:
    with pytest.raises(Refused, match="đang mở sẵn"):
        open_reviews(agency=country.commune, by=admin)
    with pytest.raises(InvalidInput):
        open_reviews(agency=country.commune, by=admin, due_on=date(2020, 1, 1))
    assert AccessReview.objects.get() == review


def test_what_to_look_at_twice(country: Country, admin: Officer, lan: Officer, review: AccessReview) -> None:
    account = lan.account
    account.last_login = timezone.now() - timedelta(100)
    account.save()
    Post.objects.create(account=account, agency=country.sister, role=Role.OFFICER, title="Kiêm nhiệm")
    group = Group.objects.create(agency=country.commune, name="Văn thư")
    Membership.objects.create(group=group, post=lan.post)
    rows = {row.post.pk: row for row in sheet_of(review).rows}
    assert rows[admin.post_id].marks == ["quản trị", "chưa đăng nhập lần nào"]
    assert rows[lan.post_id].marks == ["không đăng nhập quá 60 ngày", "giữ nhiều vị trí"]
    assert rows[lan.post_id].groups == ["Văn thư"]


def test_confirmed_one_by_one_and_the_rest_in_one_act(
    country: Country, admin: Officer, lan: Officer, review: AccessReview
) -> None:
    assert confirm_items(review=review, items=[item_of(review, lan).pk], by=admin) == 1
    assert confirm_items(review=review, items=[item_of(review, lan).pk, 10**8], by=admin) == 0
    assert confirm_items(review=review, by=admin) == 1
    assert [row.post for row in sheet_of(review).by_themselves] == [admin.post]
    assert sheet_of(review).waiting == []


def test_a_withdrawal_ends_the_post_and_keeps_why(admin: Officer, lan: Officer, review: AccessReview) -> None:
    with acting_as(admin):
        withdraw_item(review=review, item=item_of(review, lan), why="đã chuyển công tác", by=admin)
    assert not Post.objects.current().filter(pk=lan.post_id).exists()
    assert item_of(review, lan).note == "đã chuyển công tác"
    assert {entry.action for entry in Entry.objects.all()} >= {"review.withdraw", "post.end"}
    with pytest.raises(Refused, match="đã được thu hồi"):
        withdraw_item(review=review, item=item_of(review, lan), why="x", by=admin)


def test_the_last_administrator_is_not_withdrawn(
    country: Country, admin: Officer, review: AccessReview
) -> None:
    province = make_officer(country.province, Role.UNIT_ADMIN)
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        withdraw_item(review=review, item=item_of(review, admin), why="thôi", by=province)
    with pytest.raises(Refused, match=r"(?i)không ai tự"):
        withdraw_item(review=review, item=item_of(review, admin), why="thôi", by=admin)
    assert item_of(review, admin).decision == ""


def test_open_work_is_handed_over_first(
    country: Country, admin: Officer, lan: Officer, review: AccessReview
) -> None:
    minh, leader = make_officer(country.commune, login="minh"), make_officer(country.commune, Role.LEADER)
    petition = make_petition(country.commune)
    assign_petition(petition=petition, to=lan.post, by=leader)
    url = f"{PAGE}{review.pk}/thu-hoi/{item_of(review, lan).pk}/"
    client = browser(admin)
    page = client.get(url).content.decode()
    assert "Còn việc phải bàn giao" in page
    assert petition.words.petitioner_line not in page
    assert client.post(url, {"why": "thôi việc"}).status_code == 409
    assert client.post(url, {"why": "thôi việc", "receivers": ["999"]}).status_code == 422
    assert client.post(url, {"why": "thôi việc", "receivers": [minh.post_id]}).status_code == 302
    assert Petition.objects.get().assignee_id == minh.post_id


def test_closed_only_when_every_one_is_decided(
    country: Country, admin: Officer, lan: Officer, review: AccessReview
) -> None:
    with pytest.raises(Refused, match="Còn 2 người"):
        close_review(review=review, finding="Xong", by=admin)
    confirm_items(review=review, by=admin)
    with pytest.raises(InvalidInput):
        close_review(review=review, finding="  ", by=admin)
    close_review(review=review, finding="Quyền phù hợp với công việc.", by=admin)
    told = Entry.objects.get(action="review.close").details
    assert (told["finding"], told["confirmed"]) == ("Quyền phù hợp với công việc.", 2)
    for late in (
        lambda: confirm_items(review=review, by=admin),
        lambda: withdraw_item(review=review, item=item_of(review, lan), why="x", by=admin),
        lambda: close_review(review=review, finding="x", by=admin),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            late()


def test_the_minutes_name_who_was_withdrawn_and_the_finding(
    country: Country, admin: Officer, lan: Officer, review: AccessReview
) -> None:
    assert browser(admin).get(f"{PAGE}{review.pk}/bien-ban.docx").status_code == 409
    withdraw_item(review=review, item=item_of(review, lan), why="đã nghỉ <b>hưu</b>", by=admin)
    confirm_items(review=review, by=admin)
    close_review(review=review, finding="Thu hồi một vị trí.", by=admin)
    answer = browser(admin).get(f"{PAGE}{review.pk}/bien-ban.docx")
    text = all_text(docx.Document(BytesIO(answer.content)))
    for words in ("BIÊN BẢN", lan.name, "đã nghỉ <b>hưu</b>", "Thu hồi một vị trí", "Giữ nguyên: 1 vị trí"):
        assert words in text
    review.refresh_from_db()
    assert minutes(sheet_of(review), author="A", title="Quản trị").issuer == country.commune.name
    pdf = browser(admin).get(f"{PAGE}{review.pk}/bien-ban.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_who_is_due_is_told_and_listed(country: Country, admin: Officer, review: AccessReview) -> None:
    make_officer(country.sister)
    province = make_officer(country.province, Role.UNIT_ADMIN)
    assert due_count(province) == 3
    confirm_items(review=review, by=admin)
    close_review(review=review, finding="Xong", by=admin)
    assert due_count(province) == 2
    assert country.commune not in agencies_of(province, due_only=True)
    AccessReview.objects.update(closed_at=timezone.now() - timedelta(200))
    assert due_count(province) == 3
    page = browser(province).get(PAGE).content.decode()
    assert "3 cơ quan chưa rà soát trong sáu tháng qua" in page
    assert "quá sáu tháng" in page
    assert browser(province).get(PAGE, {"can": "1"}).content.decode().count("<tr>") == 4


def test_the_screens_from_opening_to_the_close(country: Country, admin: Officer, lan: Officer) -> None:
    client = browser(admin)
    assert client.post(f"{PAGE}mo/", {"agency": country.commune.pk}).status_code == 302
    review = AccessReview.objects.get()
    url = f"{PAGE}{review.pk}/"
    assert "chưa đăng nhập lần nào" in client.get(url).content.decode()
    client.post(f"{url}giu/", {"item": [item_of(review, lan).pk]})
    client.post(f"{url}giu/", {"rest": "1"})
    assert client.post(f"{url}ket-thuc/", {"finding": ""}).status_code == 422
    assert "do chính người giữ xác nhận" in client.get(url).content.decode()
    assert client.post(f"{url}ket-thuc/", {"finding": "Phù hợp"}).status_code == 302
    assert "Biên bản Word" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("mo/", {"agency": "999999"}, 403),
        ("mo/", {"due_on": "32/13/2026"}, 422),
        ("mo/", {"due_on": "01/01/2020"}, 422),
        ("{pk}/giu/", {"item": ["x", "-1", "9" * 40]}, 302),
        ("{pk}/thu-hoi/999999/", {"why": "x"}, 403),
        ("999999/", {}, 405),
        ("999999/giu/", {}, 403),
    ],
)
def test_bad_input(
    admin: Officer, review: AccessReview, path: str, data: dict[str, object], status: int
) -> None:
    assert browser(admin).post(PAGE + path.format(pk=review.pk), data).status_code == status


def test_only_who_keeps_accounts_there(
    country: Country, admin: Officer, lan: Officer, review: AccessReview
) -> None:
    stranger = make_officer(country.sister, Role.UNIT_ADMIN)
    with pytest.raises(OutOfReach):
        confirm_items(review=review, by=stranger)
    with pytest.raises(OutOfReach):
        visible_review(review.pk, stranger)
    with acting_as(stranger):
        assert not ReviewItem.objects.exists()
    with pytest.raises(NotAllowed):
        open_reviews(agency=country.commune, by=lan)
    Delegation.objects.create(act=Act.REVIEW_ACCESS, tier=Tier.UNIT, allowed=False)
    with pytest.raises(NotAllowed, match="phân cấp"):
        confirm_items(review=review, by=admin)


def test_as_many_statements_for_many_as_for_few(
    country: Country, admin: Officer, review: AccessReview
) -> None:
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            list(agencies_of(admin))
            sheet_of(review)
        asked.append(len(seen))
        for _ in range(5):
            officer = make_officer(country.commune)
            ReviewItem.objects.create(review=review, post=officer.post)
    assert asked == [4, 4]
