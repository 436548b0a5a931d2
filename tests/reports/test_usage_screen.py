"""The screen of the usage report, and the files that come from it."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.petitions.choices import Kind, ReflectionKind
from tests.documents.papers import all_text
from tests.factories import Country, make_officer, make_petition
from tests.web.conftest import signed_in

PERIOD = {"tu": "01/01/2026", "den": "30/6/2026", "theo": "received"}


@pytest.fixture
def officer(country: Country) -> Officer:
    make_petition(country.commune)
    make_petition(country.commune, kind=Kind.DENUNCIATION)
    make_petition(country.department, kind=Kind.REFLECTION, reflection_kind=ReflectionKind.PROPOSAL)
    return make_officer(country.province, title="Chuyên viên")


@pytest.fixture
def client(officer: Officer) -> Client:
    return signed_in(officer)


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("reports:usage"), PERIOD | query)
    assert answer.status_code == 200
    return answer.content.decode()


def texts(**changes: str) -> dict[str, str]:
    """What the screen's form sends: everything filled in."""
    filled = {
        "opening": "Mở đầu.",
        "direction": "Đã chỉ đạo.",
        "operation": "",
        "strengths": "Tốt.",
        "limits": "",
        "proposals": "Không.",
        "closing": "Trên đây là báo cáo.",
        "issuer": "Ủy ban nhân dân tỉnh A",
        "superior": "",
        "number": "12",
        "symbol": "BC-UBND",
        "place": "Tỉnh A",
        "day": "05/02/2026",
        "recipients": "Thanh tra Chính phủ",
        "signer_lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        "signer_name": "Trần Văn Bình",
        "copies": "Thanh tra Chính phủ (b/c)",
        "archive": "VT",
    }
    return PERIOD | {"co_quan": "AAA"} | filled | changes


def test_the_screen_shows_coverage_and_kinds__R21_R22(client: Client) -> None:
    shown = page(client)
    assert "1/2 xã, phường, đặc khu và 1/1 sở, ban, ngành" in shown
    assert "3 đơn, trong đó 1 khiếu nại; 1 tố cáo; 1 kiến nghị, phản ánh" in shown
    assert "Chưa sử dụng" in shown


def test_every_figure_leads_to_its_list__R12(client: Client) -> None:
    context = client.get(reverse("reports:usage"), PERIOD).context
    figures = [figure for _, figure in context["figures"]]
    figures += [cell for line in context["lines"] for cell in line.cells]
    assert {figure.value for figure in figures} == {0, 1, 2, 3}
    for figure in figures:
        listed = client.get(figure.url)
        assert listed.status_code == 200
        assert len(listed.context["page"].petitions) == figure.value, figure.url


def test_a_figure_of_the_agency_itself_leads_to_a_list_without_its_units(
    client: Client, country: Country
) -> None:
    make_petition(country.province)
    context = client.get(reverse("reports:usage"), PERIOD).context
    own = context["lines"][-1].cells[-1]
    assert own.value == 1
    assert len(client.get(own.url).context["page"].petitions) == 1


def test_the_word_file_holds_figures_and_what_was_typed__R22(client: Client) -> None:
    answer = client.post(reverse("reports:usage-word"), texts(proposals="Đề nghị <b>&amp; {{ 1 }}"))
    assert answer.status_code == 200
    assert "bao-cao-su-dung-AAA-20260101-20260630.docx" in answer["Content-Disposition"]
    read = all_text(docx.Document(BytesIO(answer.content)))
    for expected in (
        "Số: 12/BC-UBND",
        "Đã chỉ đạo.",
        "Đề nghị <b>&amp; {{ 1 }}",
        "1/1 sở, ban, ngành",
        "Trần Văn Bình",
    ):
        assert expected in read


def test_the_pdf_comes_from_the_same_paper(client: Client) -> None:
    answer = client.post(reverse("reports:usage-pdf"), texts())
    assert answer["Content-Type"] == "application/pdf"
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"tu": "31/02/2026"}, "không có trong lịch"),
        ({"tu": "01/7/2026"}, "Ngày cuối kỳ đứng trước ngày đầu kỳ"),
        ({"den": "tháng 9"}, "Chưa lập được báo cáo"),
        ({"theo": "abc"}, "Chưa lập được báo cáo"),
    ],
)
def test_a_wrong_period_is_said_in_words(client: Client, query: dict[str, str], message: str) -> None:
    answer = client.get(reverse("reports:usage"), PERIOD | query)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_with_something_to_mend_nothing_typed_is_lost(client: Client) -> None:
    answer = client.post(reverse("reports:usage-word"), texts(day="31/02/2026", proposals="Câu đã gõ lâu."))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "không có trong lịch" in shown
    assert "Câu đã gõ lâu." in shown


def test_another_agency_out_of_reach_is_refused__R25(client: Client) -> None:
    assert client.get(reverse("reports:usage"), PERIOD | {"co_quan": "BBB"}).status_code == 403
    assert client.post(reverse("reports:usage-word"), texts(co_quan="BBB")).status_code == 403
    assert client.get(reverse("reports:usage"), {"co_quan": "KHÔNG-CÓ"}).status_code == 403


def test_who_has_no_right_to_reports_gets_none(country: Country) -> None:
    admin = signed_in(make_officer(country.province, Role.UNIT_ADMIN))
    assert admin.get(reverse("reports:usage")).status_code == 403
    assert admin.post(reverse("reports:usage-pdf"), texts()).status_code == 403
    assert Client().get(reverse("reports:usage")).status_code == 302


def test_the_boxes_are_filled_in_for_the_agency(client: Client) -> None:
    shown = page(client)
    assert "Ủy ban nhân dân tỉnh A" in shown
    assert "BC-UBND" in shown
    assert "TM. ỦY BAN NHÂN DÂN" in shown


def test_without_a_period_the_report_is_of_this_year(client: Client) -> None:
    answer = client.get(reverse("reports:usage"))
    assert answer.context["usage"].start == date(timezone.localdate().year, 1, 1)


def test_a_commune_reports_on_itself(country: Country, django_assert_max_num_queries: Any) -> None:
    client = signed_in(make_officer(country.commune))
    with django_assert_max_num_queries(20):
        shown = page(client)
    assert "không có đơn vị trực thuộc" in shown


def test_links_carry_agency_period_and_basis(client: Client) -> None:
    answer = client.get(reverse("reports:usage"), PERIOD | {"theo": "entered"})
    (_, total) = answer.context["figures"][0]
    assert parse_qs(urlsplit(total.url).query) != {}


def test_without_libreoffice_the_person_is_told_to_take_the_word_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    answer = client.post(reverse("reports:usage-pdf"), texts())
    assert answer.status_code == 409
    assert "Hãy tải bản Word" in answer.content.decode()
