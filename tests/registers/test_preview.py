"""What a person sees before anything comes in: counts, faults, what does not add up."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from kntc.petitions.models import Petition
from kntc.registers.models import RowFault
from tests.factories import Country, make_officer
from tests.registers.books import HEADER, book_of, fill, many_sheets, plain_register, row, saved
from tests.registers.bringing import bring_in, counts, examined


def test_counts_of_what_would_come_in(country: Country) -> None:
    content = plain_register(
        row(1),
        row(2, "03/04/2019", "Tố cáo"),
        row(3, "31/02/2018"),
        row(4, kind="KNPA"),
        row(5, source="Lạ lùng"),
    )
    preview = examined(country.commune, content).preview
    assert (preview["rows"], preview["created"], preview["unchanged"], preview["rejected"]) == (5, 4, 0, 1)
    assert preview["kinds"] == {"complaint": 2, "denunciation": 1, "reflection": 1}
    assert sorted(map(list, preview["years"])) == [[2018, 3], [2019, 1]]
    assert not Petition.objects.exists(), "a look writes no petition"


def test_each_fault_names_its_cell_and_what_to_write_instead(country: Country) -> None:
    batch = examined(
        country.commune, plain_register(row(1), row(2, "31/02/2018"), row(3, kind="Khiếu lại lại"))
    )
    day, kind = RowFault.objects.filter(batch=batch, level="error").order_by("row")
    assert (day.sheet, day.row, day.column, day.value) == ("Sổ", 3, "Ngày nhận đơn", "31/02/2018")
    assert day.proposal == "28/02/2018"
    assert (kind.row, kind.column, kind.value) == (4, "Loại đơn", "Khiếu lại lại")


@pytest.mark.parametrize(("written", "told"), [(3, False), (4, True), (2, True)])
def test_a_total_that_disagrees_is_told(country: Country, written: int, told: bool) -> None:
    content = plain_register(row(1), row(2), row(3), ["Tổng cộng", "", "", written])
    notices = examined(country.commune, content).preview["notices"]
    assert bool(notices) is told
    if told:
        assert f"dòng tổng ghi {written} đơn nhưng đọc được 3 dòng đơn" in notices[0]


def test_a_total_of_rejected_rows_too_agrees(country: Country) -> None:
    content = plain_register(row(1), row(2, "31/02/2018"), ["Tổng cộng: 2 đơn"])
    assert examined(country.commune, content).preview["notices"] == []


def test_sheets_that_are_not_taken_are_told(country: Country) -> None:
    batch = examined(country.commune, many_sheets())
    assert batch.preview["rows"] == 12
    assert any("“nháp” (ẩn)" in notice for notice in batch.preview["notices"])


def test_a_register_of_somebody_else_is_noticed(country: Country) -> None:
    content = book_of(["UBND XÃ BÌNH HÒA"], ["SỔ THEO DÕI ĐƠN NĂM 2018"], HEADER, row(1))
    preview = examined(country.commune, content, make_officer(country.commune)).preview
    assert any(
        "ghi tên Ủy ban nhân dân xã Bình Hòa nhưng đang nhập cho" in notice for notice in preview["notices"]
    )
    assert not examined(country.sister, content).preview["notices"]
    superior = book_of(["ỦY BAN NHÂN DÂN TỈNH A"], ["SỔ THEO DÕI ĐƠN NĂM 2018"], HEADER, row(1))
    assert not examined(country.commune, superior, make_officer(country.commune)).preview["notices"]


def test_a_register_of_an_agency_below_is_offered_to_it(country: Country) -> None:
    content = book_of(["UBND XÃ BÌNH HÒA"], ["SỔ THEO DÕI ĐƠN NĂM 2018"], HEADER, row(1))
    preview = examined(country.province, content, make_officer(country.province)).preview
    assert list(preview["named"]) == ["AAA-2", country.sister.name]
    assert preview["notices"] == []


def test_days_outside_the_period_of_the_title_are_doubted_and_come_in(country: Country) -> None:
    content = book_of(["SỔ THEO DÕI ĐƠN QUÝ I NĂM 2018"], HEADER, row(1, "05/02/2018"), row(2, "05/02/2019"))
    batch = examined(country.commune, content)
    (fault,) = RowFault.objects.filter(batch=batch, target="received_on")
    assert (fault.row, fault.level) == (4, "warning")
    assert "ngoài kỳ của sổ" in fault.message
    assert batch.preview["created"] == 2


def test_a_denouncers_cells_are_in_no_fault_and_no_preview(country: Country) -> None:
    content = plain_register(
        row(1, kind="Tố cáo", name="Trần Văn Kín", address="xóm Khuất", id_number="12345")
    )
    batch = examined(country.commune, content)
    assert RowFault.objects.filter(batch=batch, target="id_number").exists()
    told = " ".join(f"{f.value} {f.message} {f.proposal}" for f in batch.faults.all()) + str(batch.preview)
    for secret in ("Kín", "Khuất", "12345"):
        assert secret not in told


def test_formulas_come_in_as_the_values_that_excel_has_kept(country: Country) -> None:
    """A workbook saved by Excel keeps the result beside the formula; the register means the result."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    fill(sheet, [HEADER, row(1, content="KETQUA"), row(2, content="Đề nghị mở đường vào xóm")])
    content = saved(book)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                start = text.index(b'<c r="H2"')
                end = text.index(b"</c>", start) + 4
                formula = '<c r="H2" t="str"><f>"Đòi "&amp;"đất"</f><v>Đòi đất</v></c>'.encode()
                text = text[:start] + formula + text[end:]
            new.writestr(part, text)
    assert counts(bring_in(country.commune, out.getvalue())) == (2, 0, 0)
    assert Petition.objects.filter(text__content="Đòi đất").count() == 1


def test_html_and_control_characters_come_in_as_text(country: Country) -> None:
    content = "<script>alert(1)</script>Đòi đất\u200b ở xóm"
    assert counts(
        bring_in(country.commune, plain_register(row(1, content=content, name="<b>Lê</b> An")))
    ) == (1, 0, 0)
    assert Petition.objects.get().text.content == "<script>alert(1)</script>Đòi đất ở xóm"
