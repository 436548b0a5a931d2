"""Cells with a form of their own: names, identity numbers, counts, papers, telephone numbers."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from unicodedata import is_normalized, normalize

from kntc.registers.reading.kinds import CellProblem
from kntc.registers.reading.titles import plain
from kntc.registers.reading.workbook import Cell
from kntc.vietnamese import DateProblem, parse_date, short_date, title_name

# Control and zero-width characters have no place in a text and PostgreSQL takes no NUL; line breaks stay.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff]")
_MOST_PEOPLE = 100_000
# Longer ones are no names, no numbers and no papers; patterns need not run over 32,000 characters of them.
_LONGEST_NAMES, _LONGEST_NUMBER, _LONGEST_PAPER = 600, 120, 400


def text_of(cell: Cell | None) -> str:
    """A cell as the person sees it: whole numbers without ".0", dates day first."""
    if isinstance(cell, str):
        text = _UNSEEN.sub("", cell) if _UNSEEN.search(cell) else cell
        return (text if is_normalized("NFC", text) else normalize("NFC", text)).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, date):
        return short_date(cell.date() if isinstance(cell, datetime) else cell)
    return str(cell)


def one_line(text: str) -> str:
    """What `text_of` gave, with runs of white space as one blank."""
    return " ".join(text.split())


def is_tick(text: str) -> bool:
    """A mark in a column of ticks: x, X, ✓, 1, a count of papers."""
    return plain(text) in {"x", "v", "co", "1", "01"} or text.strip() in {
        "✓",
        "✔",
        "☑",
        "√",
        "+",
        "*",
        "●",
        "•",
        "r",
        "ü",
    }


_ANONYMOUS_NAME = re.compile(
    r"\b(nac danh|mao danh|giau ten|khuyet danh|khong (ghi |ro |co |de )*(ho )?ten|khong ro( nguoi)?|an danh|mao ten)\b"
)
_AND_OTHERS = re.compile(
    r"(?i)\s*[,;(+]?\s*(?:và|cùng|cung|va|\+)?\s*0*(\d{1,4})\s*(?:người|nguoi|hộ dân|hộ|công dân|cong dan|ho)\b"
    r"(?:\s*(?:khác|khac|nữa))?[^,;]*$"
)
_OTHERS_WORD = re.compile(
    r"(?i)\s*(?:,|và|cùng)\s*(?:các hộ(?: dân)?|một số (?:hộ|người)|những người|nhiều người)\b.*$"
)
_COUNT_FIRST = re.compile(r"(?i)^\s*0*(\d{1,4})\s*(?:hộ dân|hộ|người dân|người|công dân)\b")
_NAME_SPLIT = re.compile(r"(?i)\s*(?:[,;\n/+&]|\s-\s|\bvà\b)\s*")
_PERSON = re.compile(r"(?:[^\W\d_][^\W\d_'’.]*\s+){1,6}[^\W\d_][^\W\d_'’.]*")
_HONORIFIC = re.compile(
    r"(?i)^(?:(?:ông|bà|anh|chị|cô|chú|bác|cụ|ô|b)\.?\s*(?:[/,(]\s*(?:ông|bà|anh|chị|cô)\s*\)?)?\s*[:.]?\s+)(?=\S)"
)


@dataclass(frozen=True)
class NamesReading:
    names: tuple[str, ...] = ()
    people: int | None = None  # how many stand behind the petition, where the cell says
    anonymous: bool = False


def read_names(text: str) -> NamesReading:
    """One or several people, without form of address: "Ông A và 12 người khác", "Nguyễn A, Trần B", "Nặc danh"."""
    words = one_line(text.replace("\n", ", "))[:_LONGEST_NAMES]
    if not words:
        return NamesReading()
    if _ANONYMOUS_NAME.search(plain(words)):
        return NamesReading(anonymous=True)
    words, others = _cut_others(words)
    first = _COUNT_FIRST.match(words)
    parts = [part for part in _NAME_SPLIT.split(words) if part]
    if len(parts) < 2 or not all(_PERSON.fullmatch(_bare_name(part)) for part in parts):
        parts = [words]
    names = tuple(_written_name(part) for part in parts)
    people = int(first[1]) if first else len(names) + others if others else None
    return NamesReading(names, people)


def _cut_others(words: str) -> tuple[str, int]:
    found = _AND_OTHERS.search(words)
    if found and found.start() > 1:
        return words[: found.start()].rstrip(" ,;(+"), int(found[1])
    return _OTHERS_WORD.sub("", words) or words, 0


def _bare_name(part: str) -> str:
    return _HONORIFIC.sub("", part).strip(" .:-")


def _written_name(part: str) -> str:
    name = _bare_name(part) or part
    shouted = name.isupper() or name.islower()
    return title_name(name) if shouted and _PERSON.fullmatch(name) else name


_ADDRESS_START = re.compile(
    r"(?i)\s*(?:[,;\n(]|\s-\s|\.\s)\s*(?=(?:địa chỉ|đ/c|đc|dc|thôn|xóm|ấp|bản|làng|khóm|khối|tổ|tdp|kp|khu|số|xã|"
    r"phường|p\.|tt|thị|huyện|h\.|quận|tp|thành phố|tỉnh|t\.|trú|thường trú|ở|ngụ|nơi ở|hẻm|đường|kv|\d))"
)
_ADDRESS_LABEL = re.compile(
    r"(?i)^\s*(?:địa chỉ|đ/c|đc|dc|trú tại|thường trú(?: tại)?|ngụ tại|ở tại|nơi ở|ở)\s*[:.]?\s*"
)


_ID_WITHIN = re.compile(
    r"(?i)[\s,;(.-]*(?:số\s*)?(?:cmnd|cccd|cmt|cmtnd|căn cước|hộ chiếu)\s*(?:số)?[\s:.]*"
    r"([A-Z]?\d[\d .]{6,14}\d)\s*\)?"
)
_PHONE_WITHIN = re.compile(
    r"(?i)[\s,;(.-]*(?:điện thoại|đt|sđt|sdt|tel)\s*(?:số)?[\s:.]*(0\d[\d .]{7,12}\d)\s*\)?"
)


def cut_numbers(text: str) -> tuple[str, str, str]:
    """The text without an identity number and a telephone number written into it, and the two."""
    id_found, phone_found = _ID_WITHIN.search(text), _PHONE_WITHIN.search(text)
    for found in (id_found, phone_found):
        text = text.replace(found[0], "", 1) if found else text
    return text, id_found[1] if id_found else "", phone_found[1] if phone_found else ""


def split_name_address(text: str) -> tuple[str, str]:
    """ "Nguyễn Văn A, thôn 3, xã X" → name and address."""
    found = _ADDRESS_START.search(text)
    if not found:
        name, _, address = text.partition("\n")
        return name.strip(), one_line(address)
    return text[: found.start()].strip(" ,;-"), _ADDRESS_LABEL.sub("", one_line(text[found.end() :])).strip(
        " )"
    )


@dataclass(frozen=True)
class IdReading:
    number: str
    doubt: str = ""


_ID_LABEL = re.compile(r"(?i)\b(?:số|cmnd|cccd|cmt|cmtnd|cc|căn cước|hộ chiếu|hc|ccd)\b[\s.:]*")
_ID_JUNK = re.compile(r"[\s.\-_'’`]")
_ID_TAIL = re.compile(r"(?i)\s*[,;(]?\s*(?:cấp|do|ngày|nơi cấp|ca\s).*$")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)


def read_id(cell: Cell) -> IdReading:
    """Nine or twelve digits, or a passport. Numbers that Excel cut zeros from get them back, with a doubt.

    Raises `CellProblem` for anything else.
    """
    written = text_of(cell)[:_LONGEST_NUMBER]
    if _SCIENTIFIC.fullmatch(written):
        raise CellProblem(
            f"Số giấy tờ “{written}” đã bị Excel rút gọn, mất chữ số: định dạng ô là Văn bản rồi gõ lại số"
        )
    number = _ID_JUNK.sub("", _ID_LABEL.sub("", _ID_TAIL.sub("", written))).upper()
    if not number or number in {"0", "KHÔNG", "KHONG", "X"}:
        return IdReading("")
    if number.isdecimal() and len(number) in (9, 12):
        return IdReading(number)
    if number.isdecimal() and len(number) in (8, 10, 11):
        full = number.zfill(9 if len(number) == 8 else 12)
        return IdReading(
            full, f"“{written}” chỉ có {len(number)} chữ số, có thể Excel làm mất số 0 ở đầu: đọc là {full}"
        )
    if _PASSPORT.fullmatch(number):
        return IdReading(number)
    raise CellProblem(f"Số giấy tờ “{written[:40]}” không đúng dạng: CCCD có 12 chữ số, CMND có 9 chữ số")


_COUNT = re.compile(
    r"0*(\d{1,6})(?:[.,]0+)?(?:\s*(?:người|nguoi|ng|hộ|ho|công dân|hộ dân|cd|đương sự|.?)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)


def read_people(cell: Cell) -> int | None:
    """ "05 người", "5,0", 2.0. None for an empty cell; raises `CellProblem`."""
    written = text_of(cell)[:_LONGEST_NUMBER]
    if not written:
        return None
    found = _COUNT.fullmatch(written)
    if not found or not 1 <= int(found[1]) <= _MOST_PEOPLE:
        raise CellProblem(f"Không đọc được số người “{written[:40]}”: ghi một số từ 1 trở lên")
    return int(found[1])


@dataclass(frozen=True)
class PaperReading:
    number: str
    on: date | None = None
    doubt: str = ""


_PAPER_DATE = re.compile(
    r"(?i)[\s,;(]*(?:\bngày\b|\bngay\b|\bng\b\.?|,|;|-|–|\()?\s*(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})\s*\)?\s*$"
)
_PAPER_LABEL = re.compile(r"(?i)^\s*(?:số|so)\s*[:.]?\s*(?=\d)")


@lru_cache(maxsize=16384)
def split_paper(text: str) -> PaperReading:
    """ "484/PC-STNMT ngày 11/01/2018" → number and day."""
    written = one_line(text)[:_LONGEST_PAPER]
    found = _PAPER_DATE.search(written)
    if not found:
        return PaperReading(_PAPER_LABEL.sub("", written))
    number = _PAPER_LABEL.sub("", written[: found.start()].strip(" ,;-–("))
    try:
        return PaperReading(number, parse_date(found[1]))
    except DateProblem as problem:
        return PaperReading(written, None, str(problem))


_YEAR = re.compile(r"(?:19|20)\d{2}")


def read_birth_year(cell: Cell, received: date | None) -> int | None:
    """A year, a date of birth or an age. Raises `CellProblem`."""
    written = text_of(cell)
    if not written:
        return None
    if found := _YEAR.search(written):
        year = int(found[0])
    elif written.isdecimal() and received and 6 <= int(written) <= 120:
        year = received.year - int(written)
    else:
        raise CellProblem(f"Không đọc được năm sinh “{written[:40]}”: ghi bốn chữ số, ví dụ 1975")
    if received and not 1900 <= year <= received.year - 6:
        raise CellProblem(f"Năm sinh {year} không hợp lý với đơn nhận năm {received.year}")
    return year


_PHONE = re.compile(r"\+?\d{8,11}")


def read_phone(cell: Cell) -> str:
    """Digits; a zero that Excel cut off comes back."""
    digits = re.sub(r"[\s.\-()]", "", text_of(cell))
    if digits.isdecimal() and len(digits) == 9 and digits[0] != "0":
        digits = f"0{digits}"
    if digits and not _PHONE.fullmatch(digits):
        raise CellProblem(f"Số điện thoại “{text_of(cell)[:40]}” không đúng dạng: ghi 10 chữ số")
    return digits


def read_gender(text: str) -> str:
    return {"nam": "male", "nu": "female", "m": "male", "f": "female"}.get(plain(text), "")
