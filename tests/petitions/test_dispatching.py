"""A transfer to a body without an account ends in a letter and a recorded dispatch, not in a dead end (R44)."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.walls import acting_as
from kntc.petitions.actions.dispatching import (
    Reply,
    Sent,
    correct_dispatch,
    record_dispatch,
    record_reply,
    void_dispatch,
)
from kntc.petitions.choices import Handling, Kind, Source
from kntc.petitions.dispatch import listed, next_number, papers_for
from kntc.petitions.models import Dispatch, Paper, Petition, Way
from tests.factories import Country, handle, make_body, make_officer, make_petition

DAY = date(2026, 3, 12)
SCHOOL = "Trường Tiểu học Hoa Phượng"
DENOUNCER = {
    "name": "Lê Thị Kín Đáo",
    "address": "thôn Ẩn Danh",
    "phone": "0912345678",
    "id_number": "052190001234",
}


def moved(country: Country, by: Officer, handling: str = Handling.TRANSFER, **values: object) -> Petition:
    school = Agency.objects.filter(name=SCHOOL).first() or make_body(SCHOOL)
    petition = make_petition(country.commune, by, **{"kind": Kind.REFLECTION} | values)
    return handle(petition, handling, max(DAY, petition.received_on), by, destination_id=school.pk)


def sent(paper: str = Paper.TRANSFER, **values: object) -> Sent:
    return Sent(**({"paper": paper, "dated_on": DAY, "sent_on": DAY, "symbol": "PC-UBND"} | values))  # type: ignore[arg-type]


def words(content: bytes) -> str:
    """Everything that a reader or the file's properties can tell."""
    document = docx.Document(BytesIO(content))
    lines = [p.text for p in document.paragraphs]
    lines += [
        p.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
    ]
    made = document.core_properties
    return "\n".join([*lines, made.title, made.subject, made.author, made.comments, made.keywords])


def browse(client: Client, officer: Officer) -> Client:
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


@pytest.fixture
def at_work(clerk: Officer) -> Iterator[Officer]:
    """Behind the wall, as a request is."""
    with acting_as(clerk):
        yield clerk


def test_a_transfer_asks_for_its_papers(country: Country, clerk: Officer) -> None:
    assert papers_for(moved(country, clerk)) == (Paper.TRANSFER, Paper.NOTICE)
    assert papers_for(moved(country, clerk, Handling.GUIDE, kind=Kind.COMPLAINT)) == (Paper.GUIDE,)
    assert papers_for(make_petition(country.commune, clerk)) == ()


