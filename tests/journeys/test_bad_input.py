"""Bad input through the screens: a sentence that helps, nothing half-done, never a fault of the server."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from kntc.accounts.officers import Officer
from kntc.petitions.choices import Kind
from kntc.petitions.models import Draft, Petition
from kntc.reception.models import Visit
from kntc.settlement.models import Case
from tests.factories import Country, make_officer, make_petition
from tests.journeys.addresses import PUBLIC, World, addresses, browser, make_world
from tests.journeys.pages import Page
from tests.journeys.test_doors import undone
from tests.petitions.test_screens import values

LONG = "Đất đai " * 12_500  # 100,000 characters
HOSTILE = [
    "",
    "-1",
    "²",
    "9" * 30,
    "31/02/2026",
    "<script>alert(1)</script>' OR 1=1 -- {% load x %} %s %(a)s \u202e\ufeff\U0001f600",
    "a" * 6000,
]


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


@pytest.fixture
def client(clerk: Officer) -> Client:
    return browser(clerk)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


# ---- Every address, every field: nothing that is typed or forged is a fault of the server ----


def fields_of(client: Client, url: str) -> set[str]:
    """The names that an address may be sent: its forms' fields and what its links carry."""
    answer = client.get(url)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return set()
    page = Page(text(answer), url)
    carried = {
        part.partition("=")[0]
        for link in page.links
        if link.startswith(url + "?")
        for part in link.partition("?")[2].split("&")
    }
    return {name for form in page.forms for name in form.fields} | carried


def test_no_value_anywhere_is_a_fault_of_the_server__R48(country: Country) -> None:
    world = make_world(country)
    client = browser(world.clerk)
    faults = []
    for address in addresses():
        if address.name in PUBLIC:
            continue
        url = world.url(address)
        names = fields_of(client, url) | {"q", "sau", "truoc", "nhap", "nguoi", "reason", "version"}
        for value in HOSTILE:
            sent = dict.fromkeys(names - {"csrfmiddlewaretoken"}, value)
            for method in ("get", "post"):
                with undone():
                    answer = getattr(client, method)(url, sent)
                if answer.status_code >= 500:
                    faults.append(f"{method} {address.name} {value[:30]!r}: {answer.status_code}")
    assert faults == []


@pytest.mark.parametrize(
    "broken", ["q=%ff%fe&truoc=%ed%a0%80&%zz=%&nhap=%fe", "q=%00", "q=" + "a" * 7000 + "&" * 1500]
)
def test_a_query_that_is_no_text_is_answered(country: Country, broken: str) -> None:
    world = make_world(country)
    client = browser(world.clerk)
    faults = []
    for address in addresses():
        if address.name in PUBLIC:
            continue
        url = world.url(address)
        with undone():
            answers = [
                client.get(f"{url}?{broken}"),
                client.post(url, broken, content_type="application/x-www-form-urlencoded"),
            ]
        faults += [address.name for answer in answers if answer.status_code >= 500]
    assert faults == []


@pytest.mark.parametrize(
    "url",
    [
        "/don/999999999999999999999999999/",
        "/giai-quyet/0/",
        "/don/nhap/99999999999999999999/bo/",
        "/don/1%00/",
    ],
)
def test_a_forged_number_in_the_address_finds_nothing(client: Client, url: str) -> None:
    assert client.get(url).status_code in {400, 403, 404, 405}
    assert client.post(url).status_code in {400, 403, 404, 405}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"summary=%ff%fe&kind=complaint", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00summary", "application/x-www-form-urlencoded"),
        (b"--x\r\nnot a part", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        (b'{"a":', "application/json"),
    ],
)
def test_a_body_that_is_no_form_is_answered(client: Client, body: bytes, kind: str) -> None:
    answer = client.post("/don/moi/", body, content_type=kind)
    assert 400 <= answer.status_code < 500
    assert "Máy chủ gặp trục trặc" not in text(answer)
    assert not Petition.objects.exists()


