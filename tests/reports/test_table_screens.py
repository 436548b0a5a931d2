"""The pages of reports: the table under its printed header, each number a link, Excel, choices, refusals."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.worksheet.worksheet import Worksheet

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.law.tables import form
from kntc.reports.periods import choices, name_of, year_of
from tests.factories import Country, make_officer, make_petition
from tests.reports.lists import length
from tests.reports.tables import COLUMNS, Fact, write
from tests.reports.test_table_numbers import BY_HAND, hand_made

TABLE = "/bao-cao/02-xld/"
PERIOD = {"co_quan": "AAA", "tu": "15/12/2025", "den": "14/03/2026"}


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.province, Role.LEADER)


def client_of(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(officer: Officer, url: str = TABLE, **query: str) -> str:
    answer = client_of(officer).get(url, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def total_row(html: str) -> list[tuple[str, str]]:
    """(number, address) of each cell of the last row."""
    row = html[html.index("statutory-total") :].partition("</tr>")[0]
    cells = re.findall(r"<td>(.*?)</td>", row)
    return [(re.sub(r"<.*?>", "", cell), (re.findall(r'href="(.*?)"', cell) or [""])[0]) for cell in cells]


def test_the_page_shows_every_number_and_opens_every_list(country: Country, officer: Officer) -> None:
    write(hand_made(country))
    cells = total_row(page(officer, **PERIOD))
    assert [int(number) for number, _ in cells] == list(BY_HAND.values())
    for number, url in cells:
        assert length(url, officer) == int(number), url


def test_the_list_says_which_cell_it_is(country: Country, officer: Officer) -> None:
    write(hand_made(country))
    _, url = total_row(page(officer, **PERIOD))[5]
    html = client_of(officer).get(url.replace("&amp;", "&")).content.decode()
    assert "Biểu 02/XLD, cột 6 (Khiếu nại, tổng số đơn)" in html


def test_a_list_of_a_cell_that_does_not_exist_shows_nothing(country: Country, officer: Officer) -> None:
    write([Fact(country.commune)])
    query = {"bieu": "02/XLD", "cot": "77", "co_quan": "AAA", "tu": "2025-12-15", "den": "2026-03-14"}
    answer = client_of(officer).get("/don/", query)
    assert answer.status_code == 422
    assert "không còn, hoặc không thuộc phạm vi" in answer.content.decode()


def test_the_header_is_the_printed_one(country: Country, officer: Officer) -> None:
    html = page(officer, **PERIOD)
    head = html[html.index("<thead>") : html.index("</thead>")]
    assert '<th class="statutory-unit" scope="col" rowspan="4">Đơn vị</th>' in head
    assert '<th scope="colgroup" colspan="17">Số đơn thuộc thẩm quyền</th>' in head
    assert '<th scope="colgroup" colspan="3" rowspan="2">Số đơn không thuộc thẩm quyền</th>' in head
    marks = re.findall(r"<td>(.*?)</td>", head)
    assert (len(marks), marks[5], marks[24]) == (25, "6= 7+8= 9+10+11", "25")
    assert "Số liệu tính từ ngày 15/12/2025 đến ngày 14/03/2026 (Quý I năm 2026)" in html
    assert "(Kèm theo Báo cáo số: ………… ngày …… tháng …… năm ……… của Ủy ban nhân dân tỉnh A)" in html


def test_checks_and_doubts_are_told_with_their_lists(country: Country, officer: Officer) -> None:
    write([Fact(country.commune, field="", instance=1)])
    html = page(officer, **PERIOD)
    assert "công thức, ràng buộc của biểu đều khớp" in html
    (url,) = re.findall(r'href="(/don/[^"]*cot=chua-phan-loai)"', html)
    assert length(url, officer) == 1
    write([Fact(country.commune, competent=None)])
    assert "chỗ chưa khớp công thức của biểu" in page(officer, **PERIOD)


def test_without_a_choice_the_own_agency_and_the_running_year_are_shown(
    country: Country, officer: Officer
) -> None:
    html = page(officer)
    assert 'value="AAA"' in html
    assert 'aria-current="true">Năm ' in html
    assert "Không có đơn nào trong kỳ này" in html


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tu": "31/02/2026"}, "không có trong lịch"),
        ({"tu": "tháng chín"}, "tu"),
        ({"den": "01/01/2020"}, "Ngày cuối kỳ đứng trước ngày đầu kỳ"),
    ],
)
@pytest.mark.parametrize("url", [TABLE, f"{TABLE}excel/"])
def test_wrong_days_are_explained(officer: Officer, url: str, change: dict[str, str], message: str) -> None:
    answer = client_of(officer).get(url, PERIOD | change)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "<thead>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "query", "status"),
    [
        (TABLE, {"co_quan": "BBB"}, 403),
        (TABLE, {"co_quan": "KHONG CO"}, 403),
        (f"{TABLE}excel/", {"co_quan": "BBB"}, 403),
        ("/bao-cao/03-gqkn/", {}, 422),
        ("/bao-cao/99-abc/", {}, 404),
        ("/bao-cao/99-abc/excel/", {}, 404),
    ],
)
def test_what_cannot_be_shown_is_refused(
    officer: Officer, url: str, query: dict[str, str], status: int
) -> None:
    assert client_of(officer).get(url, query).status_code == status


def test_an_administrator_of_accounts_has_no_figures(country: Country) -> None:
    admin = make_officer(country.province, Role.UNIT_ADMIN)
    assert client_of(admin).get(TABLE).status_code == 403


# The walls of a request are raised in one statement; within a test's transaction they are also kept and put back.
OF_THE_TEST = ("SAVEPOINT", "RELEASE", "SELECT current_setting", "SELECT set_config")


def test_pages_keep_their_number_of_statements(country: Country, officer: Officer) -> None:
    client = client_of(officer)
    counts = []
    for _ in range(2):
        write(hand_made(country))
        for url in (TABLE, "/bao-cao/", "/"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url, PERIOD).status_code == 200
            counts.append(len([q for q in seen if not q["sql"].startswith(OF_THE_TEST)]) + 1)
    assert counts[:3] == counts[3:]
    assert max(counts) <= 12


def test_the_list_of_reports_says_what_is_ready(officer: Officer) -> None:
    html = page(officer, "/bao-cao/")
    assert html.count("Chưa lập tự động</span>") == 5
    assert 'href="/bao-cao/02-xld/"' in html
    assert 'href="/bao-cao/su-dung/"' in html


def found(officer: Officer, text: str) -> list[str]:
    return re.findall(r'data-value="(.*?)"', page(officer, "/bao-cao/co-quan/", q=text))


def test_agencies_are_found_by_name_without_marks_and_by_code_only_where_overseen(
    country: Country, officer: Officer
) -> None:
    assert found(officer, "an luong") == ["AAA-1"]
    assert found(officer, "aaa-s") == ["AAA-SXD"]
    assert found(officer, "cam son") == []
    assert found(make_officer(country.root, Role.NATIONAL_ANALYST), "cam son") == ["BBB-1"]
    assert found(officer, "a") == []
    assert found(officer, "'\"; --") == []


# ---- Excel


def sheet_of(answer: HttpResponse) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_excel_is_the_form_itself_with_numbers_as_numbers__R46(country: Country, officer: Officer) -> None:
    write(hand_made(country))
    answer = client_of(officer).get(f"{TABLE}excel/", PERIOD)
    assert answer["Content-Disposition"] == 'attachment; filename="bieu-02-XLD-AAA-20251215-20260314.xlsx"'
    sheet = sheet_of(answer)
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["Tổng số"][1:26] == list(BY_HAND.values())
    assert rows["Ủy ban nhân dân xã An Lương"][1] == 6
    assert rows["MS"][6] == "6= 7+8= 9+10+11"
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN", "02/XLD", "ỦY BAN NHÂN DÂN TỈNH A", "CHỦ TỊCH"} <= texts
    assert "Số liệu tính từ ngày 15/12/2025 đến ngày 14/03/2026" in texts


def test_excel_has_the_merged_header_tree(country: Country, officer: Officer) -> None:
    sheet = sheet_of(client_of(officer).get(f"{TABLE}excel/", PERIOD))
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Đơn vị")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 3}", f"B{top}:B{top + 3}", f"G{top}:W{top}", f"X{top}:Z{top + 1}"} <= merged
    assert sheet.page_setup.orientation == "landscape"
    assert len(COLUMNS) == len(form("02/XLD").columns)


# ---- Periods (TT 06/2025 Đ7.1)


def test_presets_are_those_of_the_circular() -> None:
    days = {c.label: (c.start, c.end) for c in choices(date(2026, 1, 1), date(2026, 1, 2), 2026)}
    assert days["Quý I"] == (date(2025, 12, 15), date(2026, 3, 14))
    assert days["9 tháng đầu"] == (date(2025, 12, 15), date(2026, 9, 14))
    assert days["Năm 2026"] == (date(2025, 12, 15), date(2026, 12, 14))
    assert days["Quốc hội"] == (date(2025, 8, 1), date(2026, 7, 31))


def test_a_preset_is_recognised_by_its_days() -> None:
    assert name_of(date(2025, 12, 15), date(2026, 3, 14)) == "Quý I năm 2026"
    assert name_of(date(2026, 1, 1), date(2026, 3, 14)) == ""


def test_the_statutory_year_begins_in_december() -> None:
    assert [year_of(day).name for day in (date(2025, 12, 14), date(2025, 12, 15)) if year_of(day)] == [  # type: ignore[union-attr]
        "Năm 2025",
        "Năm 2026",
    ]
    assert year_of(date(1990, 1, 1)) is None


def test_years_beside_keep_the_preset(officer: Officer) -> None:
    html = page(officer, **PERIOD)
    assert "tu=2024-12-15&amp;den=2025-03-14" in html
    assert "tu=2026-12-15&amp;den=2027-03-14" in html


def test_a_first_petition_is_in_the_running_table_at_once(country: Country, officer: Officer) -> None:
    make_petition(country.commune, received_on=date(2026, 1, 5))
    assert total_row(page(officer, **PERIOD))[0][0] == "1"