def test_a_dispatch_is_recorded_under_the_next_number__R44(country: Country, at_work: Officer) -> None:
    first, second = moved(country, at_work), moved(country, at_work)
    one = record_dispatch(petition=first, sent=sent(), by=at_work)
    two = record_dispatch(petition=second, sent=sent(way=Way.AXIS), by=at_work)
    notice = record_dispatch(petition=first, sent=sent(Paper.NOTICE, symbol="TB-UBND"), by=at_work)
    assert [d.reference for d in (one, two, notice)] == ["01/PC-UBND", "02/PC-UBND", "01/TB-UBND"]
    assert (one.body, notice.body) == (first.destination, None)
    assert Petition.objects.get(pk=first.pk).handled_paper == "01/PC-UBND"
    assert next_number(country.commune.pk, 2026, Paper.TRANSFER) == 3
    assert next_number(country.commune.pk, 2025, Paper.TRANSFER) == 1
    third = record_dispatch(petition=second, sent=sent(number=40), by=at_work)
    assert third.number == 40
    with pytest.raises(InvalidInput, match="Số tiếp theo của sổ là 41"):
        record_dispatch(petition=second, sent=sent(number=40), by=at_work)
    assert Dispatch.objects.count() == 4


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"symbol": " "}, "symbol"),
        ({"symbol": "x" * 41}, "symbol"),
        ({"number": -1}, "number"),
        ({"number": 10**7}, "number"),
        ({"sent_on": DAY - timedelta(days=1)}, "sent_on"),
        ({"dated_on": date(2026, 3, 1)}, "dated_on"),
        ({"sent_on": date(2126, 3, 1)}, "sent_on"),
        ({"way": "pigeon"}, "way"),
        ({"paper": Paper.GUIDE}, "paper"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    country: Country, at_work: Officer, values: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        record_dispatch(petition=moved(country, at_work), sent=sent(**values), by=at_work)  # type: ignore[arg-type]
    assert list(refusal.value.errors) == [field]


def test_only_the_keeper_sends_and_a_voided_petition_sends_nothing(country: Country, clerk: Officer) -> None:
    petition = moved(country, clerk)
    with pytest.raises(NotAllowed):
        record_dispatch(petition=petition, sent=sent(), by=make_officer(country.sister))
    dispatch = record_dispatch(petition=petition, sent=sent(), by=clerk)
    for act in (
        lambda by: correct_dispatch(dispatch=dispatch, sent=sent(), by=by),
        lambda by: record_reply(dispatch=dispatch, reply=Reply(DAY), by=by),
        lambda by: void_dispatch(dispatch=dispatch, by=by, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act(make_officer(country.province))
        with pytest.raises(NotAllowed):
            act(make_officer(country.commune, Role.NATIONAL_ANALYST))


def test_corrected_answered_voided(country: Country, at_work: Officer) -> None:
    petition = moved(country, at_work)
    dispatch = record_dispatch(petition=petition, sent=sent(), by=at_work)
    dispatch = correct_dispatch(dispatch=dispatch, sent=sent(number=7, symbol="CV-UBND"), by=at_work)
    assert Petition.objects.get(pk=petition.pk).handled_paper == dispatch.reference == "07/CV-UBND"
    with pytest.raises(InvalidInput):
        record_reply(dispatch=dispatch, reply=Reply(DAY - timedelta(days=1)), by=at_work)
    dispatch = record_reply(dispatch=dispatch, reply=Reply(DAY, "12/TH", "đã xem xét"), by=at_work)
    assert (dispatch.reply_paper, dispatch.reply_note) == ("12/TH", "đã xem xét")
    with pytest.raises(InvalidInput):
        void_dispatch(dispatch=dispatch, by=at_work, reason=" ")
    void_dispatch(dispatch=dispatch, by=at_work, reason="ghi nhầm đơn")
    assert Petition.objects.get(pk=petition.pk).handled_paper == ""
    with pytest.raises(Refused):
        record_reply(dispatch=dispatch, reply=Reply(DAY), by=at_work)
    again = record_dispatch(petition=Petition.objects.get(pk=petition.pk), sent=sent(number=7), by=at_work)
    assert again.number == 7  # the number of a slip is free


def test_the_list_and_what_got_no_answer(country: Country, clerk: Officer, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    old = timezone.localdate() - timedelta(days=40)
    day = {"received_on": old - timedelta(days=2)}
    quiet, answered, fresh = (moved(country, clerk, **day) for _ in range(3))
    for petition, on in ((quiet, old), (answered, old), (fresh, timezone.localdate())):
        record_dispatch(petition=petition, sent=sent(dated_on=on, sent_on=on), by=clerk)
    record_reply(dispatch=answered.dispatches.get(), reply=Reply(old), by=clerk)
    record_dispatch(petition=quiet, sent=sent(Paper.NOTICE, dated_on=old, sent_on=old), by=clerk)
    with acting_as(clerk):
        with django_assert_num_queries(1):
            everything = listed(clerk)
        assert len(everything.rows) == 4
        assert [d.petition for d in listed(clerk, only="cho").rows] == [fresh, quiet]
        assert [d.petition for d in listed(clerk, only="lau").rows] == [quiet]
    for other in (make_officer(country.sister), make_officer(country.elsewhere)):
        with acting_as(other):
            assert listed(other).rows == []
            assert not Dispatch.objects.exists()
    with acting_as(make_officer(country.commune, Role.UNIT_ADMIN)):
        assert not Dispatch.objects.exists()  # no word of a petition for who keeps accounts (R57)


# ---- The letters ----


def test_the_letter_of_a_transfer_is_filled_from_the_petition__R44(
    client: Client, country: Country, clerk: Officer
) -> None:
    petition = moved(country, clerk, name="Trần Văn Bình", summary="Đề nghị sửa hàng rào trường")
    browse(client, clerk)
    answer = client.get(reverse("petitions:letter", args=[petition.pk, "transfer"]))
    assert answer["Content-Disposition"] == f'attachment; filename="phieu-chuyen-don-{petition.number}.docx"'
    text = words(answer.content)
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHIẾU CHUYỂN ĐƠN", f"Kính gửi: {SCHOOL}", "Trần Văn Bình",
        "Đề nghị sửa hàng rào trường", "Ngày 10 tháng 3 năm 2026", "/PC-UBND", "TM. ỦY BAN NHÂN DÂN", "Nơi nhận:",
        "Thông tư số 05/2021/TT-TTCP", "./.",
    ):  # fmt: skip
        assert expected.lower() in text.lower(), expected
    record_dispatch(petition=petition, sent=sent(), by=clerk)
    text = words(client.get(reverse("petitions:letter", args=[petition.pk, "transfer"])).content)
    assert "Số: 01/PC-UBND" in text
    assert "ngày 12 tháng 3 năm 2026" in text
    notice = words(client.get(reverse("petitions:letter", args=[petition.pk, "notice"])).content)
    assert "Kính gửi: Ông (bà) Trần Văn Bình" in notice
    assert "đã chuyển đơn đến" in notice


def test_the_letter_of_a_guidance(client: Client, country: Country, clerk: Officer) -> None:
    browse(client, clerk)
    for handling, title in ((Handling.GUIDE, "PHIẾU HƯỚNG DẪN"), (Handling.RETURN, "PHIẾU TRẢ LẠI ĐƠN")):
        petition = moved(country, clerk, handling, kind=Kind.COMPLAINT)
        text = words(client.get(reverse("petitions:letter", args=[petition.pk, "guide"])).content)
        assert title in text
        assert f"gửi đơn đến {SCHOOL}" in text
        assert "Người bị khiếu nại: Chủ tịch UBND xã, UBND xã An Lương." in text
        assert "một lần đối với cùng một nội dung" in text


@pytest.mark.parametrize("handling", [Handling.TRANSFER, Handling.GUIDE, Handling.RETURN])
def test_a_denouncer_stands_in_no_letter(
    client: Client, country: Country, clerk: Officer, handling: str
) -> None:
    petition = moved(
        country, clerk, handling, kind=Kind.DENUNCIATION, source=Source.OTHER_AGENCY, source_body_id=country.court.pk,
        summary=f"{DENOUNCER['name']} tố cáo Chủ tịch xã; liên hệ {DENOUNCER['phone']}",
        content=f"Tôi là {DENOUNCER['name'].upper()}, ở {DENOUNCER['address']}.", **DENOUNCER,
    )  # fmt: skip
    browse(client, clerk)
    for paper in papers_for(petition):
        text = words(client.get(reverse("petitions:letter", args=[petition.pk, paper])).content).lower()
        for secret in (*DENOUNCER.values(), "kín đáo"):
            assert secret.lower() not in text, (paper, secret)
        assert "công dân" in text
        record_dispatch(petition=petition, sent=sent(paper), by=clerk)
    assert all(value not in client.get(reverse("petitions:dispatches")).text for value in DENOUNCER.values())


def test_what_a_citizen_wrote_breaks_no_letter(client: Client, country: Country, clerk: Officer) -> None:
    petition = moved(country, clerk, summary="{{ x }} {% load y %} <w:p> & \x0b ]]> ", name="Đỗ {{ 7*7 }}")
    browse(client, clerk)
    text = words(client.get(reverse("petitions:letter", args=[petition.pk, "transfer"])).content)
    assert "{{ x }}" in text
    assert "49" not in text


# ---- Screens ----


def test_from_the_petition_s_page_in_two_clicks__R44(
    client: Client, country: Country, clerk: Officer
) -> None:
    petition = moved(country, clerk)
    browse(client, clerk)
    page = client.get(reverse("petitions:detail", args=[petition.pk])).text
    assert "chưa dùng hệ thống: gửi phiếu chuyển bằng văn bản" in page
    record = reverse("petitions:record-dispatch", args=[petition.pk, "transfer"])
    assert record in page
    form = client.get(record)
    values = {name: form.context["form"][name].value() for name in form.context["form"].fields}
    done = client.post(record, values, follow=True)
    assert "Đã ghi phiếu chuyển đơn số 01/PC-UBND" in done.text
    assert "Chưa có trả lời" in done.text
    assert "Gửi văn bản" in done.text  # in the petition's history
    dispatch = Dispatch.objects.get()
    url = reverse("petitions:dispatch", args=[dispatch.pk])
    assert "Ghi trả lời" in client.get(url).text
    assert client.post(url, {"number": "0", "symbol": ""}).status_code == 422
    assert client.post(url, values | {"number": "5"}).status_code == 302
    reply = reverse("petitions:dispatch-reply", args=[dispatch.pk])
    assert client.post(reply, {"reply_on": "x"}).status_code == 422
    today = timezone.localdate()
    done = client.post(reply, {"reply_on": f"{today:%d/%m/%Y}", "reply_paper": "9/TH"}, follow=True)
    assert "9/TH" in done.text
    listing = client.get(reverse("petitions:dispatches")).text
    assert "05/PC-UBND" in listing
    assert SCHOOL in listing
    assert "Số: 05/PC-UBND" in words(client.get(reverse("petitions:sent-letter", args=[dispatch.pk])).content)
    void = reverse("petitions:void-dispatch", args=[dispatch.pk])
    assert client.post(void, {"reason": ""}).status_code == 422
    assert "ghi nhầm" in client.post(void, {"reason": "ghi nhầm"}, follow=True).text
    assert "05/PC-UBND" not in client.get(reverse("petitions:dispatches")).text


def test_a_paper_that_the_result_does_not_ask_for_is_not_there(
    client: Client, country: Country, clerk: Officer
) -> None:
    petition = make_petition(country.commune, clerk)
    browse(client, clerk)
    for paper in ("transfer", "guide", "nothing"):
        assert client.get(reverse("petitions:letter", args=[petition.pk, paper])).status_code == 403
    assert "Văn bản gửi đi" not in client.get(reverse("petitions:detail", args=[petition.pk])).text


def test_the_petition_s_page_costs_one_statement_more(
    client: Client,
    country: Country,
    clerk: Officer,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    from kntc.petitions.dispatch import slots

    petition = moved(country, clerk)
    for _ in range(3):
        record_dispatch(petition=petition, sent=sent(), by=clerk)
    petition = Petition.objects.get(pk=petition.pk)
    with django_assert_num_queries(1):
        assert len([slot.dispatch and slot.dispatch.body for slot in slots(petition)]) == 4
