"""A paper to try things on, and eyes to look at what came of it."""

import re
import subprocess
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from kntc.documents.paper import OfficialPaper, Signer, Table, Text, signature_lines

SENTENCE = (
    "Đoạn này chỉ để xem căn lề hai bên, thụt đầu dòng và giãn dòng của phần nội dung "
    "trong văn bản hành chính có nhiều trang. "
)
TABLE = Table(
    titles=("TT", "Đơn vị", "Số đơn"),
    rows=(("1", "Sở Y tế", "280"), ("2", "Phường Quy Nhơn", "42"), ("", "Tổng số", "322")),
    widths=(1, 6, 2),
    numbers=frozenset({2}),
    caption="Số đơn theo đơn vị",
    last_is_total=True,
)


def paper(**changes: Any) -> OfficialPaper:
    fields: dict[str, Any] = {
        "superior": "",
        "issuer": "Ủy ban nhân dân tỉnh Bình Định",
        "number": "5",
        "symbol": "BC-UBND",
        "place": "Bình Định",
        "day": date(2026, 2, 5),
        "kind_title": "Báo cáo",
        "subject": "Việc sử dụng Hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo",
        "recipients": ("Thanh tra Chính phủ",),
        "blocks": (
            Text("I. KẾT QUẢ", "part"),
            Text("1. Tình hình", "section"),
            *[Text(SENTENCE * 4)] * 12,
            TABLE,
            Text("Trên đây là báo cáo, kính gửi Thanh tra Chính phủ."),
        ),
        "signer": Signer(signature_lines("TM", body="Ủy ban nhân dân", title="Chủ tịch"), "Trần Văn Bình"),
        "copies": ("Thanh tra Chính phủ (b/c)", "Chủ tịch, các Phó Chủ tịch UBND tỉnh;"),
        "archive": "VT, NC",
    }
    return OfficialPaper(**(fields | changes))


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def all_text(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@dataclass(frozen=True)
class Word:
    """A word of a PDF; places in mm from the left and from the top of its page."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def words_of(pdf: Path) -> list[Word]:
    out = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, text=True)
    found = []
    for number, page in enumerate(out.stdout.split("<page ")[1:], start=1):
        for left, top, right, bottom, text in _WORD.findall(page):
            places = (float(place) * 25.4 / 72 for place in (left, top, right, bottom))
            found.append(Word(text, number, *places))
    return found


def lines_of(pdf: Path) -> list[str]:
    out = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True)
    return out.stdout.splitlines()
