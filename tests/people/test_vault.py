"""A denouncer's name is in the vault and nowhere else (LTC Đ56)."""

import pytest
from django.db import connection

from kntc.accounts.roles import Role
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.models import Entry
from kntc.people.actions import open_identity
from kntc.people.models import SealedIdentity
from kntc.people.redaction import redact
from kntc.petitions.actions import correct_petition, entry_of
from kntc.petitions.choices import Kind
from kntc.petitions.history import COVERED, timeline
from kntc.petitions.models import Petition
from tests.factories import Country, make_officer, make_petition

NAME, NUMBER, PHONE = "Đoàn Thị Quỳnh Như", "052175001234", "0905123456"
CONTENT = f"Tôi là đoàn thị  quỳnh NHƯ, điện thoại {PHONE}, tố cáo ông Lê Văn Tám nhận tiền."


@pytest.fixture
def tip(country: Country) -> Petition:
    return make_petition(
        country.commune, kind=Kind.DENUNCIATION, name=NAME, id_number=NUMBER, phone=PHONE, content=CONTENT
    )


def _everywhere(word: str) -> list[str]:
    """Tables in which a row, written out as text, contains the word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.parametrize("word", ["Quỳnh Như", "quynh nhu", NUMBER, PHONE])
def test_the_planted_name_is_found_nowhere(tip: Petition, word: str) -> None:
    assert _everywhere(word) == []


def test_the_accused_stays_readable(tip: Petition) -> None:
    assert "Lê Văn Tám" in tip.text.content


def test_each_opening_leaves_a_trace(country: Country, tip: Petition) -> None:
    by = make_officer(country.commune)
    identity = open_identity(sealed=SealedIdentity.objects.get(), reason="mời làm việc", by=by)
    assert identity["petitioners"][0]["name"] == NAME
    assert Entry.objects.get(action="vault.open").reason == "mời làm việc"


def test_no_opening_without_a_reason_or_the_right(country: Country, tip: Petition) -> None:
    sealed = SealedIdentity.objects.get()
    with pytest.raises(InvalidInput):
        open_identity(sealed=sealed, reason="", by=make_officer(country.commune))
    with pytest.raises(NotAllowed):
        open_identity(sealed=sealed, reason="x", by=make_officer(country.commune, Role.UNIT_ADMIN))
    with pytest.raises(NotAllowed):
        open_identity(sealed=sealed, reason="x", by=make_officer(country.province))


def test_correcting_without_opening_keeps_what_is_sealed(country: Country, tip: Petition) -> None:
    by = make_officer(country.commune)
    entry = entry_of(tip)
    entry.signatories = 2
    correct_petition(petition=tip, entry=entry, version=1, by=by, reason="hai người ký")
    identity = open_identity(sealed=SealedIdentity.objects.get(), reason="đối chiếu", by=by)
    assert identity["petitioners"][0]["name"] == NAME
    assert identity["content"] == CONTENT
    assert _everywhere("Quỳnh Như") == []


def test_a_complaint_that_proves_a_denunciation_is_sealed(country: Country) -> None:
    petition = make_petition(country.commune, name=NAME, content=CONTENT)
    entry = entry_of(petition)
    entry.kind = Kind.DENUNCIATION
    correct_petition(
        petition=petition,
        entry=entry,
        version=1,
        by=make_officer(country.commune),
        reason="nội dung là tố cáo",
    )
    assert "petitions_party" not in _everywhere("Quỳnh Như")
    assert "petitions_text" not in _everywhere("quynh nhu")
    petition.refresh_from_db()
    told = [change for step in timeline(petition) for change in step.changes]
    assert any(change.before == COVERED for change in told)
    assert not any("Quỳnh Như" in change.before + change.after for change in told)


@pytest.mark.parametrize(
    ("text", "secret", "left"),
    [
        ("Tôi là NGUYỄN  VĂN-AN.", "Nguyễn Văn An", "Tôi là […]."),
        ("Nguyen Van An ký", "Nguyễn Văn An", "[…] ký"),
        ("Nguyễn Văn Anh ký", "Nguyễn Văn An", "Nguyễn Văn Anh ký"),
        ("anh An ở xã", "An", "anh An ở xã"),
        ("số 0905.123.456", "0905.123.456", "số […]"),
        ("Nguyê\u0303n Va\u0306n An", "Nguyễn Văn An", "[…]"),
    ],
)
def test_redaction(text: str, secret: str, left: str) -> None:
    assert redact(text, [secret]) == left
