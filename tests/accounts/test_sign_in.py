"""The front door: one answer for every wrong key, guessers stopped, sessions that end when the account does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kntc.accounts.models import Account, Post
from kntc.accounts.officers import Officer
from tests.accounts.browsing import WebClient as Client
from tests.factories import PASSWORD, Country, make_officer

ADDRESS = "/dang-nhap/"


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


def try_in(client: Client, login: str, password: str, address: str = "10.0.0.1") -> int:
    answer = client.post(ADDRESS, {"username": login, "password": password}, REMOTE_ADDR=address)
    return int(answer.status_code)


def test_capitals_and_blanks_in_the_name_do_not_matter(officer: Officer) -> None:
    assert try_in(Client(), "  LAN ", PASSWORD) == 302


def test_a_wrong_name_and_a_wrong_password_get_one_answer(officer: Officer) -> None:
    pages = [
        Client()
        .post(ADDRESS, {"username": name, "password": "sai-mat-khau"})
        .content.decode()
        .replace(name, "")
        for name in ("lan", "khong-co-ai")
    ]
    told = [page[page.index("không đúng") - 40 : page.index("không đúng") + 40] for page in pages]
    assert told[0] == told[1]


def test_a_guesser_is_stopped_and_the_person_at_the_own_place_is_not(officer: Officer) -> None:
    own = Client()
    assert try_in(own, "lan", PASSWORD, address="10.0.0.9") == 302
    guesser = Client()
    answers = [try_in(guesser, "lan", f"doan-{n}") for n in range(21)]
    assert set(answers[:20]) == {200}
    assert answers[-1] == 429
    assert try_in(guesser, "lan", PASSWORD) == 429, "not even the right one is looked at"
    own.post("/dang-xuat/")
    assert try_in(own, "lan", PASSWORD, address="10.7.7.7") == 302, "the own browser, elsewhere"
    assert try_in(Client(), "lan", PASSWORD, address="10.0.0.9") == 302, "a new browser, at the own desk"


def test_the_session_s_key_changes_on_the_way_in(officer: Officer) -> None:
    client = Client()
    client.get(ADDRESS)
    session = client.session
    session["x"] = 1
    session.save()
    before = client.session.session_key
    client.cookies["sessionid"] = before
    try_in(client, "lan", PASSWORD)
    assert client.session.session_key != before


def test_passwords_are_kept_by_argon2(officer: Officer) -> None:
    assert Account.objects.get(login="lan").password.startswith("argon2")


def test_a_retired_account_is_out_at_once(officer: Officer) -> None:
    client = Client()
    try_in(client, "lan", PASSWORD)
    assert client.get("/vi-tri-cong-tac/").status_code == 200
    Account.objects.update(is_active=False)
    assert client.get("/vi-tri-cong-tac/").status_code == 302


def test_an_ended_post_opens_nothing(officer: Officer) -> None:
    client = Client()
    try_in(client, "lan", PASSWORD)
    Post.objects.update(
        valid_from=timezone.localdate() - timedelta(days=9), valid_to=timezone.localdate() - timedelta(days=1)
    )
    answer = client.get("/tiep-cong-dan/")
    assert answer["Location"] == "/chua-co-vi-tri/"


def test_a_person_with_two_posts_chooses(country: Country, officer: Officer) -> None:
    second = Post.objects.create(
        account=officer.account, agency=country.sister, title="Công chức", role="leader"
    )
    client = Client()
    try_in(client, "lan", PASSWORD)
    client.post("/vi-tri-cong-tac/", {"post": second.pk})
    assert "Bình Hòa" in client.get("/vi-tri-cong-tac/").content.decode()
    assert client.session["post"] == second.pk


def test_somebody_else_s_post_cannot_be_chosen(country: Country, officer: Officer) -> None:
    other = make_officer(country.sister)
    client = Client()
    try_in(client, "lan", PASSWORD)
    client.post("/vi-tri-cong-tac/", {"post": other.post_id})
    assert client.session.get("post") != other.post_id
