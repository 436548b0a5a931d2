from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.web import navigation
from kntc.web.navigation import Entry, links
from kntc.web.queries import Waiting, waiting
from tests.factories import Country, make_officer, make_petition
from tests.web.conftest import signed_in

pytestmark = pytest.mark.django_db


def request_at(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return request


def labels(officer: Officer) -> set[str]:
    return {link.entry.label for link in links(request_at("/"), officer, Waiting())}


def test_each_role_sees_only_what_its_rights_allow__R23(
    country: Country, officer: Officer, admin: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "_url", lambda url_name: f"/{url_name}/")
    analyst = make_officer(country.root, Role.NATIONAL_ANALYST)
    assert "Nhập sổ" in labels(officer)
    assert "Quản trị đơn vị" not in labels(officer)
    assert "Quản trị đơn vị" in labels(admin)
    assert "Nhập sổ" not in labels(admin) | labels(analyst)
    assert "Tổng quan" in labels(analyst)
    assert "Tổng quan" not in labels(admin)


def test_an_entry_whose_room_is_not_installed_is_left_out(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Entry("Phòng chưa có", "Chưa", "home", "no-such-room:list", navigation.Right.READ, "9")
    monkeypatch.setattr(navigation, "ENTRIES", (*navigation.ENTRIES, room))
    assert "Phòng chưa có" not in labels(officer)


def test_the_page_of_the_moment_is_marked(officer: Officer) -> None:
    active = [link.entry.label for link in links(request_at("/"), officer, Waiting()) if link.active]
    assert active == ["Tổng quan"]


def test_a_counter_is_shown_with_its_words_and_capped(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Entry(
        "Tổng quan",
        "Tổng quan",
        "home",
        "web:home",
        navigation.Right.READ,
        "1",
        lambda waiting: 120,
        "việc đang chờ",
    )
    monkeypatch.setattr(navigation, "ENTRIES", (entry,))
    page = signed_in(officer).get("/doi-mat-khau/").content.decode()
    assert "99+" in page
    assert "việc đang chờ" in page


def test_access_keys_are_different() -> None:
    keys = [entry.access_key for entry in navigation.ENTRIES]
    assert len(set(keys)) == len(keys)


def test_the_counters_count_what_waits_in_the_own_agency(country: Country, officer: Officer) -> None:
    make_petition(country.commune, received_on=date(2026, 1, 5))
    make_petition(country.commune, received_on=timezone.localdate())
    make_petition(country.sister, received_on=date(2026, 1, 5))
    assert waiting(officer) == Waiting(unhandled=2, overdue=1)
    assert waiting(make_officer(country.root, Role.NATIONAL_ANALYST)) == Waiting()