def test_a_character_that_no_keyboard_types_is_refused_in_words(client: Client) -> None:
    answer = client.post("/don/moi/", values(summary="Đất\0đai"))
    assert answer.status_code == 400
    assert "chưa có gì được ghi" in text(answer)
    assert not Petition.objects.exists()


def test_more_than_a_form_can_hold_is_refused_in_words(client: Client) -> None:
    answer = client.post("/don/moi/", values(content="a" * 6_000_000))
    assert answer.status_code == 413
    assert "quá lớn" in text(answer)


# ---- The petition form ----


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("received_on", "31/02/2026", "31/02/2026 không có trong lịch"),
        ("received_on", "tháng 9/2026", ""),
        ("received_on", "01/01/2091", "chưa đến"),
        ("written_on", "30/02/2026", "không có trong lịch"),
        ("signatories", "-3", "1"),
        ("signatories", "abc", "số"),
        ("signatories", "99999999999", "99999"),
        ("nguoi-0-birth_year", "-5", "1850"),
        ("nguoi-0-id_number", "12", "không đúng dạng"),
        ("kind", "bịa", ""),
        ("source", "bịa", ""),
        ("field_code", "bịa", ""),
        ("instance", "7", ""),
        ("source_body", "999999", "không còn trong danh mục"),
        ("source_body", "không phải số", "không còn trong danh mục"),
        ("place", "9" * 40, "không còn trong danh mục"),
        ("nguoi-0-place", "' OR 1=1", "không còn trong danh mục"),
        ("summary", LONG, "500"),
        ("nguoi-0-name", LONG, "200"),
        ("content", LONG + "thêm", "100000"),
        ("note", LONG, "2000"),
        ("nguoi-TOTAL_FORMS", "abc", "tải lại trang"),
        ("nguoi-TOTAL_FORMS", "100000", "nhiều nhất 200 người"),
    ],
)
def test_a_wrong_value_comes_back_with_a_sentence(
    client: Client, field: str, value: str, sentence: str
) -> None:
    answer = client.post("/don/moi/", values(**{field: value}))
    page = text(answer)
    assert answer.status_code == 422
    assert "Chưa lưu được" in page
    assert sentence in page
    assert not Petition.objects.exists()


def test_the_whole_text_of_100_000_characters_comes_in(client: Client) -> None:
    client.post("/don/moi/", values(content=LONG))
    assert Petition.objects.get().text.content == LONG.strip()
    assert client.get(f"/don/{Petition.objects.get().pk}/").status_code == 200


def test_two_hundred_people_sign_and_one_more_is_told(client: Client) -> None:
    people = {f"nguoi-{at}-name": f"Người thứ {at}" for at in range(200)}
    rest = ("id_number", "address", "place", "phone", "birth_year", "gender")
    empty = {f"nguoi-{at}-{name}": "" for at in range(1, 200) for name in rest}
    client.post("/don/moi/", values(**people, **empty) | {"nguoi-TOTAL_FORMS": "200", "signatories": "200"})
    assert Petition.objects.get().text.petitioner_line == "Người thứ 0 và 199 người khác"


