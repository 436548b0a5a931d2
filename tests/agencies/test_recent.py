"""Pickers open on what their owner chose last; kinds are proposed by the name."""

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from kntc.accounts.roles import Role
from kntc.agencies.fields import PickedField
from kntc.agencies.kinds import DESTINATIONS, Destination, likely_kind
from kntc.agencies.models import Agency, BodyKind, BodyUse, Place
from kntc.agencies.queries import proposed_place
from kntc.agencies.recent import recent, remember
from kntc.audit.actors import SystemActor
from tests.agencies.conftest import Catalogue
from tests.agencies.test_pickers import labels, sign_in
from tests.factories import Country, make_body, make_officer


class Example(forms.Form):
    body = PickedField(Agency, label="Cơ quan")
    place = PickedField(Place, label="Địa bàn")


def saved(body: Agency | None) -> Example:
    form = Example(data={"body": str(body.pk) if body else "", "place": ""})
    assert form.is_valid()
    return form


def test_what_was_saved_last_comes_first__R43(country: Country, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    officer, other = make_officer(country.commune), make_officer(country.commune)
    school = make_body("Trường THCS Nhơn Bình", kind=BodyKind.SCHOOL)
    for body in (country.court, school, country.court):
        with django_assert_num_queries(2):  # the form's own, and one
            remember(officer, saved(body))
    remember(officer, saved(None))
    remember(SystemActor(), saved(school))
    assert recent(officer) == [country.court, school]
    assert BodyUse.objects.get(body=country.court).uses == 2
    assert recent(other) == recent(SystemActor()) == []
    with django_assert_num_queries(1):
        recent(officer)


def test_an_empty_picker_opens_on_them(client: Client, country: Country) -> None:
    sign_in(client, country.commune)
    officer = make_officer(country.commune)
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("agencies:find-bodies")
    assert labels(client.get(url, {"q": ""}).text) == []
    remember(officer, saved(country.court))
    page = client.get(url, {"q": ""}).text
    assert labels(page) == ["Tòa án nhân dân tỉnh A"]
    assert "Dùng gần đây" in page
    assert "Tòa án nhân dân" in page.partition("picker-more")[2]  # its kind stands below
    assert "Dùng gần đây" not in client.get(url, {"q": "toa an"}).text


def test_of_equals_the_one_that_is_used_comes_first(client: Client, country: Country) -> None:
    officer = make_officer(country.commune)
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    one, two = (make_body(f"Trường THCS Nhơn {name}") for name in ("An", "Bình"))
    url = reverse("agencies:find-bodies")
    assert labels(client.get(url, {"q": "thcs nhon"}).text)[:2] == [one.name, two.name]
    remember(officer, saved(two))
    assert labels(client.get(url, {"q": "thcs nhon"}).text)[:2] == [two.name, one.name]
    assert labels(client.get(url, {"q": "thcs nhon an"}).text)[0] == one.name


def test_a_body_merged_while_the_form_was_open_is_the_one_it_became(country: Country) -> None:
    old = make_body("Tòa án tỉnh A")
    old.status, old.merged_into = Agency.Status.MERGED, country.court
    old.save()
    assert saved(old).cleaned_data["body"] == country.court


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Trường Mầm non Hoa Hồng", "school"), ("BV Phụ sản", "health"), ("Cty TNHH An Phú", "enterprise"),
        ("Ban GPMB thành phố", "board"), ("BQL dự án", "board"), ("TAND khu vực 3", "court"),
        ("Chùa Long Khánh", "religion"),
        ("Hội Luật gia", "association"), ("Hội LHPN xã", "union"), ("VP Đăng ký đất đai", "service"),
        ("UBND xã An Lương", "committee"), ("Báo Bình Định", "press"), ("Nguyễn Văn A", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_kind_that_a_name_speaks_of(name: str, kind: str) -> None:
    assert likely_kind(name) == kind


def test_kinds_cover_every_class_of_destination__R45() -> None:
    """NĐ 55/2022 Đ6.2 (N55-04): assemblies, state, justice and enforcement, audit, political, social, religious, …"""
    assert set(DESTINATIONS) == set(BodyKind)
    assert set(DESTINATIONS.values()) == set(Destination)


def test_the_place_that_a_name_speaks_of_is_proposed(catalogue: Catalogue) -> None:
    commune = Agency.objects.get(code="GLA-21829")
    for name, place in (
        ("Trạm Khuyến nông xã Bình An", "C21829"),
        ("Trường Mầm non Hoa Hồng", "P52"),
        ("Công ty TNHH Một Thành Viên", "P52"),
    ):
        assert proposed_place(name, commune)[1] == Place.objects.get(pk=place), name
    assert proposed_place("Trường Mầm non Hoa Hồng", None) == (None, None)


def test_the_dialog_asks_for_two_things_and_proposes_the_rest(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, Agency.objects.get(code="GLA-21829"), Role.OFFICER)
    page = client.get(reverse("agencies:propose"), {"ten": "Trường Mầm non xã Bình An"}).text
    assert 'value="school" selected' in page
    assert 'value="Xã Bình An, tỉnh Gia Lai"' in page
