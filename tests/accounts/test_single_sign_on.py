"""OpenID Connect against a provider on this machine: only a linked account gets in, only by an honest token."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import proof
from kntc.audit.models import Entry
from kntc.config.sso import sso_apps
from tests.accounts import provider as providers
from tests.accounts.browsing import WebClient
from tests.accounts.provider import Provider
from tests.factories import PASSWORD, Country, make_officer

SECURITY = "/tai-khoan-cua-toi/bao-mat/"


@pytest.fixture
def provider(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with providers.running() as running:
        for name, value in [
            ("ISSUER", running.issuer),
            ("CLIENT_ID", providers.CLIENT),
            ("CLIENT_SECRET", providers.SECRET),
            ("NAME", "VNeID"),
        ]:
            monkeypatch.setenv(f"KNTC_OIDC_{name}", value)
        configured = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        configured["openid_connect"]["APPS"] = sso_apps()
        settings.SOCIALACCOUNT_PROVIDERS = configured
        yield running


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


def go(client: WebClient, provider: Provider, **changed: str) -> Any:
    """There and back."""
    away = client.get("/dang-nhap/sso/")
    assert away.status_code == 302
    assert away["Location"].startswith(f"{provider.issuer}/authorize")
    return client.get("/dang-nhap/sso/ve/", provider.authorize(away["Location"]) | changed)


def linked(provider: Provider) -> None:
    client = WebClient()
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert go(client, provider)["Location"] == SECURITY


def is_in(client: WebClient) -> bool:
    return client.get("/tai-khoan-cua-toi/").status_code == 200


def test_after_linking_it_signs_in(provider: Provider, officer: Officer) -> None:
    linked(provider)
    assert provider.verified, "the secret and the proof key of the code"
    client = WebClient()
    assert "Đăng nhập bằng VNeID" in client.get("/dang-nhap/").content.decode()
    assert go(client, provider)["Location"] == "/"
    assert is_in(client)
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("vneid-052088", {})
    told = Entry.objects.get(action="account.link_sso").details
    assert "vneid-052088" not in str(told)


def test_what_is_asked_of_the_provider(provider: Provider, officer: Officer) -> None:
    go(WebClient(), provider)
    assert provider.asked["code_challenge_method"] == "S256"
    assert urlsplit(provider.asked["redirect_uri"]).path == "/dang-nhap/sso/ve/"
    assert len(provider.asked["nonce"]) > 20


def test_nobody_registers_by_it(provider: Provider, officer: Officer) -> None:
    client = WebClient()
    assert go(client, provider)["Location"] == "/dang-nhap/"
    assert "chưa liên kết" in client.get("/dang-nhap/").content.decode()
    assert not is_in(client)
    assert Account.objects.count() == 1


def test_a_subject_belongs_to_one_account(provider: Provider, country: Country, officer: Officer) -> None:
    linked(provider)
    make_officer(country.commune, login="hoa")
    client = WebClient()
    client.post("/dang-nhap/", {"username": "hoa", "password": PASSWORD})
    go(client, provider)
    assert "đã liên kết với một tài khoản khác" in client.get(SECURITY).content.decode()
    assert SocialAccount.objects.get().user_id == officer.account_id


def test_linking_asks_for_proof(provider: Provider, officer: Officer) -> None:
    client = WebClient()
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    session = client.session
    session[proof.PROVED] = 0
    session.save()
    assert go(client, provider)["Location"] == "/xac-nhan/"
    assert not SocialAccount.objects.exists()


def test_a_locked_account_stays_out_and_an_unlinked_one(provider: Provider, officer: Officer) -> None:
    linked(provider)
    Account.objects.update(is_active=False)
    client = WebClient()
    assert go(client, provider)["Location"] == "/dang-nhap/"
    Account.objects.update(is_active=True)
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    client.post("/tai-khoan-cua-toi/bao-mat/go-lien-ket/")
    assert go(WebClient(), provider)["Location"] == "/dang-nhap/"


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://gia-mao.example"},
        {"aud": "ung-dung-khac"},
        {"exp": 1_000_000_000},
        {"nonce": "của lần khác"},
        {"nonce": ""},
    ],
)
def test_a_token_for_somebody_or_something_else_is_refused(
    provider: Provider, officer: Officer, lie: dict[str, Any]
) -> None:
    linked(provider)
    provider.claims = lie
    client = WebClient()
    assert go(client, provider)["Location"] == "/dang-nhap/"
    assert not is_in(client)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256"])
def test_a_token_that_the_provider_s_key_did_not_sign_is_refused(
    provider: Provider, officer: Officer, algorithm: str
) -> None:
    linked(provider)
    provider.algorithm, provider.signs_with = algorithm, providers.new_key()
    client = WebClient()
    assert go(client, provider)["Location"] == "/dang-nhap/"
    assert not is_in(client)


def test_an_answer_that_was_not_asked_for_is_refused(provider: Provider, officer: Officer) -> None:
    linked(provider)
    client = WebClient()
    go(client, provider, state="bịa")
    assert not is_in(client)
    client.get("/dang-nhap/sso/ve/", {"error": "access_denied", "state": "x"})
    assert not is_in(client)


def test_without_a_provider_there_is_no_such_address(db: None) -> None:
    client = WebClient()
    assert client.get("/dang-nhap/sso/").status_code == 404
    assert "/dang-nhap/sso/" not in client.get("/dang-nhap/").content.decode()
