"""The server end of the pickers, and what they put into a page."""

import re
from html import unescape

import pytest
from django import forms
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, BodyKind, Place
from kntc.agencies.templatetags.pickers import marked
from tests.agencies.conftest import Catalogue
from tests.factories import make_officer


def sign_in(client: Client, agency: Agency, role: Role = Role.OFFICER) -> Client:
    officer = make_officer(agency, role)
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def labels(html: str) -> list[str]:
    return [unescape(label) for label in re.findall(r'data-label="([^"]*)"', html)]


def test_bodies_for_what_is_typed(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, catalogue.now)
    html = client.get(reverse("agencies:find-bodies"), {"q": "bv da khoa tinh"}).text
    assert labels(html)[0] == "Bệnh viện Đa khoa tỉnh Gia Lai"
    assert html.count('role="option"') == html.count('aria-selected="false"')
    closed = client.get(reverse("agencies:find-bodies"), {"q": "ubnd huyện phù cát"}).text
    assert "đã kết thúc ngày 30/06/2025" in closed


@pytest.mark.parametrize("text", ["", "a", " ", "é" * 4000, "<b>&\"'", "%", "日本"])
def test_any_text_has_an_answer(client: Client, catalogue: Catalogue, text: str) -> None:
    sign_in(client, catalogue.now)
    for name in ("agencies:find-bodies", "agencies:find-places"):
        response = client.get(reverse(name), {"q": text})
        assert response.status_code == 200
        assert "<b>" not in response.text


def test_a_missing_body_may_be_added_by_who_has_the_right(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, catalogue.now)
    html = client.get(reverse("agencies:find-bodies"), {"q": "Trường Mầm non Hoa Hồng"}).text
    assert f'data-propose="{reverse("agencies:propose")}"' in html
    assert "Thêm “Trường Mầm non Hoa Hồng” vào danh mục" in html
    sign_in(client, catalogue.now, Role.LEADER)
    html = client.get(reverse("agencies:find-bodies"), {"q": "zzzzzz"}).text
    assert "data-propose" not in html
    assert "Không tìm thấy cơ quan nào" in html


def test_adding_a_body(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, catalogue.now)
    url = reverse("agencies:propose")
    page = client.get(url, {"ten": "Hợp tác xã Bình An"})
    assert 'value="Hợp tác xã Bình An"' in page.text
    added = client.post(url, {"name": "Hợp tác xã Bình An", "kind": BodyKind.OTHER})
    assert added.status_code == 201
    body = Agency.objects.get(pk=added.json()["value"])
    assert added.json() == {"value": body.pk, "label": "Hợp tác xã Bình An", "note": "Chờ duyệt"}
    again = client.post(url, {"name": "Hợp tác xã Bình An", "kind": BodyKind.OTHER})
    assert again.status_code == 422
    assert "Đã có trong danh mục" in again.text
    nothing = client.post(url, {})
    assert nothing.status_code == 422


def test_adding_needs_the_right(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, catalogue.now, Role.LEADER)
    url = reverse("agencies:propose")
    assert client.get(url).status_code == 403
    assert client.post(url, {"name": "Hợp tác xã A", "kind": BodyKind.OTHER}).status_code == 403


def test_places_show_what_they_became(client: Client, catalogue: Catalogue) -> None:
    sign_in(client, catalogue.now)
    html = unescape(client.get(reverse("agencies:find-places"), {"q": "phuoc thuan tuy phuoc"}).text)
    assert labels(html)[0] == "Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định"
    assert "Nay thuộc Xã Tuy Phước, tỉnh Gia Lai" in html
    none = client.get(reverse("agencies:find-places"), {"q": "zzzzzz"}).text
    assert "Không tìm thấy xã, phường nào" in none


@pytest.mark.parametrize("name", ["find-bodies", "find-places", "propose"])
def test_nobody_comes_in_without_signing_in(client: Client, db: None, name: str) -> None:
    response = client.get(reverse(f"agencies:{name}"), {"q": "sở"})
    assert response.status_code == 302
    assert reverse("accounts:sign-in") in response.headers["Location"]


def test_statements(client: Client, catalogue: Catalogue, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, catalogue.now)
    for name in ("agencies:find-bodies", "agencies:find-places"):
        client.get(reverse(name), {"q": "quy nhon"})
        with django_assert_max_num_queries(12):
            client.get(reverse(name), {"q": "quy nhon"})


class Example(forms.Form):
    body = forms.ModelChoiceField(Agency.objects.all(), label="Cơ quan chuyển đến", widget=forms.HiddenInput)
    place = forms.ModelChoiceField(
        Place.objects.all(), label="Địa bàn", widget=forms.HiddenInput, required=False
    )


PAGE = '<c-body-picker :field="form.body" /><c-place-picker :field="form.place" label="Nơi xảy ra" />'


def render(form: forms.Form) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].from_string(CottonCompiler().process(PAGE))
    return unescape(template.render({"form": form}, RequestFactory().get("/")))


def test_a_picker_shows_the_name_and_carries_the_key(catalogue: Catalogue) -> None:
    body, place = Agency.objects.get(code="GLA-SXD"), Place.objects.get(pk="LC21982")
    for form in (
        Example(initial={"body": body, "place": place}),
        Example(data={"body": str(body.pk), "place": place.pk}),
    ):
        html = render(form)
        assert 'value="Sở Xây dựng tỉnh Gia Lai"' in html
        assert f'name="body" id="id_body" value="{body.pk}"' in html
        assert 'value="Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định"' in html
        assert 'name="place" id="id_place" value="LC21982"' in html
    assert 'for="id_place_text">Nơi xảy ra<' in html
    assert html.count('role="combobox"') == html.count('role="listbox"') == 2


@pytest.mark.parametrize("value", ["", "0", "-1", "999999999999999999999", "x", "\x00"])
def test_a_picker_with_a_bad_key_is_empty_and_says_so(catalogue: Catalogue, value: str) -> None:
    form = Example(data={"body": value, "place": value})
    assert not form.is_valid()
    html = render(form)
    assert 'id="id_body_text" type="text" role="combobox"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_is_marked_and_escaped() -> None:
    assert marked("Sở <Xây> dựng", "sở") == "<mark>Sở</mark> &lt;Xây&gt; dựng"
    assert marked("Sở Xây dựng", "bộ") == "Sở Xây dựng"
    assert marked("Sở", "") == "Sở"