def test_hostile_words_stay_words_on_every_page(client: Client) -> None:
    evil = "<img src=x onerror=alert(1)>'\"{{ 617*10 }}"
    client.post(
        "/don/moi/",
        values(summary=evil, content=evil, note=evil, respondent_name=evil, **{"nguoi-0-name": evil}),
    )
    pk = Petition.objects.get().pk
    draft = client.post("/don/nhap/luu/", values(summary=evil)).json()["draft"]
    pages = [
        "/don/", f"/don/{pk}/", f"/don/{pk}/sua/", f"/don/{pk}/huy/", f"/giai-quyet/don/{pk}/xu-ly/", "/don/nhap/",
        f"/don/moi/?nhap={draft}", f"/don/nguoi/?nguoi=0&nguoi-0-name={quote(evil)}", f"/don/?q={quote(evil)}",
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "<img src=x" not in text(answer), url
        assert "6170" not in text(answer), url


def test_what_was_hidden_by_another_choice_is_not_saved(client: Client) -> None:
    client.post("/don/moi/", values(reflection_kind="proposal"))
    assert Petition.objects.get().reflection_kind == ""


def test_nobody_stands_behind_a_petition_without_a_writer(client: Client) -> None:
    client.post("/don/moi/", values(kind="reflection", anonymous="on"))
    petition = Petition.objects.get()
    assert petition.text.petitioner_line == "Không rõ người viết"
    assert not petition.parties.filter(role="petitioner").exists()


def test_a_draft_of_nonsense_opens_again(client: Client) -> None:
    for total in ("²", "-1", "9" * 20, ""):
        kept = client.post(
            "/don/nhap/luu/", values(place="bịa", source_body="x", **{"nguoi-TOTAL_FORMS": total})
        )
        assert client.get(f"/don/moi/?nhap={kept.json()['draft']}").status_code == 200
    assert client.get("/don/moi/?nhap=²").status_code == 200
    assert client.get(f"/don/moi/?nhap={'9' * 5000}").status_code == 200
    assert Draft.objects.count() == 4


# ---- Two people, one petition ----


def test_two_people_saving_lose_nothing__R56(country: Country, clerk: Officer) -> None:
    petition = make_petition(country.commune, clerk)
    colleague = make_officer(country.commune)
    first, second = browser(clerk), browser(colleague)
    why = {"version": "1", "reason": "ghi sai"}
    first.post(f"/don/{petition.pk}/sua/", values(summary="Bản của người thứ nhất", **why))
    answer = second.post(f"/don/{petition.pk}/sua/", values(summary="Bản của người thứ hai", **why))
    page = text(answer)
    assert answer.status_code == 409
    assert "vừa được sửa sau khi bạn mở" in page
    assert f"{clerk.name}: Sửa đơn (ghi sai)" in page
    assert 'name="version" value="2"' in page
    assert ">\nBản của người thứ hai</textarea>" in page
    assert Petition.objects.get().text.summary == "Bản của người thứ nhất"
    second.post(f"/don/{petition.pk}/sua/", values(summary="Bản của người thứ hai", **why) | {"version": "2"})
    assert Petition.objects.get().text.summary == "Bản của người thứ hai"


def test_a_result_on_a_petition_just_corrected_stays_in_the_form(country: Country, clerk: Officer) -> None:
    petition = make_petition(country.commune, clerk)
    client = browser(clerk)
    client.post(f"/don/{petition.pk}/sua/", values(summary="Đã sửa", version="1"))
    result = {"handling": "file", "handled_on": "12/03/2026", "paper": "77/BC", "version": "1"}
    answer = client.post(f"/giai-quyet/don/{petition.pk}/xu-ly/", result)
    assert answer.status_code == 409
    assert "vừa được sửa sau khi bạn mở" in text(answer)
    assert 'value="77/BC"' in text(answer)
    assert not Petition.objects.get().handling
    assert client.post(f"/giai-quyet/don/{petition.pk}/xu-ly/", result | {"version": "2"}).status_code == 302
    assert Petition.objects.get().handling == "file"


def test_a_form_is_not_opened_on_what_is_void(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    client = browser(clerk)
    client.post(f"/don/{petition.pk}/huy/", {"reason": "nhập trùng"})
    for act in (
        f"/don/{petition.pk}/sua/",
        f"/don/{petition.pk}/huy/",
        f"/giai-quyet/don/{petition.pk}/xu-ly/",
    ):
        answer = client.get(act)
        assert answer.status_code == 409
        assert "đã bị hủy lúc" in text(answer)


def test_a_fault_after_the_vault_was_opened_loses_no_name(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk, kind=Kind.DENUNCIATION, name="Lê Thị Kín")
    typed = values(
        kind="denunciation", version="1", received_on="31/02/2026", **{"nguoi-0-name": "Lê Thị Kính"}
    )
    answer = browser(clerk).post(f"/don/{petition.pk}/sua/", typed)
    assert answer.status_code == 422
    assert 'value="Lê Thị Kính"' in text(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_matter_of_an_unknown_number_is_told(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, clerk)
    answer = browser(clerk).post(f"/don/{petition.pk}/vu-viec/gan/", {"number": "KHÔNG-CÓ <b>" * 50})
    assert answer.status_code == 422
    assert "Không thấy đơn số" in text(answer)
    assert "<b>" not in text(answer).split("Không thấy đơn số")[1][:400]


# ---- The book and the case ----


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("received_on", "31/02/2026", "không có trong lịch"),
        ("received_on", "01/01/2091", "chưa đến"),
        ("people_count", "-1", "1"),
        ("people_count", "99999999999", "99999"),
        ("id_number", "12", "không đúng dạng"),
        ("kind", "bịa", ""),
        ("name", "", "bắt buộc"),
        ("summary", LONG, "500"),
    ],
)
def test_a_wrong_value_does_not_enter_the_book(client: Client, field: str, value: str, sentence: str) -> None:
    visit: dict[str, Any] = {
        "name": "Trần Văn Bình", "summary": "Hỏi thủ tục", "received_on": "10/03/2026", "kind": "regular",
        "people_count": "1",
    }  # fmt: skip
    answer = client.post("/tiep-cong-dan/moi/", visit | {field: value})
    assert answer.status_code == 422
    assert "Chưa lưu được" in text(answer)
    assert sentence in text(answer)
    assert not Visit.objects.exists()
    assert client.post("/tiep-cong-dan/moi/", visit).status_code == 302


@pytest.mark.parametrize(
    ("act", "sent", "sentence"),
    [
        ("ket-qua", {"outcome": "right", "settled_on": "31/02/2026"}, "không có trong lịch"),
        ("ket-qua", {"outcome": "bịa", "settled_on": "20/03/2026"}, "Chưa lưu được"),
        ("ket-qua", {"outcome": "right", "settled_on": "01/01/2026"}, "trước ngày thụ lý"),
        ("ket-qua", {"outcome": "right", "settled_on": "01/01/2091"}, "chưa đến"),
        ("gia-han", {"reason": ""}, "bắt buộc"),
        ("gia-han", {"reason": LONG}, "500"),
        ("tam-dinh-chi", {"on": "01/01/2026", "reason": "chờ kết quả giám định"}, "trước ngày thụ lý"),
        ("tam-dinh-chi", {"on": "30/02/2026", "reason": "chờ"}, "không có trong lịch"),
        ("tiep-tuc", {"on": "20/03/2026"}, "không trong thời gian tạm đình chỉ"),
    ],
)
def test_a_wrong_act_leaves_the_case_as_it_was(
    country: Country, act: str, sent: dict[str, str], sentence: str
) -> None:
    world: World = make_world(country)
    before = Case.objects.values().get(pk=world.case.pk)
    answer = browser(world.clerk).post(f"/giai-quyet/{world.case.pk}/{act}/", sent)
    assert answer.status_code in {409, 422}
    assert sentence in text(answer)
    assert Case.objects.values().get(pk=world.case.pk) == before


# ---- Pickers, sign-in ----


def test_pickers_answer_anything(client: Client) -> None:
    for url in ("/co-quan/tim/", "/dia-ban/tim/"):
        for typed in (*HOSTILE, LONG[:7000], "%", "_", "\\", "(", "*", "& | !"):
            answer = client.get(f"{url}?{urlencode({'q': typed})}")
            assert answer.status_code == 200, typed
            assert "<script>alert(1)" not in text(answer)


@pytest.mark.parametrize("name", ["a" * 5000, "' OR 1=1 --", "²", "\u202e", "ĐỊNH"])
def test_the_front_door_takes_any_name(db: None, name: str) -> None:
    answer = browser(None).post("/dang-nhap/", {"username": name, "password": "x" * 5000})
    assert answer.status_code < 500
    assert "Máy chủ gặp trục trặc" not in text(answer)


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_front_door_leads_nowhere_else(client: Client, target: str) -> None:
    answer = client.get("/dang-nhap/", {"next": target})
    assert answer.status_code == 302
    assert answer["Location"] == "/"
