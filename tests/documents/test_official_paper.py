"""The official paper as a Word file, read back: NĐ 30/2020/NĐ-CP, Phụ lục I."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from kntc.documents import build_templates
from kntc.documents.paper import (
    OfficialPaper,
    Signer,
    Text,
    paragraphs,
    signature_lines,
    with_end_mark,
)
from kntc.documents.word import TemplateProblem, render_word
from tests.documents.papers import TABLE, all_text, opened, paper

HOSTILE = [
    "<w:p>&amp;</w:p> \"'",
    "{{ 7*7 }} {% for x in y %} {# z #}",
    "{_{ 1 }_} {_% x %_}",
    "=1+1",
    "]]> <!-- --> <?xml?>",
]


def styled(document: Any, name: str) -> list[str]:
    places = [document, *(cell for table in document.tables for row in table.rows for cell in row.cells)]
    return [p.text for place in places for p in place.paragraphs if p.style.name == name]


@pytest.fixture(scope="module")
def report() -> Any:
    return opened(render_word(paper()))


def test_the_page_has_the_margins_of_the_decree__R46(report: Any) -> None:
    section = report.sections[0]
    sides = {
        side: round(getattr(section, f"{side}_margin").mm) for side in ("top", "bottom", "left", "right")
    }
    assert 20 <= sides["top"] <= 25
    assert 20 <= sides["bottom"] <= 25
    assert 30 <= sides["left"] <= 35
    assert 15 <= sides["right"] <= 20
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_every_part_of_the_head_stands_in_its_place(report: Any) -> None:
    head = report.tables[0]
    assert head.cell(0, 0).text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH ĐỊNH"]
    assert head.cell(0, 1).text.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert head.cell(1, 0).text == "Số: 05/BC-UBND"
    assert head.cell(1, 1).text == "Bình Định, ngày 05 tháng 02 năm 2026"
    assert styled(report, "Tên loại") == ["BÁO CÁO"]
    assert " ".join(styled(report, "Trích yếu")).startswith("Việc sử dụng Hệ thống")
    assert styled(report, "Kính gửi") == ["Kính gửi: Thanh tra Chính phủ"]


def test_sizes_and_weights_are_within_the_ranges_of_the_decree(report: Any) -> None:
    for name, smallest, largest, bold, italic in (
        ("Quốc hiệu", 12, 13, True, False),
        ("Tiêu ngữ", 13, 14, True, False),
        ("Cơ quan chủ quản", 12, 13, False, False),
        ("Cơ quan ban hành", 12, 13, True, False),
        ("Số ký hiệu", 13, 13, False, False),
        ("Địa danh thời gian", 13, 14, False, True),
        ("Tên loại", 13, 14, True, False),
        ("Trích yếu công văn", 12, 13, False, False),
        ("Căn cứ", 13, 14, False, True),
        ("Nội dung", 13, 14, False, False),
        ("Quyền hạn chức vụ", 13, 14, True, False),
        ("Nơi nhận", 12, 12, True, True),
        ("Nơi nhận danh sách", 11, 11, False, False),
    ):
        style = report.styles[name]
        assert smallest <= style.font.size.pt <= largest, name
        assert (style.font.bold, style.font.italic) == (bold, italic), name
        assert style.font.name == "Times New Roman", name


def test_the_text_is_justified_with_its_first_line_set_in(report: Any) -> None:
    shape = report.styles["Nội dung"].paragraph_format
    assert shape.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert 10 <= shape.first_line_indent.mm <= 12.8
    assert shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


def test_the_number_of_the_page_is_in_the_top_margin_but_not_on_the_first_page(report: Any) -> None:
    section = report.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header._element.xml.count("PAGE") == 0
    assert section.header.paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER


def rule_lengths(document: Any) -> dict[str, float]:
    """Length in mm of the line under each heading, by the style of that heading."""
    lengths = {}
    places = [(document.paragraphs, 160)]
    places += [
        (document.tables[0].cell(0, column).paragraphs, width) for column, width in ((0, 60), (1, 100))
    ]
    for lines, width in places:
        for above, below in pairwise(lines):
            if below._p.find(qn("w:pPr")).find(qn("w:pBdr")) is not None:
                shape = below.paragraph_format
                lengths[above.style.name] = width - shape.left_indent.mm - shape.right_indent.mm
    return lengths


def test_the_lines_are_as_long_as_the_decree_says(report: Any) -> None:
    lengths = rule_lengths(report)
    assert lengths["Tiêu ngữ"] == pytest.approx(60.5, abs=1.5)  # as long as its text, seen in the PDF
    # "TỈNH BÌNH ĐỊNH" in bold 13 pt is 39 mm: one third to one half of it.
    assert 39 / 3 <= lengths["Cơ quan ban hành"] <= 39 / 2
    assert set(lengths) == {"Tiêu ngữ", "Cơ quan ban hành", "Trích yếu"}


def test_a_short_name_gets_a_short_line() -> None:
    short = rule_lengths(opened(render_word(paper(superior="UBND tỉnh Gia Lai", issuer="Sở Y tế"))))
    assert 6 < short["Cơ quan ban hành"] < 11


def test_the_end_of_the_text_is_marked_and_the_copies_are_listed(report: Any) -> None:
    assert all_text(report).count("./.") == 1
    assert "kính gửi Thanh tra Chính phủ./." in all_text(report)
    assert styled(report, "Nơi nhận danh sách") == [
        "- Thanh tra Chính phủ (b/c);",
        "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
        "- Lưu: VT, NC.",
    ]


def test_signatures_of_every_authority() -> None:
    assert signature_lines("", title="Giám đốc") == ["GIÁM ĐỐC"]
    assert signature_lines("Q", title="Giám đốc") == ["Q. GIÁM ĐỐC"]
    assert signature_lines("TM", body="Ủy ban nhân dân", title="Chủ tịch") == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]
    assert signature_lines("TM", body="Ủy ban nhân dân", head="Chủ tịch", title="Phó Chủ tịch") == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]
    assert signature_lines("KT", head="Chánh Thanh tra", title="Phó Chánh Thanh tra") == [
        "KT. CHÁNH THANH TRA",
        "PHÓ CHÁNH THANH TRA",
    ]
    assert signature_lines("TL", head="Chủ tịch", title="Chánh Văn phòng")[0] == "TL. CHỦ TỊCH"
    assert signature_lines("TUQ", head="Chủ tịch", title="Chánh Thanh tra")[0] == "TUQ. CHỦ TỊCH"


def test_a_letter_has_its_subject_under_the_number_and_lists_its_recipients() -> None:
    letter = opened(
        render_word(
            paper(
                kind_title="", subject="cung cấp hồ sơ", recipients=("Sở Y tế", "Sở Nội vụ"), symbol="UBND-NC"
            )
        )
    )
    assert letter.tables[0].cell(1, 0).text == "Số: 05/UBND-NC\nV/v cung cấp hồ sơ"
    assert styled(letter, "Kính gửi") == ["Kính gửi:"]
    assert styled(letter, "Kính gửi danh sách") == ["- Sở Y tế;", "- Sở Nội vụ."]
    assert styled(letter, "Tên loại") == []


def test_what_is_not_known_yet_leaves_room_to_write() -> None:
    bare = OfficialPaper(issuer="Sở Y tế", blocks=[Text("Một câu.")], symbol="BC-SYT")
    assert bare.reference == "Số: " + "\u00a0" * 8 + "/BC-SYT"
    assert bare.place_and_day.startswith("ngày \u00a0")
    assert "Một câu./." in all_text(opened(render_word(bare)))


def test_numbers_below_ten_have_a_zero_and_others_stay() -> None:
    assert paper(number="5").reference == "Số: 05/BC-UBND"
    assert paper(number="231").reference == "Số: 231/BC-UBND"
    assert paper(number="", symbol="").reference.strip() == "Số:"
    assert paper(day=date(2019, 4, 26)).place_and_day == "Bình Định, ngày 26 tháng 4 năm 2019"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_appears_as_it_was_typed(text: str) -> None:
    hostile = paper(
        superior="",
        issuer=text,
        subject=text,
        recipients=(text, text),
        blocks=(Text(text, "part"), replace(TABLE, rows=((text, text, text),), caption=text), Text(text)),
        signer=Signer([text], text),
        copies=(text,),
        place=text,
        symbol=text,
    )
    read = all_text(opened(render_word(hostile)))
    assert read.count(" ".join(text.split())) >= 9
    assert "49" not in read


def test_control_characters_are_left_out_and_long_names_are_kept() -> None:
    long_name = "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và dân dụng " * 12
    document = opened(render_word(paper(issuer=long_name, blocks=[Text("A\x00B\x0c\x07C\ud800.")])))
    assert "ABC./." in all_text(document)
    assert " ".join(styled(document, "Cơ quan ban hành")) == long_name.strip().upper()


def test_tables_of_the_text_have_fixed_widths_right_numbers_and_a_bold_total(report: Any) -> None:
    table = report.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Đơn vị", "Số đơn"]
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Tổng số", "322"]
    assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(160, abs=0.5)
    assert table.cell(1, 2).paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    assert table.rows[-1].cells[2].paragraphs[0].runs[0].bold
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_several_tables_of_different_shape_stay_apart() -> None:
    wide = replace(
        TABLE, titles=("A", "B", "C", "D", "E"), rows=[tuple("12345")] * 3, widths=(), numbers=frozenset()
    )
    narrow = replace(TABLE, titles=("A",), rows=[("x",)], widths=(), numbers=frozenset())
    document = opened(render_word(paper(blocks=[wide, Text("giữa"), narrow, Text("cuối")])))
    assert [len(table.columns) for table in document.tables[1:-1]] == [5, 1]
    assert [len(table.rows) for table in document.tables[1:-1]] == [4, 2]


def test_what_a_person_wrote_in_one_box_becomes_paragraphs_and_items() -> None:
    assert paragraphs("Một.\n\n- Hai;\r\n– Ba.\n  ") == [
        Text("Một."),
        Text("- Hai;", "item"),
        Text("- Ba.", "item"),
    ]


def test_the_end_mark_is_set_once_on_the_last_paragraph_of_the_text() -> None:
    assert with_end_mark([Text("A."), Text("B./."), TABLE])[1] == Text("B./.")
    assert with_end_mark([Text("A; "), Text("Phần", "part")])[0] == Text("A./.")
    assert with_end_mark([]) == []


ORDER = [
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
]


def test_word_finds_every_property_where_its_schema_wants_it() -> None:
    """Word offers to repair a file whose properties are out of order; LibreOffice is silent about it."""
    for document in (opened(render_word(paper())), opened(render_word(paper(kind_title="")))):
        roots = [document.element, document.styles.element, document.sections[0].header._element]
        for tag, order in zip(("w:pPr", "w:tblPr", "w:rPr"), ORDER, strict=True):
            names = order.split()
            for element in (e for root in roots for e in root.iter(qn(tag))):
                found = [names.index(child.tag.split("}")[1]) for child in element]
                assert found == sorted(found), element.xml
        settings = [child.tag.split("}")[1] for child in document.settings.element]
        assert (
            settings.index("compat") < settings.index("rsids")
            if "rsids" in settings
            else "compat" in settings
        )


def test_the_templates_in_the_source_are_those_the_script_builds(tmp_path: Path) -> None:
    build_templates.build(tmp_path)
    for name in (build_templates.NAMED, build_templates.LETTER):
        with ZipFile(tmp_path / name) as built, ZipFile(build_templates.FOLDER / name) as kept:
            for part in ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml"):
                assert built.read(part) == kept.read(part), (name, part)


def template_with(tmp_path: Path, text: str) -> Path:
    document = docx.Document(str(build_templates.FOLDER / build_templates.NAMED))
    document.paragraphs[0].insert_paragraph_before(text)
    document.save(str(tmp_path / "mau-rieng.docx"))
    return tmp_path / "mau-rieng.docx"


def test_an_agency_may_change_the_template(tmp_path: Path) -> None:
    mine = template_with(tmp_path, "Mẫu riêng của {{ signer_name }}")
    assert "Mẫu riêng của Trần Văn Bình" in all_text(opened(render_word(paper(), template=mine)))


@pytest.mark.parametrize(
    "text",
    ["{{ khong_co }}", "{{ reference", "{% if x %}", "{{ ''.__class__.__mro__[1].__subclasses__() }}"],
)
def test_a_broken_or_hostile_template_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateProblem, match=r"mau-rieng\.docx.*mở mẫu bằng Word"):
        render_word(paper(), template=template_with(tmp_path, text))


def test_a_template_that_is_no_word_file_is_refused_in_words(tmp_path: Path) -> None:
    wrong = tmp_path / "anh.docx"
    wrong.write_bytes(b"\x89PNG")
    with pytest.raises(TemplateProblem, match="không phải là văn bản Word"):
        render_word(paper(), template=wrong)


def test_the_file_tells_what_it_is(report: Any) -> None:
    made = report.core_properties
    assert made.title.startswith("Báo cáo Việc sử dụng")
    assert made.author == "Ủy ban nhân dân tỉnh Bình Định"
    assert made.language == "vi-VN"
