"""An official paper as data: what NĐ 30/2020/NĐ-CP, Phụ lục I, asks of it, before any Word file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kntc.documents.text import office_text, one_line
from kntc.vietnamese import long_date

Style = Literal["part", "section", "body", "basis", "item", "note"]
Mode = Literal["", "TM", "KT", "TL", "TUQ", "Q"]
END_MARK = "./."


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. part: "I. …"; section: "1. …"; basis: căn cứ; item: "- …"; note: small and italic."""

    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text; `widths` are relative, `numbers` says which columns are set to the right."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numbers: frozenset[int] = frozenset()
    caption: str = ""
    last_is_total: bool = False


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Signer:
    """Quyền hạn, chức vụ (one line each) and the name."""

    lines: Sequence[str]
    name: str = ""


@dataclass(frozen=True)
class OfficialPaper:
    """`kind_title` empty means a letter (công văn): its subject stands under the number as "V/v …"."""

    issuer: str
    blocks: Sequence[Block]
    superior: str = ""
    number: str = ""  # empty: a space to write on
    symbol: str = ""  # "BC-UBND", "QĐ-TTr"
    place: str = ""
    day: date | None = None
    kind_title: str = ""
    subject: str = ""
    recipients: Sequence[str] = ()
    signer: Signer = field(default_factory=lambda: Signer(()))
    copies: Sequence[str] = ()  # nơi nhận, without hyphens and semicolons
    archive: str = "VT"  # what follows "Lưu: "
    author: str = ""

    @property
    def is_letter(self) -> bool:
        return not self.kind_title

    @property
    def reference(self) -> str:
        number = one_line(self.number) or "\u00a0" * 8
        # A number below 10 has a zero before it (NĐ 30/2020 Phụ lục I, mục II.3).
        number = f"0{number}" if number.isdigit() and len(number) == 1 else number
        return f"Số: {number}/{one_line(self.symbol)}" if self.symbol else f"Số: {number}"

    @property
    def place_and_day(self) -> str:
        space = "\u00a0" * 6
        day = long_date(self.day) if self.day else f"ngày {space} tháng {space} năm {space}"
        return f"{one_line(self.place)}, {day}" if self.place else day

    @property
    def copy_lines(self) -> list[str]:
        lines = [f"- {one_line(line).rstrip(';. ')};" for line in self.copies if line.strip()]
        return [*lines, f"- Lưu: {one_line(self.archive)}."]


def signature_lines(mode: Mode, *, title: str, body: str = "", head: str = "") -> list[str]:
    """The lines over a signature (NĐ 30/2020 Đ13).

    TM: for a collective `body`; with `head` also KT of its head. KT, TL, TUQ: for the `head`. Q: acting head.
    """
    first = [f"TM. {body}"] if mode == "TM" else []
    if mode == "TM" and head:
        first.append(f"KT. {head}")
    elif mode in ("KT", "TL", "TUQ"):
        first.append(f"{mode}. {head}")
    own = f"Q. {title}" if mode == "Q" else title
    return [one_line(line).upper() for line in (*first, own)]


def paragraphs(text: str, style: Style = "body") -> list[Text]:
    """Several paragraphs out of what a person wrote in one box: a line each; "- …" becomes an item."""
    lines = (one_line(line) for line in office_text(text).split("\n"))
    return [_paragraph(line, style) for line in lines if line]


def _paragraph(line: str, style: Style) -> Text:
    if style == "body" and line.startswith(("- ", "+ ", "– ")):
        return Text(line.replace("– ", "- ", 1), "item")
    return Text(line, style)


def with_end_mark(blocks: Sequence[Block]) -> list[Block]:
    """The last paragraph of the text ends with "./." """
    done = list(blocks)
    for index in range(len(done) - 1, -1, -1):
        block = done[index]
        if isinstance(block, Text) and block.style in ("body", "item"):
            text = block.text.rstrip().removesuffix(END_MARK).rstrip(" .;,")
            done[index] = Text(text + END_MARK, block.style)
            break
    return done
