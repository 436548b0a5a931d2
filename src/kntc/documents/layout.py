"""The measures of an official paper (NĐ 30/2020/NĐ-CP, Phụ lục I) and the Word styles that carry them."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
# mm; margins: top and bottom 20–25, left 30–35, right 15–20.
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}
TEXT_WIDTH = PAGE_WIDTH - MARGINS["left"] - MARGINS["right"]
# Quốc hiệu in 13 pt bold is 95.7 mm wide: its column is fixed at 100, or the line would wrap.
HEAD_WIDTHS = (60, 100)
FOOT_WIDTHS = (80, 80)
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# By name (the agency sees them in Word): size and spaces in points, indents in mm.
STYLES: dict[str, dict[str, Any]] = {
    "Quốc hiệu": {"size": 13, "align": CENTER, "bold": True},
    "Tiêu ngữ": {"size": 14, "align": CENTER, "bold": True},
    "Cơ quan chủ quản": {"size": 13, "align": CENTER},
    "Cơ quan ban hành": {"size": 13, "align": CENTER, "bold": True},
    "Đường kẻ": {"size": 2, "align": CENTER, "after": 4},
    "Số ký hiệu": {"size": 13, "align": CENTER, "before": 4},
    "Trích yếu công văn": {"size": 12, "align": CENTER, "before": 2},
    "Địa danh thời gian": {"size": 14, "align": CENTER, "italic": True, "before": 4},
    "Tên loại": {"size": 14, "align": CENTER, "bold": True, "before": 18, "next": True},
    "Trích yếu": {"size": 14, "align": CENTER, "bold": True, "next": True},
    "Kính gửi": {"size": 14, "align": CENTER, "before": 12, "after": 6},
    "Kính gửi danh sách": {"size": 14, "align": LEFT, "left": 60},
    "Khoảng cách": {"size": 8, "align": LEFT},
    "Căn cứ": {"size": 14, "align": JUSTIFY, "italic": True, "first": 12.7, "after": 6, "line": 1.15},
    "Phần": {
        "size": 14,
        "align": JUSTIFY,
        "bold": True,
        "first": 12.7,
        "before": 6,
        "after": 6,
        "next": True,
    },
    "Mục": {"size": 14, "align": JUSTIFY, "bold": True, "first": 12.7, "after": 6, "next": True},
    "Nội dung": {"size": 14, "align": JUSTIFY, "first": 12.7, "after": 6, "line": 1.15},
    "Ghi chú": {"size": 13, "align": JUSTIFY, "italic": True, "first": 12.7, "after": 6},
    "Tên bảng": {"size": 13, "align": CENTER, "bold": True, "before": 6, "after": 6, "next": True},
    "Đầu bảng": {"size": 12, "align": CENTER, "bold": True},
    "Ô bảng": {"size": 12, "align": LEFT},
    "Quyền hạn chức vụ": {"size": 14, "align": CENTER, "bold": True, "next": True},
    "Họ tên": {"size": 14, "align": CENTER, "bold": True},
    "Nơi nhận": {"size": 12, "align": LEFT, "bold": True, "italic": True, "next": True},
    "Nơi nhận danh sách": {"size": 11, "align": LEFT},
}
RULE = "Đường kẻ"
NUMBERED_PAGE = 14  # points


def add_styles(document: Any) -> None:
    for name, look in STYLES.items():
        _add_style(document.styles, name, **look)
    normal = document.styles["Normal"]
    set_font(normal, 14)
    normal.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)


def set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    for side, mm in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(mm))
    section.header_distance = section.footer_distance = Mm(10)
    # The page's number: in the top margin, centred, upright, not on the first page.
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    run = paragraph.add_run()
    run.font.name, run.font.size = FONT, Pt(NUMBERED_PAGE)
    _add_field(run, "PAGE")


def set_font(style: Any, size: float, bold: bool = False, italic: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def make_modern(settings: Any) -> None:
    """Without this mark Word opens the file in its compatibility mode."""
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    mark = OxmlElement("w:compatSetting")
    mark.set(qn("w:name"), "compatibilityMode")
    mark.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mark.set(qn("w:val"), "15")
    compat = OxmlElement("w:compat")
    compat.append(mark)
    # The schema wants w:compat before w:rsids and all that follows it.
    after = next((e for e in settings if e.tag in (qn("w:rsids"), qn("w:themeFontLang"))), None)
    if after is None:
        settings.append(compat)
    else:
        after.addprevious(compat)


def set_widths(table: Any, widths: tuple[float, ...]) -> None:
    """Fixed widths in mm, in the grid and in each cell: Word obeys one, LibreOffice the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def no_cell_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)


def mark_row(row: Any, mark: str) -> None:
    """w:cantSplit: the row stays on one page; w:tblHeader: it is repeated on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def draw_rule(paragraph: Any, before_mm: float, after_mm: float) -> None:
    """A line under the paragraph above: the bottom border between two indents."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent = Mm(before_mm), Mm(after_mm)
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _add_style(styles: Any, name: str, **look: Any) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    set_font(style, look["size"], look.get("bold", False), look.get("italic", False))
    shape = style.paragraph_format
    shape.alignment = look["align"]
    shape.space_before, shape.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    shape.line_spacing = float(look.get("line", 1))
    shape.first_line_indent, shape.left_indent = Mm(look.get("first", 0)), Mm(look.get("left", 0))
    shape.keep_with_next = look.get("next", False)
    shape.widow_control = True


def _add_field(run: Any, code: str) -> None:
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)
