"""One's own account: password, activation, seats, second factors, the locked screen, proof."""

import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from kntc.accounts.models import Account, Seat
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.accounts.sign_in import activation, idle, proof
from kntc.accounts.sign_in.factors import codes
from kntc.accounts.sign_in.passwords import is_common
from kntc.audit.models import Entry
from kntc.petitions.choices import Kind
from tests.accounts.browsing import WebClient
from tests.factories import PASSWORD, Country, make_officer, make_petition

NEW = "bốn từ không liên quan 7"


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


def signed_in(login: str = "lan", password: str = PASSWORD, **extra: Any) -> WebClient:
    client = WebClient(**extra)
    assert client.post("/dang-nhap/", {"username": login, "password": password}).status_code == 302
    return client


def says(client: WebClient, url: str) -> str:
    return client.get(url).content.decode()


def code_of(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_telephone(client: WebClient) -> str:
    """Sets up the codes of a telephone; returns its secret."""
    client.get("/tai-khoan-cua-toi/bao-mat/ma-xac-thuc/")
    secret = client.session["totp_secret"]
    answer = client.post("/tai-khoan-cua-toi/bao-mat/ma-xac-thuc/", {"code": code_of(secret)})
    assert "Mã khôi phục" in answer.content.decode()
    return str(secret)


def later(client: WebClient, seconds: int, *keys: str) -> None:
    """As if so long had passed since these marks of the session."""
    session = client.session
    for key in keys:
        session[key] -= seconds
    session.save()


# ---- Password ----


@pytest.mark.parametrize(
    ("password", "right"),
    [
        ("matkhau12345", False),
        ("Thanhtra@2026", False),
        ("password1234", False),
        ("123456789012", False),
        ("aaaaaaaaaaaaaa", False),
        ("abcabcabcabc", False),
        ("ngắn quá", False),
        ("con mèo trèo cây cau", True),
        ("bảy mươi hai cái ghế", True),
    ],
)
def test_length_counts_and_what_is_guessed_first_does_not_do(
    officer: Officer, password: str, right: bool
) -> None:
    client = signed_in()
    fields = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/doi-mat-khau/", fields)
    assert (answer.status_code == 302) is right


def test_no_password_holds_the_login(country: Country) -> None:
    make_officer(country.commune, login="nguyenvanbinh")
    client = signed_in("nguyenvanbinh")
    word = "Nguyễn Văn Bình 77"
    fields = {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
    assert "chứa tên đăng nhập" in client.post("/doi-mat-khau/", fields).content.decode()
    assert not is_common(NEW)


def test_changing_the_password_signs_out_elsewhere_and_goes_on_under_a_new_key(officer: Officer) -> None:
    here, elsewhere = signed_in(), signed_in()
    before = here.session.session_key
    here.post("/doi-mat-khau/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert here.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert here.get("/tai-khoan-cua-toi/").status_code == 200
    assert elsewhere.get("/tai-khoan-cua-toi/").status_code == 302
    assert list(Seat.objects.values_list("key", flat=True)) == [here.session.session_key]


def test_a_password_given_by_another_is_changed_first(officer: Officer) -> None:
    Account.objects.update(must_change_password=True)
    client = signed_in()
    assert client.get("/don/")["Location"] == "/doi-mat-khau/"
    client.post("/doi-mat-khau/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert client.get("/don/").status_code == 200


def test_a_one_time_code_becomes_a_password_and_the_person_is_in(officer: Officer) -> None:
    code = activation.new_code(officer.account)
    client = WebClient()
    wrong = {"login": "lan", "code": "AAAA-AAAA-AAAA", "password": NEW, "again": NEW}
    assert client.post("/kich-hoat/", wrong).status_code == 422
    assert activation.ActivationCode.objects.get().tries == 1, "a wrong try counts although it is refused"
    answer = client.post("/kich-hoat/", wrong | {"code": code.lower().replace("-", "")})
    assert answer.status_code == 302
    assert client.get("/tai-khoan-cua-toi/").status_code == 200
    assert client.post("/kich-hoat/", wrong | {"code": code}).status_code == 422, "once"


# ---- Profile and seats ----


def test_the_profile_tells_who_i_am_here_and_where_i_am_signed_in(officer: Officer) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    client = signed_in(headers={"user-agent": agent})
    page = says(client, "/tai-khoan-cua-toi/")
    for told in ("lan", "Ủy ban nhân dân xã An Lương", "xem nội dung đơn", "Chrome trên Windows", "Máy này"):
        assert told in page
    answer = client.post("/tai-khoan-cua-toi/", {"email": "lan@example.vn", "phone": "0912 345 678"})
    assert answer.status_code == 302
    account = Account.objects.get(login="lan")
    assert (account.email, account.phone) == ("lan@example.vn", "0912 345 678")
    assert Entry.objects.filter(action="account.edit_own").exists()
    assert client.post("/tai-khoan-cua-toi/", {"email": "", "phone": "12"}).status_code == 422


def test_sign_out_elsewhere_ends_the_other_sessions_only(officer: Officer) -> None:
    here, elsewhere = signed_in(), signed_in()
    assert Seat.objects.count() == 2
    here.post("/tai-khoan-cua-toi/dang-xuat-noi-khac/")
    assert elsewhere.get("/don/").status_code == 302
    assert here.get("/don/").status_code == 200
    here.post("/dang-xuat/")
    assert not Seat.objects.exists()


def test_a_seat_is_touched_once_a_minute_at_most(officer: Officer) -> None:
    client = signed_in()
    since = Seat.objects.get().seen_at
    client.get("/don/")
    assert Seat.objects.get().seen_at == since
    later(client, 61, "seen")
    client.get("/don/")
    assert Seat.objects.get().seen_at > since


def test_another_post_goes_on_under_a_new_key(officer: Officer) -> None:
    client = signed_in()
    before = client.session.session_key
    client.post("/vi-tri-cong-tac/", {"post": officer.post_id})
    assert client.session.session_key != before
    assert Seat.objects.get().key == client.session.session_key


# ---- Second factors ----


def test_the_second_step_lets_in_with_a_code_once(officer: Officer) -> None:
    first = signed_in()
    before = first.session.session_key
    secret = with_telephone(first)
    assert first.session.session_key != before, "a new factor, a new key"
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept, "a copy of the database makes no codes"

    client = WebClient()
    answer = client.post("/dang-nhap/?next=/don/", {"username": "lan", "password": PASSWORD, "next": "/don/"})
    assert answer["Location"] == "/dang-nhap/buoc-hai/"
    assert client.get("/don/").status_code == 302, "not in yet"
    assert client.post("/dang-nhap/buoc-hai/", {"code": "000000"}).status_code == 422
    before = client.session.session_key
    answer = client.post("/dang-nhap/buoc-hai/", {"code": code_of(secret, 1)})
    assert answer["Location"] == "/don/"
    assert client.session.session_key != before
    assert client.get("/don/").status_code == 200

    again = WebClient()
    again.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert again.post("/dang-nhap/buoc-hai/", {"code": code_of(secret, 1)}).status_code == 422, "used"


def test_a_recovery_code_opens_once(officer: Officer) -> None:
    with_telephone(signed_in())
    one = codes.new_recovery_codes(officer.account)[3]
    for status in (302, 422):
        client = WebClient()
        client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
        assert client.post("/dang-nhap/buoc-hai/", {"code": one}).status_code == status
    assert codes.recovery_codes_left(officer.account) == 9


def test_who_has_the_password_does_not_guess_the_code(officer: Officer) -> None:
    with_telephone(signed_in())
    client = WebClient()
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    said = [client.post("/dang-nhap/buoc-hai/", {"code": f"{number:06}"}).status_code for number in range(12)]
    assert said == [422] * 10 + [429] * 2


def test_the_second_step_is_over_after_ten_minutes(officer: Officer) -> None:
    secret = with_telephone(signed_in())
    client = WebClient()
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    session = client.session
    session["pending"] = session["pending"] | {"at": session["pending"]["at"] - 601}
    session.save()
    assert client.post("/dang-nhap/buoc-hai/", {"code": code_of(secret, 1)})["Location"] == "/dang-nhap/"


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.OFFICER])
def test_administrators_and_who_may_open_the_vault_must_have_one_after_the_grace(
    country: Country, settings: LazySettings, role: Role
) -> None:
    make_officer(country.commune, role, login="lan")
    client = signed_in()
    assert client.get("/vi-tri-cong-tac/").status_code == 200
    settings.MFA_GRACE_DAYS = 0
    assert client.get("/")["Location"] == "/tai-khoan-cua-toi/bao-mat/"
    with_telephone(client)
    assert client.get("/vi-tri-cong-tac/").status_code == 200
    factor = Authenticator.objects.get(type="totp").pk
    assert client.post("/tai-khoan-cua-toi/bao-mat/", {"factor": factor}).status_code == 409, "the last one"
    settings.MFA_RULE = "optional"
    assert client.post("/tai-khoan-cua-toi/bao-mat/", {"factor": factor}).status_code == 302
    assert client.get("/vi-tri-cong-tac/").status_code == 200
    assert not Authenticator.objects.exists(), "recovery codes alone are no factor"


def test_an_analyst_need_not(country: Country, settings: LazySettings) -> None:
    settings.MFA_GRACE_DAYS = 0
    make_officer(country.root, Role.NATIONAL_ANALYST, login="lan")
    assert signed_in().get("/").status_code == 200


def test_nobody_removes_a_factor_of_somebody_else(country: Country, officer: Officer) -> None:
    with_telephone(signed_in())
    factor = Authenticator.objects.get(type="totp").pk
    make_officer(country.commune, login="hoa")
    assert signed_in("hoa").post("/tai-khoan-cua-toi/bao-mat/", {"factor": factor}).status_code == 403
    assert Authenticator.objects.filter(pk=factor).exists()


# ---- The locked screen ----


def test_the_server_locks_the_session_not_only_the_browser(officer: Officer) -> None:
    client = signed_in()
    later(client, 901, "seen")
    assert client.get("/don/?q=1")["Location"] == "/mo-khoa/?next=/don/%3Fq%3D1"
    assert client.get("/don/", HTTP_HX_REQUEST="true").status_code == 423
    assert client.get("/phien/").json()["locked"] is True
    assert client.session[idle.LOCKED] is True
    assert client.post("/mo-khoa/", {"proof_password": "sai"}).status_code == 422
    answer = client.post("/mo-khoa/", {"proof_password": PASSWORD, "next": "/don/?q=1"})
    assert answer["Location"] == "/don/?q=1"
    assert client.get("/don/").status_code == 200
    assert client.get("/phien/").json()["locked"] is False


def test_a_form_sent_to_a_locked_session_is_carried_through(officer: Officer) -> None:
    client = signed_in()
    later(client, 901, "seen")
    typed = {"email": "lan@example.vn", "phone": "0912345678"}
    page = client.post("/tai-khoan-cua-toi/", typed)
    assert page.status_code == 423
    assert "lan@example.vn" in page.content.decode()
    assert Account.objects.get().email == ""
    client.post("/tai-khoan-cua-toi/", typed | {"proof_password": PASSWORD})
    assert Account.objects.get().email == "lan@example.vn"


def test_asking_how_things_stand_is_no_activity(officer: Officer) -> None:
    client = signed_in()
    later(client, 800, "seen")
    client.get("/phien/")
    client.get("/don/", HTTP_X_KNTC_BY_ITSELF="1")
    assert 0 < client.get("/phien/").json()["left"] <= 100
    client.post("/con-lam-viec/")
    assert client.get("/phien/").json()["left"] > 890


def test_who_sits_before_a_locked_screen_does_not_guess_on(officer: Officer) -> None:
    client = signed_in()
    client.post("/khoa-man-hinh/")
    for number in range(10):
        client.post("/mo-khoa/", {"proof_password": f"doan {number}"})
    answer = client.post("/mo-khoa/", {"proof_password": PASSWORD})
    assert answer.status_code == 422
    assert "chờ hai phút" in answer.content.decode()


def test_next_leads_to_no_other_server(officer: Officer) -> None:
    client = signed_in()
    answer = client.post("/mo-khoa/", {"proof_password": PASSWORD, "next": "https://xau.example/"})
    assert answer["Location"] == "/"


# ---- Proof before the vault and before rights ----


def test_the_vault_asks_for_proof_again_after_ten_minutes__R57(country: Country, officer: Officer) -> None:
    sealed = make_petition(country.commune, officer, kind=Kind.DENUNCIATION, name="Lê Thị Kín")
    client = signed_in()
    reason = {"reason": "làm việc với người tố cáo"}
    url = reverse("petitions:open-vault", args=[sealed.pk])
    assert "Lê Thị Kín" in client.post(url, reason).content.decode()
    later(client, 601, proof.PROVED)
    page = client.post(url, reason)
    assert page.status_code == 403
    assert "Lê Thị Kín" not in page.content.decode()
    assert "làm việc với người tố cáo" in page.content.decode(), "the form goes on where it was"
    assert client.post(url, reason | {"proof_password": "sai"}).status_code == 403
    assert "Lê Thị Kín" in client.post(url, reason | {"proof_password": PASSWORD}).content.decode()
    later(client, 601, proof.PROVED)
    asked = client.post(url, reason, HTTP_HX_REQUEST="true")
    assert asked["HX-Trigger"] == "kntc:prove"
    told = client.post("/xac-nhan/", {"proof_password": PASSWORD}, headers={"accept": "application/json"})
    assert json.loads(told.content) == {"error": ""}
    assert "Lê Thị Kín" in client.post(url, reason).content.decode()


def test_a_code_of_the_telephone_is_proof_too(officer: Officer) -> None:
    client = signed_in()
    secret = with_telephone(client)
    later(client, 601, proof.PROVED)
    assert client.post("/tai-khoan-cua-toi/bao-mat/ma-khoi-phuc/").status_code == 403
    sent = client.post("/tai-khoan-cua-toi/bao-mat/ma-khoi-phuc/", {"proof_code": code_of(secret, 1)})
    assert sent.status_code == 200


def test_the_last_sign_in_is_written_down_by_the_role_that_owns_nothing(officer: Officer) -> None:
    signed_in()
    last = Account.objects.get().last_login
    assert last is not None
    assert (timezone.now() - last).total_seconds() < 60


def test_who_lost_the_telephone_is_let_in_again_by_the_own_administrator(
    country: Country, officer: Officer
) -> None:
    with_telephone(signed_in())
    make_officer(country.commune, Role.UNIT_ADMIN, login="quantri")
    make_officer(country.sister, Role.UNIT_ADMIN, login="ben-canh")
    url = reverse("accounts:person-factors", args=[officer.account_id])
    assert signed_in("ben-canh").post(url).status_code == 403
    administrator = signed_in("quantri")
    later(administrator, 601, proof.PROVED)
    assert administrator.post(url).status_code == 403, "an open screen gives nothing away"
    assert administrator.post(url, {"proof_password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists()
    assert signed_in().get("/vi-tri-cong-tac/").status_code == 200
