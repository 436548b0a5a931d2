"""The screens of one petition, asked as a browser asks."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.models import Entry
from kntc.petitions.choices import Kind
from kntc.petitions.models import Draft, Petition
from tests.factories import Country, handle, make_index_reader, make_officer, make_petition


def browser(officer: Officer) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(officer.account)
    return client


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


def values(**changes: Any) -> dict[str, Any]:
    """What the form sends for an ordinary complaint."""
    return {
        "kind": "complaint",
        "source": "counter",
        "received_on": "10/3/2026",
        "summary": "Khiếu nại quyết định thu hồi đất",
        "signatories": "1",
        "nguoi-TOTAL_FORMS": "1",
        "nguoi-INITIAL_FORMS": "0",
        "nguoi-0-name": "Trần Văn Bình",
        "nguoi-0-address": "thôn 3, xã An Lương",
        "nguoi-0-id_number": "052075001234",
        "respondent_name": "Chủ tịch UBND xã",
    } | changes


def test_six_fields_register_a_petition(clerk: Officer) -> None:
    answer = browser(clerk).post("/don/moi/", values())
    petition = Petition.objects.get()
    assert answer["Location"] == f"/don/{petition.pk}/"
    assert petition.received_on == date(2026, 3, 10)
    assert petition.entered_by_id == clerk.post_id
    assert petition.parties.first().id_number == "052075001234"


def test_a_fault_comes_back_beside_its_field_and_nothing_is_lost(clerk: Officer) -> None:
    answer = browser(clerk).post("/don/moi/", values(received_on="31/02/2026", **{"nguoi-0-id_number": "12"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "31/02/2026 không có trong lịch" in page
    assert "Khiếu nại quyết định thu hồi đất" in page
    assert not Petition.objects.exists()


def test_rules_of_the_law_come_back_beside_their_fields(clerk: Officer) -> None:
    page = (
        browser(clerk)
        .post("/don/moi/", values(**{"nguoi-0-name": "", "nguoi-0-id_number": "12"}))
        .content.decode()
    )
    assert "Hãy nhập họ tên người viết đơn" in page
    assert "không đúng dạng" in page


def test_a_likely_slip_is_asked_about_once__R42(clerk: Officer) -> None:
    slip = values(**{"nguoi-0-birth_year": "1990"})
    client = browser(clerk)
    first = client.post("/don/moi/", slip)
    assert first.status_code == 422
    assert "khác năm 1975" in first.content.decode()
    client.post("/don/moi/", slip | {"confirmed": "1"})
    assert Petition.objects.count() == 1


def test_an_anonymous_tip_needs_no_person__R51(clerk: Officer) -> None:
    tip = values(
        kind="denunciation",
        anonymous="on",
        **{"nguoi-0-name": "", "nguoi-0-address": "", "nguoi-0-id_number": ""},
    )
    browser(clerk).post("/don/moi/", tip)
    assert Petition.objects.get().anonymous


def test_several_people_sign(clerk: Officer) -> None:
    more = {"nguoi-TOTAL_FORMS": "2", "nguoi-1-name": "Lê Thị Hoa", "signatories": "2"}
    browser(clerk).post("/don/moi/", values(**more))
    assert Petition.objects.get().text.petitioner_line == "Trần Văn Bình và 1 người khác"


def test_a_draft_is_kept_gone_on_with_and_replaced_by_the_petition(clerk: Officer) -> None:
    client = browser(clerk)
    kept = client.post("/don/nhap/luu/", values(received_on="không rõ")).json()
    again = client.post("/don/nhap/luu/", values(summary="Viết tiếp", draft=kept["draft"])).json()
    assert again["draft"] == kept["draft"]
    page = client.get(f"/don/moi/?nhap={kept['draft']}").content.decode()
    assert "Viết tiếp" in page
    assert "Trần Văn Bình" in page
    assert "Chưa lưu được" not in page
    client.post("/don/moi/", values(draft=kept["draft"]))
    assert not Draft.objects.exists()


def test_a_draft_is_its_author_s_alone(country: Country, clerk: Officer) -> None:
    kept = browser(clerk).post("/don/nhap/luu/", values()).json()
    assert browser(make_officer(country.commune)).get(f"/don/moi/?nhap={kept['draft']}").status_code == 403


def test_who_wrote_before_is_recalled_by_number_and_by_name(clerk: Officer) -> None:
    make_petition(clerk.agency, clerk, name="Nguyễn Thị Hạnh", id_number="052175009999")
    client = browser(clerk)
    by_number = client.get(
        "/don/nguoi/", {"nguoi": "0", "nguoi-0-id_number": "052175009999"}
    ).content.decode()
    by_name = client.get("/don/nguoi/", {"nguoi": "0", "nguoi-0-name": "nguyen thi ha"}).content.decode()
    assert "Nguyễn Thị Hạnh" in by_number
    assert "Nguyễn Thị Hạnh" in by_name


def test_a_denouncer_is_never_recalled(clerk: Officer) -> None:
    make_petition(
        clerk.agency, clerk, kind=Kind.DENUNCIATION, name="Nguyễn Thị Kín", id_number="052175008888"
    )
    page = (
        browser(clerk)
        .get("/don/nguoi/", {"nguoi": "0", "nguoi-0-id_number": "052175008888"})
        .content.decode()
    )
    assert "Kín" not in page


def test_a_field_is_proposed_and_not_put_in(clerk: Officer) -> None:
    page = (
        browser(clerk)
        .get("/don/linh-vuc/", {"summary": "thu hồi đất, bồi thường", "kind": "complaint"})
        .content.decode()
    )
    assert "bấm để chọn" in page


def test_correcting_through_the_form(clerk: Officer) -> None:
    client = browser(clerk)
    client.post("/don/moi/", values())
    petition = Petition.objects.get()
    page = client.get(f"/don/{petition.pk}/sua/").content.decode()
    assert 'value="10/03/2026"' in page
    client.post(f"/don/{petition.pk}/sua/", values(summary="Nội dung đã sửa", version="1"))
    assert Petition.objects.get().text.summary == "Nội dung đã sửa"
    history = client.get(f"/don/{petition.pk}/").content.decode()
    assert "Khiếu nại quyết định thu hồi đất" in history
    assert "Sửa đơn" in history


def test_saving_over_somebody_else_s_correction_is_refused(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    client = browser(clerk)
    client.post(f"/don/{petition.pk}/sua/", values(summary="Người thứ nhất", version="1"))
    answer = client.post(f"/don/{petition.pk}/sua/", values(summary="Người thứ hai", version="1"))
    assert answer.status_code == 409
    assert Petition.objects.get().text.summary == "Người thứ nhất"


def test_a_reason_is_asked_for_beside_its_field(country: Country, clerk: Officer) -> None:
    petition = make_petition(country.commune, make_officer(country.commune))
    answer = browser(clerk).post(f"/don/{petition.pk}/sua/", values(version="1"))
    assert answer.status_code == 422
    assert "Hãy ghi lý do sửa" in answer.content.decode()


def test_a_sealed_denouncer_is_opened_to_be_corrected(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk, kind=Kind.DENUNCIATION, name="Lê Thị Kín")
    client = browser(clerk)
    assert "Lê Thị Kín" not in client.get(f"/don/{petition.pk}/sua/").content.decode()
    opened = client.post(f"/don/{petition.pk}/sua/", {"open": "1", "reason": "ghi sai tên đệm"})
    assert "Lê Thị Kín" in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action="vault.open", reason="ghi sai tên đệm").exists()


def test_voiding_shows_what_it_changes_and_demands_why(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    client = browser(clerk)
    assert "Số liệu sẽ thay đổi" in client.get(f"/don/{petition.pk}/huy/").content.decode()
    assert client.post(f"/don/{petition.pk}/huy/", {"reason": ""}).status_code == 422
    client.post(f"/don/{petition.pk}/huy/", {"reason": "nhập trùng"})
    assert Petition.objects.get().is_void
    again = client.post(f"/don/{petition.pk}/huy/", {"reason": "lần nữa"})
    assert again.status_code == 409
    assert "đã bị hủy lúc" in again.content.decode()
    client.post(f"/don/{petition.pk}/khoi-phuc/")
    assert not Petition.objects.get().is_void


def test_another_unit_s_petition_by_its_address_is_refused_and_logged__R25(
    country: Country, clerk: Officer
) -> None:
    petition = make_petition(country.far_commune)
    answer = browser(clerk).get(f"/don/{petition.pk}/")
    assert answer.status_code == 403
    assert Entry.objects.get(action="access.refused").account_id == clerk.account_id


def test_the_business_owner_voids_and_restores__R31_R57(country: Country) -> None:
    petition = make_petition(country.commune)
    client = browser(make_officer(country.commune, Role.BUSINESS_OWNER))
    client.post(f"/don/{petition.pk}/huy/", {"reason": "nhập trùng"})
    assert Petition.objects.get().is_void
    client.post(f"/don/{petition.pk}/khoi-phuc/")
    assert not Petition.objects.get().is_void


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.DENUNCIATION])
def test_an_administrator_opens_no_petition_and_leaves_a_trace__R57(country: Country, kind: str) -> None:
    petition = make_petition(country.commune, kind=kind)
    admin = make_officer(country.commune, Role.UNIT_ADMIN)
    for path in ("", "huy/", "khoi-phuc/", "sua/"):
        assert browser(admin).get(f"/don/{petition.pk}/{path}").status_code in (403, 405)
    assert browser(admin).get("/don/").status_code == 403
    logged = Entry.objects.filter(action="access.refused", account_id=admin.account_id)
    assert f"/don/{petition.pk}/" in logged.values_list("subject_id", flat=True)


def test_who_may_not_read_content_sees_no_word_of_it__R57(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    petition = make_petition(country.commune, name="Trần Văn Bình")
    reader = make_index_reader(country.commune, monkeypatch)
    page = browser(reader).get(f"/don/{petition.pk}/").content.decode()
    assert "Trần Văn Bình" not in page
    assert "thu hồi đất" not in page
    assert petition.number in page


def test_examination_leads_to_a_case(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    client = browser(clerk)
    answer = client.post(
        f"/giai-quyet/don/{petition.pk}/xu-ly/",
        {
            "handling": "accept",
            "handled_on": "12/03/2026",
            "paper": "12/TB-UBND",
            "version": "1",
            "instance": "1",
        },
    )
    assert answer.status_code == 302
    page = client.get(f"/don/{petition.pk}/").content.decode()
    assert "12/TB-UBND" in page
    assert "13/04/2026" in page
    assert petition.number in client.get("/giai-quyet/").content.decode()


def test_a_transfer_without_a_body_is_refused(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    answer = browser(clerk).post(
        f"/giai-quyet/don/{petition.pk}/xu-ly/",
        {"handling": "transfer", "handled_on": "12/03/2026", "version": "1"},
    )
    assert answer.status_code == 422
    assert "Hãy chọn cơ quan có thẩm quyền" in answer.content.decode()


def test_the_page_asks_a_fixed_number_of_questions(country: Country, clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    client = browser(clerk)
    client.get(f"/don/{petition.pk}/")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/don/{petition.pk}/").status_code == 200
        return len(queries)

    before = count()
    for _ in range(5):
        make_petition(clerk.agency, clerk, matter_id=petition.matter_id)
    handle(petition, "accept", date(2026, 3, 12))
    assert count() <= before + 4  # bodies and places in the history have names now
    assert before <= 30


def test_hostile_words_stay_words(clerk: Officer) -> None:
    client = browser(clerk)
    client.post("/don/moi/", values(summary="<script>alert(1)</script> {{ 7*7 }}"))
    page = client.get(f"/don/{Petition.objects.get().pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "{{ 7*7 }}" in page
