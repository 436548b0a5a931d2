"""The monitor: who is silent, how soon and how fully units enter, and the nudge that reaches their people."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from kntc.accounts.actions.messaging import nudge_unit
from kntc.accounts.models import Account, Message, Nudge
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.accounts.tasks import mail_messages
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.petitions.choices import Handling
from kntc.petitions.models import Petition
from kntc.reports.adoption.figures import Adoption, Unit, compile_adoption
from tests.factories import SYSTEM, Country, handle, make_agency, make_officer, make_petition
from tests.journeys.addresses import browser

pytestmark = pytest.mark.django_db

PAGE = "/quan-tri/theo-doi/"
TODAY = timezone.localdate


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.province, Role.UNIT_ADMIN, login="quan.tri")


def entered(agency: Agency, *, days_ago: int = 0, lag: int = 0, **values: Any) -> Petition:
    day = TODAY() - timedelta(days_ago)
    petition = make_petition(agency, received_on=day - timedelta(lag), **values)
    Petition.objects.filter(pk=petition.pk).update(entered_on=day, backfilled=False)
    return petition


def examined(petition: Petition, **values: Any) -> None:
    """Handled as within the agency's competence."""
    handle(petition, Handling.FILE, TODAY())
    Petition.objects.filter(pk=petition.pk).update(eligible=True, competent=True, **values)


def compiled(country: Country, days: int = 30) -> Adoption:
    country.province.refresh_from_db()
    return compile_adoption(country.province, TODAY() - timedelta(days - 1), TODAY(), SYSTEM)


def unit(adoption: Adoption, agency: Agency) -> Unit:
    return next(one for one in adoption.units if one.agency == agency)


def signed_in(officer: Officer, days_ago: int) -> None:
    moment = timezone.now() - timedelta(days_ago)
    Account.objects.filter(pk=officer.account_id).update(last_login=moment)


def test_days_without_sign_in_and_without_entry__R17(country: Country) -> None:
    signed_in(make_officer(country.commune), 3)
    signed_in(make_officer(country.commune), 9)
    entered(country.commune, days_ago=12)
    entered(country.commune, days_ago=40)
    found = unit(compiled(country), country.commune)
    assert (found.days_away(TODAY()), found.days_idle(TODAY()), found.entered) == (3, 12, 1)
    assert [found.is_silent(TODAY(), days) for days in (7, 14)] == [True, False]
    silent = unit(compiled(country), country.sister)
    assert silent.days_away(TODAY()) is silent.days_idle(TODAY()) is None
    assert silent.is_silent(TODAY(), 365)


def test_a_unit_is_counted_with_all_below_it(country: Country) -> None:
    below = make_agency("AAA-1-1", country.commune, name="Trạm")
    entered(below)
    entered(country.province)
    adoption = compiled(country)
    assert unit(adoption, country.commune).entered == 1
    assert unit(adoption, country.province).entered == 1
    assert sum(one.entered for one in adoption.units) == 2


def test_the_lag_from_receipt_to_entry(country: Country) -> None:
    for lag in (0, 1, 1, 2, 30):
        entered(country.commune, lag=lag)
    found = unit(compiled(country), country.commune)
    assert (found.median, found.ninety) == (1, 30)


def test_completeness_counts_what_the_tables_have_to_guess(country: Country) -> None:
    for field in ("", "land"):
        examined(entered(country.commune, lag=5), field=field, instance=1)
    found = unit(compiled(country), country.commune)
    assert (found.handled, found.incomplete, found.complete) == (2, 1, 50)


def test_overdue_is_counted_by_who_answers_today(country: Country) -> None:
    petition = entered(country.commune, days_ago=60)
    Petition.objects.filter(pk=petition.pk).update(due_on=TODAY() - timedelta(1))
    assert unit(compiled(country), country.commune).overdue == 1


def test_coverage_names_the_missing__R21(country: Country) -> None:
    for agency in (country.commune, country.sister, country.department):
        make_officer(agency)
    told = {group.label: (group.using, len(group.units)) for group in compiled(country).groups}
    assert told == {"xã, phường, đặc khu": (2, 2), "sở, ban, ngành": (1, 1)}
    Account.objects.filter(posts__agency=country.sister).update(is_active=False)
    (communes, _) = compiled(country).groups
    assert communes.using == 1
    assert [one.agency for one in communes.missing] == [country.sister]


def test_statements_do_not_grow(country: Country, admin: Officer) -> None:
    client = browser(admin)
    with CaptureQueriesContext(connection) as few:
        assert client.get(PAGE).status_code == 200
    for number in range(6):
        entered(make_agency(f"THEM-{number}", country.province))
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_each_number_opens_a_list_of_that_length(country: Country, admin: Officer) -> None:
    for lag in (0, 2):
        examined(entered(country.commune, lag=lag), field="", instance=1)
    late = entered(country.commune, lag=40)
    Petition.objects.filter(pk=late.pk).update(due_on=TODAY() - timedelta(1))
    leader = browser(make_officer(country.province, Role.LEADER))
    page = leader.get(PAGE).content.decode()
    row = page[page.index("xã An Lương") :]
    links = re.findall(r'<a href="(/don/[^"]+)">(?:thiếu )?(\d+)</a>', row)
    assert [int(count) for _, count in links] == [3, 2, 1]
    for url, count in links:
        answer = leader.get(url.replace("&amp;", "&"))
        assert len(set(re.findall(r'href="/don/(\d+)/"', answer.content.decode()))) == int(count), url


