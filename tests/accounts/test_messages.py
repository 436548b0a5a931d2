"""The inbox: one's own messages, opened and read, counted under the bell; nobody else's."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kntc.accounts.models import Message
from kntc.accounts.officers import Officer
from tests.factories import Country, make_officer
from tests.journeys.addresses import browser

pytestmark = pytest.mark.django_db

INBOX = "/thong-bao/"


@pytest.fixture
def sender(country: Country) -> Officer:
    return make_officer(country.province)


@pytest.fixture
def me(country: Country) -> Officer:
    return make_officer(country.commune)


def message(to: Officer, by: Officer | None = None, subject: str = "Nhắc nhập đơn") -> Message:
    sender_id = by.post_id if by else None
    return Message.objects.create(
        recipient=to.account,
        sender_id=sender_id,
        subject=subject,
        body="Dòng một\n\n<b>Dòng hai</b>",
        link="/don/",
    )


def test_an_unread_message_stands_under_the_bell_until_it_is_opened(sender: Officer, me: Officer) -> None:
    sent = message(me, sender)
    client = browser(me)
    assert "thông báo chưa đọc" in client.get("/").content.decode()
    page = client.get(INBOX, {"tin": sent.pk}).content.decode()
    assert "&lt;b&gt;Dòng hai&lt;/b&gt;" in page
    assert "Mở nơi cần làm" in page
    sent.refresh_from_db()
    assert sent.read_at is not None
    assert "thông báo chưa đọc" not in client.get("/").content.decode()


def test_the_sender_sees_who_has_read(sender: Officer, me: Officer) -> None:
    sent = message(me, sender)
    client = browser(sender)
    assert "Chưa đọc" in client.get(INBOX, {"hop": "gui", "tin": sent.pk}).content.decode()
    sent.refresh_from_db()
    assert sent.read_at is None
    browser(me).get(INBOX, {"tin": sent.pk})
    assert "Đã đọc" in client.get(INBOX, {"hop": "gui"}).content.decode()


def test_messages_of_others_are_not_there(country: Country, sender: Officer, me: Officer) -> None:
    sent = message(me, sender, "Chuyện riêng")
    other = browser(make_officer(country.commune))
    assert other.get(INBOX, {"tin": sent.pk}).status_code == 404
    assert "Chuyện riêng" not in other.get(INBOX).content.decode()
    assert Client().get(INBOX).status_code == 302


def test_all_are_marked_at_once_and_only_the_own(country: Country, me: Officer) -> None:
    other = make_officer(country.commune)
    message(me)
    message(other)
    assert browser(me).post(f"{INBOX}da-doc/").status_code == 302
    assert list(Message.objects.filter(read_at=None).values_list("recipient", flat=True)) == [
        other.account_id
    ]


def test_the_list_goes_on_and_costs_the_same(me: Officer) -> None:
    client = browser(me)
    message(me)
    with CaptureQueriesContext(connection) as few:
        client.get(INBOX)
    for number in range(40):
        message(me, subject=f"Tin số {number}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(INBOX).content.decode()
    assert len(many) == len(few)
    assert "Tin số 39" in page
    assert "Tin số 5<" not in page
    oldest = Message.objects.filter(recipient=me.account).order_by("-pk")[29]
    assert "Tin số 5<" in client.get(INBOX, {"truoc": oldest.pk}).content.decode()


def test_an_empty_inbox_says_what_will_come(me: Officer) -> None:
    assert "Chưa có thông báo nào" in browser(me).get(INBOX).content.decode()
