"""Official papers as Word files: the data of a paper into an agency's or our own template."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from kntc.audit.errors import Refused
from kntc.documents import layout
from kntc.documents.build_templates import FOLDER, LETTER, NAMED
from kntc.documents.measure import balanced_lines, text_width
from kntc.documents.paper import Block, OfficialPaper, Table, with_end_mark
from kntc.documents.text import office_text, one_line

# A line under the name of a body or a subject is one third to one half as long as the text.
SHARE_OF_TEXT = 0.4


class TemplateProblem(Refused):
    """An agency's template that cannot be used; the message names the place."""

    status = 422


def render_word(paper: OfficialPaper, template: Path | None = None) -> bytes:
    """The paper as a .docx file. `template` is an agency's own file; raises TemplateProblem where it is broken."""
    path = template or FOLDER / (LETTER if paper.is_letter else NAMED)
    document = _filled(path, _context(paper))
    _draw_rules(document)
    _shape_tables(document, [block for block in paper.blocks if isinstance(block, Table)])
    _keep_signature_with_text(document)
    _describe(document, paper)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def literal(text: object) -> Markup:
    """Text that appears in Word as it is, whatever it holds: marks of XML, of Jinja, of docxtpl ("{_{")."""
    escaped = str(escape(office_text(text))).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(escaped)  # noqa: S704  escaped on the line above


def _filled(path: Path, context: dict[str, Any]) -> Any:
    # Sandboxed: a template comes from an agency, and a template is a small program.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template = DocxTemplate(str(path))
    try:
        template.render(context, environment, autoescape=True)
    except TemplateError as error:
        raise TemplateProblem(
            f"Mẫu văn bản {path.name} có chỗ không dùng được: {error.message}. "
            "Hãy mở mẫu bằng Word, sửa hoặc xóa chỗ trong ngoặc nhọn kép đó, hoặc dùng lại mẫu có sẵn."
        ) from error
    except (PackageNotFoundError, BadZipFile, KeyError) as error:
        raise TemplateProblem(
            f"Không mở được mẫu văn bản {path.name}: tệp không phải là văn bản Word (.docx) hoặc đã hỏng. "
            "Hãy tải lên lại mẫu, hoặc dùng lại mẫu có sẵn."
        ) from error
    return template.docx


def _context(paper: OfficialPaper) -> dict[str, Any]:
    head, _ = layout.HEAD_WIDTHS
    return {
        "superior": _lines(paper.superior.upper(), head, 13, bold=False),
        "issuer": _lines(paper.issuer.upper(), head, 13, bold=True),
        "reference": literal(paper.reference),
        "place_and_day": literal(paper.place_and_day),
        "kind_title": literal(one_line(paper.kind_title).upper()),
        "subject": literal(one_line(paper.subject)),
        "subject_lines": _lines(paper.subject, layout.TEXT_WIDTH, 14, bold=True),
        "recipients": [literal(one_line(line)) for line in paper.recipients],
        "blocks": [_block(block) for block in with_end_mark(paper.blocks)],
        "copies": [literal(line) for line in paper.copy_lines],
        "signer_lines": [literal(one_line(line)) for line in paper.signer.lines],
        "signer_name": literal(one_line(paper.signer.name)),
    }


def _lines(text: str, width: float, size: float, *, bold: bool) -> list[Markup]:
    return [literal(line) for line in balanced_lines(one_line(text), width - 2, size, bold=bold)]


def _block(block: Block) -> dict[str, Any]:
    if not isinstance(block, Table):
        return {"is_table": False, "style": block.style, "text": literal(block.text)}
    return {
        "is_table": True,
        "style": "table",
        "caption": literal(block.caption),
        "titles": [literal(title) for title in block.titles],
        "rows": [[literal(cell) for cell in row] for row in block.rows],
    }


def _draw_rules(document: Any) -> None:
    for paragraphs, width in _places(document):
        for above, paragraph in pairwise(paragraphs):
            if paragraph.style.name == layout.RULE:
                length = min(width, _rule_length(above))
                layout.draw_rule(paragraph, (width - length) / 2, (width - length) / 2)


def _rule_length(above: Any) -> float:
    look = layout.STYLES.get(above.style.name, {})
    width = text_width(above.text, look.get("size", 13), bold=look.get("bold", False))
    return width if above.style.name == "Tiêu ngữ" else width * SHARE_OF_TEXT


def _places(document: Any) -> Iterator[tuple[Sequence[Any], float]]:
    """Paragraphs that stand under one another, and the width in which they stand."""
    yield document.paragraphs, layout.TEXT_WIDTH
    for table in document.tables[:1]:
        for cell, width in zip(table.rows[0].cells, layout.HEAD_WIDTHS, strict=False):
            yield cell.paragraphs, width


def _shape_tables(document: Any, blocks: Sequence[Table]) -> None:
    # Between the head of the paper and its foot stand the tables of the text, in their order.
    for table, block in zip(document.tables[1:-1], blocks, strict=False):
        shares = list(block.widths) or [1.0] * len(block.titles)
        widths = tuple(layout.TEXT_WIDTH * share / sum(shares) for share in shares)
        layout.set_widths(table, widths)
        for row in table.rows[1:]:
            for index in block.numbers:
                row.cells[index].paragraphs[0].paragraph_format.alignment = layout.RIGHT
        if block.last_is_total:
            for cell in table.rows[-1].cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True


def _keep_signature_with_text(document: Any) -> None:
    """A signature does not stand alone on a page: the end of the text goes with it."""
    paragraphs = document.paragraphs
    written = [index for index, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    for paragraph in paragraphs[written[-1] :] if written else ():
        paragraph.paragraph_format.keep_with_next = True


def _describe(document: Any, paper: OfficialPaper) -> None:
    made = document.core_properties
    made.title = one_line(f"{paper.kind_title} {paper.subject}")[:255]
    made.subject = one_line(paper.subject)[:255]
    made.author = one_line(paper.author or paper.issuer)[:255]
    made.last_modified_by = made.author
    made.comments = "Lập từ hệ thống KNTC"
    made.language = "vi-VN"
