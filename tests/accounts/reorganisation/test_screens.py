"""Quản trị → Sắp xếp cơ quan: asked, looked at, done, taken back, in the browser's own words."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kntc.accounts.officers import Officer
from kntc.accounts.reorganisation.actions import merge_agencies, rename_agency
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, AgencyChange
from kntc.petitions.models import Petition
from tests.factories import SYSTEM, Country, make_officer, make_petition

TODAY = timezone.localdate()


def browser(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def admin(country: Country) -> Client:
    return browser(make_officer(country.province, Role.UNIT_ADMIN))


def page(client: Client, operation: str, **values: object) -> tuple[int, str]:
    values = {"on": f"{TODAY:%d/%m/%Y}", "reason": "", **values}
    response = client.post(reverse("agencies:operation", args=[operation]), values, follow=True)
    return response.status_code, response.content.decode()


def test_a_merger_is_looked_at_and_then_done(admin: Client, country: Country) -> None:
    make_petition(country.commune)
    make_officer(country.commune, login="an.luong")
    values = {"old_1": country.commune.pk, "into": country.sister.pk}
    status, text = page(admin, "sap-nhap", **values, xem="1")
    assert status == 200
    assert "Xem trước: Sáp nhập Ủy ban nhân dân xã An Lương vào Ủy ban nhân dân xã Bình Hòa" in text
    assert "an.luong" in text
    assert "Thực hiện" in text
    assert Petition.objects.get().keeper == country.commune
    status, text = page(admin, "sap-nhap", **values, lam="1")
    assert "Đã thực hiện việc sắp xếp." in text
    assert Petition.objects.get().keeper == country.sister


@pytest.mark.parametrize("operation", ["sap-nhap", "chia-tach", "doi-ten", "giai-the", "chuyen", "thanh-lap"])
def test_each_operation_has_its_page_and_says_what_is_missing(admin: Client, operation: str) -> None:
    assert admin.get(reverse("agencies:operation", args=[operation])).status_code == 200
    status, text = page(admin, operation, on="32/13/2026", xem="1")
    assert status == 422
    assert "Chưa thực hiện được" in text
    assert not AgencyChange.objects.exists()


def test_split_rename_close_move_found(admin: Client, country: Country) -> None:
    _, text = page(
        admin, "chia-tach", old=country.commune.pk, heir_1=country.sister.pk, code_2="AAA-8",
        name_2="Ủy ban nhân dân xã Tám", rest="1", lam="1",
    )  # fmt: skip
    assert "Đã thực hiện" in text
    assert Agency.objects.get(code="AAA-8").valid_from == TODAY
    _, text = page(admin, "doi-ten", agency=country.sister.pk, name="Ủy ban nhân dân phường Hòa", lam="1")
    assert "Đã thực hiện" in text
    _, text = page(
        admin, "thanh-lap", parent=country.province.pk, code="aaa-7", name="Sở Bảy", level="department",
        kind="department", lam="1",
    )  # fmt: skip
    assert Agency.objects.get(code="AAA-7").parent == country.province
    _, text = page(
        admin, "chuyen", agency=country.department.pk, parent=Agency.objects.get(code="AAA-7").pk, lam="1"
    )
    assert "Đã thực hiện" in text
    _, text = page(admin, "giai-the", agency=country.department.pk, successor=country.province.pk, lam="1")
    assert "Đã thực hiện" in text


def test_a_refusal_stands_on_the_form(admin: Client, country: Country) -> None:
    status, text = page(admin, "giai-the", agency=country.commune.pk, successor=country.commune.pk, lam="1")
    assert status == 422
    assert "không thể sáp nhập vào chính mình" in text
    status, text = page(
        admin, "chia-tach", old=country.commune.pk, heir_1=country.sister.pk, rest="1", xem="1"
    )
    assert "ít nhất hai cơ quan kế thừa" in text
    status, text = page(
        admin, "chia-tach", old=country.commune.pk, heir_1=country.sister.pk, places_1="Sao Hỏa",
        heir_2=country.department.pk, rest="1", xem="1",
    )  # fmt: skip
    assert "Không nhận ra địa bàn “Sao Hỏa”" in text


def test_a_day_to_come_waits_and_is_cancelled(admin: Client, country: Country) -> None:
    later = TODAY + timedelta(days=5)
    _, text = page(
        admin,
        "doi-ten",
        agency=country.commune.pk,
        name="Ủy ban nhân dân phường Mới",
        on=f"{later:%d/%m/%Y}",
        lam="1",
    )
    assert "Đã lập, sẽ thực hiện đúng ngày." in text
    change = AgencyChange.objects.get()
    response = admin.post(reverse("agencies:cancel-change", args=[change.pk]), follow=True)
    assert "Đã hủy" in response.content.decode()


def test_undone_from_its_page(admin: Client, country: Country) -> None:
    change = merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    assert "Hoàn tác" in admin.get(reverse("agencies:change", args=[change.pk])).content.decode()
    response = admin.post(reverse("agencies:undo-change", args=[change.pk]), follow=True)
    assert "Đã hoàn tác" in response.content.decode()
    country.commune.refresh_from_db()
    assert country.commune.valid_to is None


def test_the_report_in_excel(admin: Client, country: Country) -> None:
    make_petition(country.commune)
    change = merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    response = admin.get(reverse("agencies:change-excel", args=[change.pk]))
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Tổng hợp", "Hồ sơ", "Người dùng", "Sổ số đơn"]
    rows = list(book["Hồ sơ"].iter_rows(min_row=5, values_only=True))
    assert ("Đơn", "Ủy ban nhân dân xã An Lương", "Ủy ban nhân dân xã Bình Hòa", 1, 1, 0) in rows


def test_others_see_nothing_of_it(country: Country) -> None:
    change = rename_agency(code="AAA-1", name="Ủy ban nhân dân phường Mới", on=TODAY, by=SYSTEM)
    elsewhere = browser(make_officer(country.elsewhere, Role.UNIT_ADMIN))
    assert elsewhere.get(reverse("agencies:change", args=[change.pk])).status_code == 403
    assert "phường Mới" not in elsewhere.get(reverse("agencies:reorganise")).content.decode()
    assert elsewhere.post(reverse("agencies:undo-change", args=[change.pk])).status_code == 403
    of_unit = browser(make_officer(country.commune, Role.UNIT_ADMIN))
    text = of_unit.get(reverse("agencies:reorganise")).content.decode()
    assert "phường Mới" in text
    assert "bảng phân cấp" in text
    assert of_unit.get(reverse("agencies:operation", args=["sap-nhap"])).status_code == 403
    assert of_unit.post(reverse("agencies:undo-change", args=[change.pk])).status_code == 403
    clerk = browser(make_officer(country.province))
    assert clerk.get(reverse("agencies:reorganise")).status_code == 403


def test_the_list_asks_a_fixed_number_of_questions(admin: Client, country: Country) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(reverse("agencies:reorganise")).status_code == 200
        return len(queries)

    rename_agency(code="AAA-1", name="Ủy ban nhân dân phường 0", on=TODAY, by=SYSTEM)
    admin.get(reverse("agencies:reorganise"))
    few = asked()
    AgencyChange.objects.bulk_create(
        AgencyChange(
            kind="rename", on=TODAY, status="done", title=f"Việc {n}", agency_ids=[country.commune.pk]
        )
        for n in range(50)
    )
    assert asked() == few
    text = admin.get(reverse("agencies:reorganise")).content.decode()
    assert "Xem các việc trước đó" in text


def test_the_page_of_an_old_agency_names_its_heir_and_its_names(admin: Client, country: Country) -> None:
    rename_agency(code="AAA-1", name="Ủy ban nhân dân phường Mới", on=TODAY - timedelta(days=9), by=SYSTEM)
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    text = admin.get(reverse("agencies:body", args=[country.commune.pk])).content.decode()
    assert "Cơ quan kế thừa" in text
    assert reverse("agencies:body", args=[country.sister.pk]) in text
    assert "Ủy ban nhân dân xã An Lương" in text