def test_the_filter_leaves_only_the_silent(country: Country, admin: Officer) -> None:
    signed_in(make_officer(country.commune), 1)
    entered(country.commune)
    page = browser(admin).get(PAGE, {"im": "7"}).content.decode()
    table = page[page.index("<table") :]
    assert "xã Bình Hòa" in table
    assert "xã An Lương" not in table


def test_the_file_says_what_the_screen_says(country: Country, admin: Officer) -> None:
    entered(country.commune, lag=4)
    content = browser(admin).get(f"{PAGE}excel/").content
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True).active
    assert sheet is not None
    (line,) = [row for row in sheet.iter_rows(values_only=True) if "xã An Lương" in str(row[0])]
    assert line[3:8] == (datetime.combine(TODAY(), datetime.min.time()), 0, 1, 4, 4)


# ---- Nudges


def test_a_nudge_reaches_administrators_and_leaders__R17(country: Country, admin: Officer) -> None:
    keeper, leader = (
        make_officer(country.commune, Role.UNIT_ADMIN),
        make_officer(country.commune, Role.LEADER),
    )
    make_officer(country.commune)
    client = browser(admin)
    page = client.post(f"{PAGE}soan-nhac/", {"unit": country.commune.pk}).content.decode()
    assert "chưa có ai đăng nhập hệ thống" in page
    answer = client.post(
        f"{PAGE}nhac/", {"unit": country.commune.pk, f"text-{country.commune.pk}": "Đề nghị nhập đơn."}
    )
    assert answer.status_code == 302
    sent = Message.objects.filter(sender=admin.post_id)
    assert {message.recipient_id for message in sent} == {keeper.account_id, leader.account_id}
    assert {message.body for message in sent} == {"Đề nghị nhập đơn."}
    assert "Đã nhắc, chưa vào lại" in client.get(PAGE).content.decode()
    Account.objects.filter(pk=leader.account_id).update(last_login=timezone.now() + timedelta(seconds=5))
    assert "Đã nhắc, có vào lại" in client.get(PAGE).content.decode()


def test_all_that_the_filter_shows_are_nudged_in_one_act(country: Country, admin: Officer) -> None:
    for agency in (country.commune, country.sister, country.department):
        make_officer(agency, Role.UNIT_ADMIN)
    client = browser(admin)
    page = client.post(f"{PAGE}soan-nhac/?im=7", {"all": "1"}).content.decode()
    units = re.findall(r'name="unit" value="(\d+)"', page)
    assert len(units) == 3
    client.post(f"{PAGE}nhac/?im=7", {"unit": units})
    assert Nudge.objects.count() == 3


def test_not_twice_in_a_day_without_saying_so(country: Country, admin: Officer) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    asked = {"agency": country.commune, "text": "Đề nghị nhập đơn.", "link": "/don/", "by": admin}
    nudge_unit(**asked)
    with pytest.raises(Refused, match="chưa quá 24 giờ"):
        nudge_unit(**asked)
    nudge_unit(**asked, again=True)
    Nudge.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    nudge_unit(**asked)
    assert Nudge.objects.count() == 3


def test_what_could_not_go_comes_back_with_its_reason(country: Country, admin: Officer) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    units = [country.commune.pk, country.sister.pk]
    answer = browser(admin).post(f"{PAGE}nhac/", {"unit": units})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "không có ai nhận" in page
    assert f'name="unit" value="{country.commune.pk}"' not in page
    assert Nudge.objects.get().agency == country.commune


def test_a_nudge_needs_words_the_right_and_a_unit_of_ones_own(country: Country, admin: Officer) -> None:
    make_officer(country.commune, Role.UNIT_ADMIN)
    asked = {"text": "Đề nghị nhập đơn.", "link": "/don/"}
    with pytest.raises(InvalidInput):
        nudge_unit(agency=country.commune, by=admin, text="  ", link="/don/")
    with pytest.raises(OutOfReach):
        nudge_unit(agency=country.far_commune, by=admin, **asked)
    with pytest.raises(NotAllowed):
        nudge_unit(agency=country.commune, by=make_officer(country.province), **asked)
    with pytest.raises(NotAllowed):
        nudge_unit(agency=country.commune, by=make_officer(country.commune, Role.UNIT_ADMIN), **asked)
    assert not Message.objects.exists()


def test_copies_go_by_mail_to_those_who_have_an_address(
    country: Country, admin: Officer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.test"
    keeper, other = (make_officer(country.commune, Role.UNIT_ADMIN) for _ in range(2))
    Account.objects.filter(pk=keeper.account_id).update(email="quan.tri@gialai.gov.vn")
    nudge_unit(agency=country.commune, text="Đề nghị nhập đơn.", link="/don/", by=admin)
    monkeypatch.setattr("kntc.accounts.tasks.close_old_connections", lambda: None)
    mail_messages(messages=list(Message.objects.values_list("pk", flat=True)))
    (letter,) = mail.outbox
    assert letter.to == ["quan.tri@gialai.gov.vn"]
    assert "Đề nghị nhập đơn." in letter.body
    assert Message.objects.filter(recipient=other.account).count() == 1
