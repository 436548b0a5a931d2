"""The list as an Excel file: this list and no other, true numbers and dates, and a trace of who took it."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.models import Entry
from kntc.petitions import exporting
from kntc.petitions.actions import void_petition
from kntc.petitions.choices import Kind, ReflectionKind
from tests.factories import Country, make_officer, make_petition
from tests.petitions.browsing import browser, tabs


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


def sheet_of(officer: Officer, query: str = "") -> Worksheet:
    answer = browser(officer).get(f"/don/ket-xuat/?{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="danh-sach-don-')
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """Rows under the header, by column title."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "Số đơn")
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[0]]


def text(sheet: Worksheet) -> str:
    return "\n".join(
        str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )


def test_this_list_with_its_filters_order_and_columns(clerk: Officer) -> None:
    made = [
        make_petition(clerk.agency, received_on=date(2026, 3, day), signatories=day) for day in (12, 10, 11)
    ]
    make_petition(clerk.agency, received_on=date(2026, 2, 1))
    make_petition(clerk.agency, received_on=date(2026, 3, 11), kind=Kind.DENUNCIATION)
    query = "kind=complaint&from=01/03/2026&sort=received&columns=number,received_on,signatories,petitioner"
    sheet = sheet_of(clerk, query)
    rows = table(sheet)
    assert [row["Số đơn"] for row in rows] == [made[1].number, made[2].number, made[0].number]
    assert rows[0]["Ngày nhận đơn"] == datetime(2026, 3, 10)
    assert rows[0]["Số người"] == 10
    assert rows[0]["Người viết đơn"] == "Trần Văn Bình và 9 người khác"
    assert list(rows[0]) == ["Số đơn", "Người viết đơn", "Trích yếu nội dung", "Ngày nhận đơn", "Số người"]
    said = text(sheet)
    assert "Loại đơn: Khiếu nại; Ngày nhận đơn: từ 01/03/2026" in said
    assert f"người kết xuất: {clerk.name}, Công chức" in said
    assert "Ủy ban nhân dân xã An Lương" in said


def test_the_counts_are_those_of_the_screen__R20(clerk: Officer) -> None:
    for kind, part in [(Kind.COMPLAINT, "")] * 3 + [(Kind.DENUNCIATION, "")] + [
        (Kind.REFLECTION, ReflectionKind.PROPOSAL), (Kind.REFLECTION, "")
    ]:  # fmt: skip
        make_petition(clerk.agency, kind=kind, reflection_kind=part)
    shown = tabs(browser(clerk).get("/don/").content.decode())
    assert [shown[label] for label in ("Tất cả", "Khiếu nại", "Tố cáo", "Kiến nghị, phản ánh")] == [
        "6",
        "3",
        "1",
        "2",
    ]
    sheet = sheet_of(clerk)
    assert (
        "Tổng số 6 đơn: khiếu nại 3, tố cáo 1, kiến nghị, phản ánh 2 (kiến nghị 1, phản ánh 0, chưa tách 1)"
    ) in text(sheet)
    assert len(table(sheet)) == 6


@pytest.mark.parametrize("sort", ["-received", "number", "-due", "name", "-name"])
def test_every_page_is_in_it_in_any_order(clerk: Officer, sort: str) -> None:
    made = {make_petition(clerk.agency, name=f"Lê Văn {chr(65 + at % 26)}").number for at in range(45)}
    rows = table(sheet_of(clerk, f"sort={sort}"))
    assert len(rows) == 45
    assert {row["Số đơn"] for row in rows} == made


def test_a_search_is_exported_as_it_is_shown_and_kept_out_of_the_log(clerk: Officer) -> None:
    wanted = make_petition(clerk.agency, name="Nguyễn Thị Hoa")
    make_petition(clerk.agency)
    sheet = sheet_of(clerk, "q=nguyen hoa&source=post")
    assert [row["Số đơn"] for row in table(sheet)] == [wanted.number]
    assert "Từ tìm kiếm: nguyen hoa" in text(sheet)
    entry = Entry.objects.get(action="petition.export")
    assert entry.details == {"count": 1, "filters": ["Nguồn: Dịch vụ bưu chính"], "searched": True}
    assert entry.actor == clerk.name
    assert "hoa" not in str(entry.details)


def test_a_denouncer_stays_sealed_and_a_voided_petition_stays_out(clerk: Officer) -> None:
    make_petition(clerk.agency, kind=Kind.DENUNCIATION, name="Siu Hbia", summary="Tố cáo của Siu Hbia về đất")
    gone = make_petition(clerk.agency)
    void_petition(petition=gone, reason="nhập trùng", by=clerk)
    sheet = sheet_of(clerk)
    (row,) = table(sheet)
    assert row["Người viết đơn"] == "Người tố cáo (giữ bí mật)"
    assert "Hbia" not in text(sheet)
    assert gone.number not in text(sheet)


def test_formulas_and_markup_stay_text(clerk: Officer) -> None:
    make_petition(clerk.agency, name="=HYPERLINK(1)", summary="=1+1 <b>đậm</b>")
    sheet = sheet_of(clerk)
    (row,) = table(sheet)
    assert row["Người viết đơn"] == "=HYPERLINK(1)"
    assert row["Trích yếu nội dung"] == "=1+1 <b>đậm</b>"
    assert all(cell.data_type != "f" for cells in sheet.iter_rows() for cell in cells)


def test_only_the_own_scope_and_only_with_the_right(country: Country) -> None:
    make_petition(country.far_commune)
    own = make_petition(country.commune)
    assert [row["Số đơn"] for row in table(sheet_of(make_officer(country.province)))] == [own.number]
    assert browser(make_officer(country.commune, Role.UNIT_ADMIN)).get("/don/ket-xuat/").status_code == 403


def test_what_cannot_be_read_leads_back_to_the_list_that_says_so(clerk: Officer) -> None:
    answer = browser(clerk).get("/don/ket-xuat/?from=31/02/2018&kind=complaint")
    assert answer["Location"] == "/don/?from=31%2F02%2F2018&kind=complaint"


def test_too_many_rows_are_refused_in_plain_words(clerk: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    make_petition(clerk.agency)
    make_petition(clerk.agency)
    answer = browser(clerk).get("/don/ket-xuat/")
    assert answer.status_code == 409
    assert "Hãy chọn kỳ ngắn hơn" in answer.content.decode()
    assert not Entry.objects.filter(action="petition.export").exists()


def test_the_example_of_a_file_opens_with_its_rows_typed(clerk: Officer, tmp_path: Path) -> None:
    make_petition(clerk.agency, written_on=date(2026, 3, 1))
    (row,) = table(
        sheet_of(clerk, "columns=number,written_on,entered_on,deadline,state,agency,kind,source,handling")
    )
    assert row["Ngày viết đơn"] == datetime(2026, 3, 1)
    assert row["Hạn xử lý"] == datetime(2026, 3, 20)
    assert row["Ngày xử lý"] is None
    assert row["Hướng xử lý"] == "Chưa xử lý"
    assert row["Cơ quan tiếp nhận"] == "Ủy ban nhân dân xã An Lương"
