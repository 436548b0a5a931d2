"""The monthly census: once a month to each province's administrator, by mail and in the inbox, off when not wanted."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from pytest_django import Settings

from kntc.accounts.models import Account, CensusFile, Message
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.walls import acting_as
from kntc.reports.census.monthly import choose_monthly, send_monthly
from kntc.reports.tasks import monthly_census
from tests.factories import SYSTEM, Country, make_officer
from tests.journeys.addresses import browser

pytestmark = pytest.mark.django_db

MONTH = date(2026, 11, 1)
PAGE = "/quan-tri/tai-khoan/tep/"


@pytest.fixture
def admin(country: Country) -> Officer:
    """Of a province, with an address; the commune's administrator is there too."""
    make_officer(country.commune, Role.UNIT_ADMIN)
    found = make_officer(country.province, Role.UNIT_ADMIN)
    Account.objects.filter(pk=found.account_id).update(email="quan.tri@tinh-a.gov.vn")
    return found


def sent() -> int:
    with acting_as(SYSTEM):
        return send_monthly(MONTH)


def test_the_file_comes_by_mail_and_stands_in_the_inbox__R52(admin: Officer, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.test"
    assert sent() == 1
    (letter,) = mail.outbox
    assert letter.to == ["quan.tri@tinh-a.gov.vn"]
    ((name, content, _),) = letter.attachments
    assert name == "tai-khoan-AAA-20261101.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(bytes(content)), data_only=True).active
    assert sheet is not None
    assert sheet.cell(sheet.max_row, 1).value == "Tổng số"
    message = Message.objects.get()
    assert message.recipient == admin.account
    answer = browser(admin).get(message.link)
    assert answer.content == bytes(content)


def test_without_a_mail_server_the_file_is_kept_and_linked(admin: Officer) -> None:
    assert sent() == 1
    assert mail.outbox == []
    assert browser(admin).get(Message.objects.get().link).status_code == 200


def test_a_job_done_again_sends_nothing_twice(admin: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kntc.reports.tasks.close_old_connections", lambda: None)
    for _ in range(2):
        monthly_census(timestamp=0)
    assert (Message.objects.count(), CensusFile.objects.count()) == (1, 1)


def test_each_administrator_switches_it_on_and_off(country: Country, admin: Officer) -> None:
    client = browser(admin)
    assert "Thôi nhận hằng tháng" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}nhan/", {"wanted": "0"})
    assert "Bạn không nhận tệp hằng tháng" in client.get(PAGE).content.decode()
    assert sent() == 0
    unit = make_officer(country.sister, Role.UNIT_ADMIN)
    choose_monthly(wanted=True, by=unit)
    assert sent() == 1
    assert Message.objects.get().recipient == unit.account


def test_a_file_of_another_province_is_not_there(country: Country, admin: Officer) -> None:
    sent()
    file = CensusFile.objects.get()
    other = make_officer(country.elsewhere, Role.UNIT_ADMIN)
    assert browser(other).get(f"{PAGE}{file.pk}/").status_code == 403
    with acting_as(other):
        assert not CensusFile.objects.exists()


def test_the_file_names_no_person(admin: Officer) -> None:
    sent()
    sheet = openpyxl.load_workbook(BytesIO(bytes(CensusFile.objects.get().content))).active
    assert sheet is not None
    text = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert admin.name not in text
