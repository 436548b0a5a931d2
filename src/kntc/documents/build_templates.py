"""Builds the Word templates in office/: `python -m kntc.documents.build_templates`.

The built files are part of the source: an agency opens one in Word, changes what it likes (fonts, spacing, fixed
words) and keeps the places in double braces.
"""

from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT

from kntc.documents import layout

FOLDER = Path(__file__).parent / "office"
NAMED, LETTER = "named-paper.docx", "letter.docx"

Lines = list[tuple[str, str]]  # style, text


def build(folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    for name, is_letter in ((NAMED, False), (LETTER, True)):
        template(is_letter).save(str(folder / name))


def template(is_letter: bool) -> Any:
    document = docx.Document()
    layout.set_page(document.sections[0])
    layout.add_styles(document)
    layout.make_modern(document.settings.element)
    made = document.core_properties
    made.title = made.subject = made.comments = made.author = made.keywords = ""
    made.language = "vi-VN"
    _head(document, is_letter)
    if not is_letter:
        _title(document)
    _recipients(document)
    _body(document)
    _foot(document)
    return document


def _each(style: str, of: str) -> Lines:
    return [(style, f"{{%p for line in {of} %}}"), (style, "{{ line }}"), (style, "{%p endfor %}")]


def _head(document: Any, is_letter: bool) -> None:
    table = _two_columns(document, 2, layout.HEAD_WIDTHS)
    issuer = _each("Cơ quan chủ quản", "superior") + _each("Cơ quan ban hành", "issuer")
    _fill(table.cell(0, 0), [*issuer, (layout.RULE, "")])
    country = [("Quốc hiệu", layout.COUNTRY), ("Tiêu ngữ", layout.MOTTO), (layout.RULE, "")]
    _fill(table.cell(0, 1), country)
    subject = [("Trích yếu công văn", "V/v {{ subject }}")] if is_letter else []
    _fill(table.cell(1, 0), [("Số ký hiệu", "{{ reference }}"), *subject])
    _fill(table.cell(1, 1), [("Địa danh thời gian", "{{ place_and_day }}")])


def _title(document: Any) -> None:
    _write(
        document, [("Tên loại", "{{ kind_title }}"), *_each("Trích yếu", "subject_lines"), (layout.RULE, "")]
    )


def _recipients(document: Any) -> None:
    one, many = "Kính gửi", "Kính gửi danh sách"
    _write(
        document,
        [
            (one, "{%p if recipients|length == 1 %}"),
            (one, "Kính gửi: {{ recipients[0] }}"),
            (one, "{%p elif recipients %}"),
            (one, "Kính gửi:"),
            (many, "{%p for line in recipients %}"),
            (many, "- {{ line }}{% if loop.last %}.{% else %};{% endif %}"),
            (many, "{%p endfor %}"),
            (one, "{%p endif %}"),
            ("Khoảng cách", ""),
        ],
    )


def _body(document: Any) -> None:
    body = "Nội dung"
    _write(document, [(body, "{%p for block in blocks %}"), (body, "{%p if block.is_table %}")])
    _write(
        document,
        [(body, "{%p if block.caption %}"), ("Tên bảng", "{{ block.caption }}"), (body, "{%p endif %}")],
    )
    _table(document)
    _write(document, [("Ghi chú", "")])
    for style, name in (
        ("part", "Phần"),
        ("section", "Mục"),
        ("basis", "Căn cứ"),
        ("note", "Ghi chú"),
    ):
        _write(document, [(body, f'{{%p elif block.style == "{style}" %}}'), (name, "{{ block.text }}")])
    _write(document, [(body, "{%p else %}"), (body, "{{ block.text }}")])
    _write(document, [(body, "{%p endif %}"), (body, "{%p endfor %}")])


def _table(document: Any) -> None:
    """Rows and columns are repeated by the template itself; widths are set when a paper is made."""
    table = document.add_table(rows=4, cols=3)
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _row(table.rows[0], "Đầu bảng", ("{%tc for title in block.titles %}", "{{ title }}", "{%tc endfor %}"))
    _row(table.rows[1], "Ô bảng", ("{%tr for row in block.rows %}", "", ""))
    _row(table.rows[2], "Ô bảng", ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"))
    _row(table.rows[3], "Ô bảng", ("{%tr endfor %}", "", ""))
    layout.mark_row(table.rows[0], "w:tblHeader")
    for cell in (*table.rows[0].cells, *table.rows[2].cells):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    layout.mark_row(table.rows[2], "w:cantSplit")


def _foot(document: Any) -> None:
    _write(document, [("Normal", "")])
    table = _two_columns(document, 1, layout.FOOT_WIDTHS)
    layout.mark_row(table.rows[0], "w:cantSplit")
    _fill(table.cell(0, 0), [("Nơi nhận", "Nơi nhận:"), *_each("Nơi nhận danh sách", "copies")])
    room = [("Quyền hạn chức vụ", "")] * 4  # for signature and seal
    _fill(
        table.cell(0, 1),
        [*_each("Quyền hạn chức vụ", "signer_lines"), *room, ("Họ tên", "{{ signer_name }}")],
    )


def _two_columns(document: Any, rows: int, widths: tuple[int, int]) -> Any:
    table = document.add_table(rows=rows, cols=2)
    layout.set_widths(table, widths)
    layout.no_cell_margins(table)
    return table


def _row(row: Any, style: str, texts: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _fill(cell, [(style, text)])


def _fill(cell: Any, lines: Lines) -> None:
    first, *rest = lines
    cell.paragraphs[0].style = first[0]
    cell.paragraphs[0].add_run(first[1])
    _write(cell, rest)


def _write(place: Any, lines: Lines) -> None:
    for style, text in lines:
        place.add_paragraph(text, style=style)


if __name__ == "__main__":
    build()
