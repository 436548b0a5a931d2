"""The usage report in words and as a paper: complete as it comes, every figure in it, official in layout."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kntc.agencies.models import Agency, BodyKind, Level, Place
from kntc.documents.paper import Table, Text
from kntc.documents.pdf import to_pdf
from kntc.documents.word import render_word
from kntc.reports.usage import words
from kntc.reports.usage.figures import Basis, Group, Kinds, Lag, Unit, Usage
from tests.documents.papers import all_text, lines_of

PROVINCE = Agency(
    code="BDI",
    name="Ủy ban nhân dân tỉnh Bình Định",
    short_name="UBND tỉnh Bình Định",
    kind=BodyKind.COMMITTEE,
    level=Level.PROVINCE,
    valid_to=date(2025, 6, 30),
    place=Place(id="P52", name="Tỉnh Bình Định"),
    parent=Agency(code="TTCP", name="Thanh tra Chính phủ"),
)


def unit(name: str, kinds: Kinds = Kinds(), accounts: int = 0) -> Unit:  # noqa: B008  frozen
    return Unit(Agency(code=name, name=name, short_name=name), kinds, accounts)


def usage(**changes: object) -> Usage:
    """The figures of the founding report."""
    districts = [unit(f"Huyện {n}", Kinds(complaint=10)) for n in range(11)]
    departments = [unit(f"Sở {n}", Kinds(complaint=10)) for n in range(25)]
    values: dict[str, object] = {
        "agency": PROVINCE,
        "start": date(2018, 1, 1),
        "end": date(2019, 4, 15),
        "basis": Basis.RECEIVED,
        "kinds": Kinds(complaint=280, denunciation=42, both=317),
        "backfilled": 639,
        "groups": [Group("huyện, thị xã, thành phố", districts), Group("sở, ban, ngành", departments)],
        "own": Kinds(),
        "accounts": {"Công chức tiếp công dân, xử lý đơn": 130, "Quản trị đơn vị": 36},
        "never_signed_in": 4,
        "corrected": 12,
        "voided": 3,
        "restored": 1,
        "lag": Lag(0),
    }
    return Usage(**(values | changes))  # type: ignore[arg-type]


def test_coverage_reads_as_in_the_founding_report__R21() -> None:
    assert words.coverage_sentence(usage().groups) == (
        "Trong kỳ, 11/11 huyện, thị xã, thành phố và 25/25 sở, ban, ngành có sử dụng "
        "Hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo."
    )


def test_who_does_not_use_the_system_is_named__R21() -> None:
    group = Group("sở, ban, ngành", [unit("Sở Y tế"), unit("Sở Nội vụ", accounts=1), unit("Sở Tài chính")])
    assert words.coverage_sentence([group]).startswith("Trong kỳ, 1/3 sở, ban, ngành có sử dụng")
    assert words.missing_sentences([group]) == ["Chưa sử dụng (2 sở, ban, ngành): Sở Y tế; Sở Tài chính."]


def test_petitions_by_kind_state_their_period_and_date_basis__R19() -> None:
    assert words.kinds_sentence(usage()) == (
        "Tổng số đơn trên Hệ thống, tính theo ngày nhận đơn từ ngày 01/01/2018 đến ngày 15/04/2019: 639 đơn, "
        "trong đó 280 khiếu nại; 42 tố cáo; 317 kiến nghị, phản ánh."
    )
    assert "tính theo ngày nhập vào hệ thống" in words.kinds_sentence(usage(basis=Basis.ENTERED))
    apart = words.kinds_sentence(usage(kinds=Kinds(complaint=1200, proposal=4, feedback=3, both=2)))
    assert "1.209 đơn" in apart
    assert apart.endswith("9 kiến nghị, phản ánh (4 kiến nghị; 3 phản ánh; 2 chưa tách).")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Nhập bổ sung từ sổ theo dõi đã có: 639 đơn (100%)"),
        ({"backfilled": 213}, "213 đơn (33,3%); nhập ngay khi tiếp nhận: 426 đơn"),
        ({"kinds": Kinds(), "backfilled": 0}, "0 đơn (0%)"),
        ({}, "không tính thời gian từ khi nhận đến khi nhập"),
        ({"lag": Lag(40, 0, 3)}, "một nửa được nhập ngay trong ngày nhận đơn, 90% được nhập trong 3 ngày"),
        ({}, "166 (130 công chức tiếp công dân, xử lý đơn; 36 quản trị đơn vị); chưa đăng nhập lần nào: 4"),
        ({"accounts": {}}, "không có tài khoản nào đang sử dụng"),
        ({}, "tự sửa thông tin đơn 12 lần, hủy 3 đơn nhập sai, khôi phục 1 đơn đã hủy"),
        ({"faults": [("Ngày nhận đơn", 1200), ("Loại đơn", 3)]}, "ngày nhận đơn (1.200 ô); loại đơn (3 ô)."),
        ({"groups": []}, "không có đơn vị trực thuộc"),
    ],
)
def test_each_figure_has_its_sentence(changes: dict[str, object], expected: str) -> None:
    assert expected in " ".join(words.figure_sentences(usage(**changes)))


def test_the_report_says_how_it_counts() -> None:
    (note,) = words.method_notes(usage(end=date(2026, 1, 31)))
    assert "ít nhất một đơn (tính theo ngày nhận đơn) hoặc có tài khoản đang sử dụng" in note
    assert "tổ chức bộ máy ngày 30/06/2025" in note  # the last day of an agency that closed


def test_the_paper_has_the_outline_of_the_founding_report_and_needs_no_repair__R22() -> None:
    paper = words.build_paper(
        usage(), words.default_texts(usage()), words.default_head(PROVINCE, date(2019, 4, 26))
    )
    headings = [
        block.text for block in paper.blocks if isinstance(block, Text) and block.style in ("part", "section")
    ]
    assert headings == [
        "I. KẾT QUẢ TRIỂN KHAI SỬ DỤNG HỆ THỐNG",
        "1. Công tác chỉ đạo, điều hành",
        "2. Tình hình triển khai sử dụng Hệ thống",
        "II. NHẬN XÉT, ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "2. Tồn tại, hạn chế",
        "III. ĐỀ XUẤT, KIẾN NGHỊ",
    ]
    texts = [block.text for block in paper.blocks if isinstance(block, Text)]
    assert not [text for text in texts if text.startswith("(") or "…" in text or "[" in text]
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert len(table.rows) == 37
    assert list(table.rows[-1]) == ["", "Tổng số", "280", "42", "317", "639", "166"]


def test_figures_of_the_agency_itself_stand_in_the_table_apart() -> None:
    table = words.unit_table(usage(own=Kinds(complaint=5)))
    assert list(table.rows[-2])[:3] == ["", "UBND tỉnh Bình Định (trực tiếp)", "5"]


def test_what_the_agency_writes_replaces_what_was_filled_in() -> None:
    texts = words.default_texts(usage()) | {"proposals": "Một là.\n- Hai là;\n", "direction": ""}
    paper = words.build_paper(usage(), texts, words.default_head(PROVINCE, date(2019, 4, 26)))
    assert Text("Một là.") in paper.blocks
    assert Text("- Hai là;", "item") in paper.blocks


def test_weak_points_are_said_only_where_the_figures_show_them() -> None:
    assert "chưa sử dụng" not in words.default_texts(usage())["limits"]
    assert "nhập bổ sung sau khi đã tiếp nhận" in words.default_texts(usage())["limits"]
    clean = words.default_texts(usage(backfilled=0, never_signed_in=0))["limits"]
    assert "không cho thấy tồn tại" in clean
    missing = usage(groups=[Group("sở, ban, ngành", [unit("Sở Y tế")])])
    assert "Còn 1 sở, ban, ngành chưa sử dụng" in words.default_texts(missing)["limits"]


def test_the_surroundings_follow_the_kind_of_agency() -> None:
    head = words.default_head(PROVINCE, date(2019, 4, 26))
    assert (head.issuer, head.superior, head.symbol, head.place) == (
        PROVINCE.name,
        "",
        "BC-UBND",
        "Bình Định",
    )
    assert head.recipients == ("Thanh tra Chính phủ",)
    assert list(head.signer_lines) == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    department = Agency(
        code="BDI-SXD",
        name="Sở Xây dựng tỉnh Bình Định",
        short_name="Sở Xây dựng",
        kind=BodyKind.DEPARTMENT,
        level=Level.DEPARTMENT,
        parent=PROVINCE,
    )
    head = words.default_head(department, date(2019, 4, 26))
    assert (head.superior, head.symbol, head.place) == (PROVINCE.name, "BC-SXD", "Hà Nội")
    assert list(head.signer_lines) == ["THỦ TRƯỞNG"]


def test_word_and_pdf_carry_the_figures_and_the_official_head__R22(tmp_path: Path) -> None:
    texts = words.default_texts(usage())
    data = render_word(words.build_paper(usage(), texts, words.default_head(PROVINCE, date(2019, 4, 26))))
    read = all_text(docx.Document(BytesIO(data)))
    for expected in (
        "11/11 huyện, thị xã, thành phố",
        "25/25 sở, ban, ngành",
        "280 khiếu nại",
        "42 tố cáo",
        "317 kiến",
    ):
        assert expected in read
    (tmp_path / "r.pdf").write_bytes(to_pdf(data))
    lines = lines_of(tmp_path / "r.pdf")
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines)
    assert any(line.split()[-1:] == ["166"] and "639" in line for line in lines)
