"""Cells of a closed list: kind, source, handling, result. Each reader takes every usual writing of the value.

The codes are those of the petition's own choices; the reader knows no database and so spells them out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from kntc.law import catalogue
from kntc.registers.reading.titles import plain


def _shown(text: str) -> str:
    return " ".join(text.split())


class CellProblem(ValueError):
    """A cell that says nothing we know. `str()` is a Vietnamese sentence; `proposal` what it may have meant."""

    def __init__(self, message: str, proposal: str = "") -> None:
        super().__init__(message)
        self.proposal = proposal


@dataclass(frozen=True)
class KindReading:
    kind: str
    reflection_kind: str = ""
    instance: int | None = None
    anonymous: bool = False
    people: int | None = None
    doubt: str = ""  # a sentence when the reading is likely but not certain


@dataclass(frozen=True)
class SourceReading:
    source: str
    body: str = ""  # the sending body, where the cell names one


@dataclass(frozen=True)
class HandlingReading:
    handling: str  # "" while it is still being examined
    destination: str = ""


@dataclass(frozen=True)
class ResultReading:
    settled: bool | None
    outcome: str = ""


KIND_LABELS = {"complaint": "Khiếu nại", "denunciation": "Tố cáo", "reflection": "Kiến nghị, phản ánh"}

_BOTH_REFLECTIONS = re.compile(
    r"\b(knpa|pakn|kn pa|pa kn|kien nghi phan anh|phan anh kien nghi|dn kn pa|kndnpa)\b"
)
_KINDS = {
    "complaint": re.compile(r"\b(khieu nai|khieu kien|khieu to|kn|k n)\b"),
    "denunciation": re.compile(r"\b(to cao|tc|t c)\b"),
    "proposal": re.compile(r"\b(kien nghi|k nghi|gop y)\b"),
    "feedback": re.compile(r"\b(phan anh|pa|p anh)\b"),
}
_PLEAS = re.compile(r"\b(de nghi|cau cuu|keu cuu|kndn)\b")
_SECOND = re.compile(r"\blan (2|hai|ii|thu 2|thu hai)\b|\btiep (khieu|to)|\bto cao tiep\b|\bkhieu nai tiep\b")
_FIRST = re.compile(r"\blan (1|dau|mot|i|thu nhat)\b")
_ANONYMOUS = re.compile(r"\b(nac danh|mao danh|giau ten|mao ten|khong ten|khuyet danh)\b")
_PEOPLE = re.compile(r"\b0*(\d{1,4}) (nguoi|ng|cong dan|ho)\b")
_TYPO_FROM = 86


@lru_cache(maxsize=8192)
def read_kind(text: str) -> KindReading:
    """Raises `CellProblem` for what is no kind, or two at once."""
    words = plain(text)
    if not words:
        raise CellProblem("Chưa ghi loại đơn: ghi Khiếu nại, Tố cáo, Kiến nghị hoặc Phản ánh")
    found, doubt = _kinds_in(words)
    if not found:
        found, doubt = _nearest_kind(words, text)
    if len(found) > 1 and not found <= {"proposal", "feedback"}:
        raise CellProblem(
            f"“{_shown(text)[:60]}” ghi nhiều loại đơn: chọn một loại theo nội dung chính; "
            "nhiều nội dung thì tách thành nhiều dòng (TT 05/2021 Đ6)"
        )
    people = _PEOPLE.search(words)
    return KindReading(
        kind="reflection" if found <= {"proposal", "feedback"} else next(iter(found)),
        reflection_kind=next(iter(found)) if len(found) == 1 and found <= {"proposal", "feedback"} else "",
        instance=2 if _SECOND.search(words) else 1 if _FIRST.search(words) else None,
        anonymous=bool(_ANONYMOUS.search(words)),
        people=int(people[1]) if people else None,
        doubt=doubt,
    )


def _kinds_in(words: str) -> tuple[set[str], str]:
    found = {"proposal", "feedback"} if _BOTH_REFLECTIONS.search(words) else set()
    rest = _BOTH_REFLECTIONS.sub(" ", words)
    found |= {kind for kind, pattern in _KINDS.items() if pattern.search(rest)}
    if not found and _PLEAS.search(rest):
        return {
            "proposal"
        }, "đọc là đơn kiến nghị; nếu nội dung là khiếu nại hoặc tố cáo, hãy sửa lại (TT 05/2021 Đ6)"
    return found, ""


def _nearest_kind(words: str, text: str) -> tuple[set[str], str]:
    names = {
        "khieu nai": "complaint",
        "to cao": "denunciation",
        "kien nghi": "proposal",
        "phan anh": "feedback",
    }
    bare = words.removeprefix("don ")
    likeness, name = max((fuzz.ratio(bare, name), name) for name in names)
    label = KIND_LABELS["reflection" if names[name] in {"proposal", "feedback"} else names[name]]
    if likeness >= _TYPO_FROM:
        return {names[name]}, f"đọc là “{label}”"
    hint = f"; có phải “{label}”?" if likeness >= 65 else ""
    raise CellProblem(
        f"Không rõ loại đơn “{_shown(text)[:60]}”: ghi Khiếu nại, Tố cáo, Kiến nghị hoặc Phản ánh{hint}",
        label if hint else "",
    )


_BODY_WORDS = re.compile(
    r"\b(ubnd|uy ban|hdnd|hoi dong|so|ban|phong|thanh tra|ttcp|ttr|vp|van phong|tinh uy|huyen uy|thanh uy|thi uy|"
    r"dang uy|doan|mttq|mat tran|bao|dai|cong an|toa|tand|vien|vksnd|bo|cuc|chi cuc|hoi|truong|chinh phu|quoc hoi|xa|"
    r"phuong|huyen|tinh|thu tuong|chu tich|bi thu)\b"
)
_SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "online",
        re.compile(
            r"\b(truc tuyen|thu dien tu|e ?mail|cong dich vu|dvc|zalo|vneid|qua mang|cong thong tin|website|"
            r"internet|app)\b"
        ),
    ),
    ("suggestion_box", re.compile(r"\b(hom thu|hop thu|thung thu|gop y)\b")),
    (
        "post",
        re.compile(
            r"\b(buu dien|buu chinh|buu pham|buu cuc|chuyen phat|gui thu|duong thu|thu bao dam|bd|vnpost|"
            r"viettel post)\b"
        ),
    ),
    (
        "counter",
        re.compile(
            r"\b(truc tiep|tiep cong dan|tiep dan|tru so|mot cua|1 cua|nop tai|tcd|den nop|dan nop|cong dan gui|"
            r"tu nop)\b"
        ),
    ),
)
_SENT_ON = re.compile(
    r"\b(co quan khac|don vi khac|cq khac|noi khac|chuyen den|chuyen|cong van|cv|phieu chuyen|khac chuyen)\b"
)
_ELSEWHERE = re.compile(r"\b(cac )?(co quan|don vi|cq|noi|dv)( to chuc| don vi)? khac\b")
_SENDING = re.compile(
    r"(?i)^\s*(?:do|từ|từ:)\s+|\s*[,;:(]?\s*(?:chuyển|chuyên|gửi)(?:\s+(?:đơn|đến|sang|tới|về|xuống))*\s*\)?\s*$"
)
_SENDER_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("assembly", re.compile(r"\b(dai bieu quoc hoi|dbqh|hdnd|dai bieu hdnd|quoc hoi|doan dai bieu)\b")),
    ("front_press", re.compile(r"\b(mttq|mat tran|bao chi|bao|dai truyen hinh|dai ptth)\b")),
    (
        "leaders",
        re.compile(
            r"\b(lanh dao|dong chi|bi thu|tinh uy|thanh uy|thu tuong|chu tich nuoc|trung uong dang)\b"
        ),
    ),
)


@lru_cache(maxsize=8192)
def read_source(text: str) -> SourceReading:
    """Raises `CellProblem` where the cell names no known way by which a petition comes."""
    words = plain(text)
    if known := catalogue.find_source(text):
        return SourceReading(known.code)
    for source, pattern in _SOURCES:
        if pattern.search(words):
            return SourceReading(source)
    if _ELSEWHERE.search(words):
        return SourceReading("other_agency")
    for source, pattern in _SENDER_CLASSES:
        if pattern.search(words):
            return SourceReading(source, _sender(text))
    if _SENT_ON.search(words) or _BODY_WORDS.search(words):
        return SourceReading("other_agency", _sender(text) if _BODY_WORDS.search(words) else "")
    raise CellProblem(
        f"Không rõ nguồn đơn “{_shown(text)[:60]}”: ghi Trực tiếp, Bưu điện, Hòm thư góp ý, Trực tuyến "
        "hoặc Cơ quan khác chuyển đến"
    )


def _sender(text: str) -> str:
    return _SENDING.sub("", _shown(text)).strip(" ,;:-()")


_HANDLINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("decline", re.compile(r"\b(khong thu ly|khong du dieu kien thu ly|tu choi thu ly)\b")),
    ("return", re.compile(r"\b(tra lai|tra don|tra ho so)\b")),
    ("guide", re.compile(r"\b(huong dan|hd)\b")),
    ("urge", re.compile(r"\b(don doc)\b")),
    ("transfer", re.compile(r"\b(chuyen|cd|phieu chuyen)\b")),
    ("file", re.compile(r"\b(luu|xep|ld|khong xem xet|khong xu ly)\b")),
    (
        "accept",
        re.compile(
            r"\b(thu ly|tl|thuoc tham quyen|giao [a-z ]*(giai quyet|xac minh|tham muu)|xac minh|giai quyet)\b"
        ),
    ),
)
_PENDING = re.compile(r"\b(dang (xu ly|xem xet|nghien cuu)|cho xu ly|chua xu ly|dang phan loai)\b")
_NOT_OURS = re.compile(r"\bkhong thuoc tham quyen\b")
_DESTINED = re.compile(
    r"(?i)^\s*(?:(?:phiếu\s+)?chuyển(?:\s+đơn)?|hướng dẫn(?:\s+(?:công dân|gửi|đơn))*)"
    r"\s*(?:đến|cho|sang|tới|về|qua|:)?\s+(\S.{3,})$"
)


@lru_cache(maxsize=8192)
def read_handling(text: str) -> HandlingReading:
    """The first result named; "" for one still pending. Raises `CellProblem`."""
    words = _NOT_OURS.sub(" ", plain(text))
    if _PENDING.search(words) or not words:
        return HandlingReading("")
    if known := catalogue.find_handling(text):
        return HandlingReading(known.code)
    places = [
        (found.start(), order, code)
        for order, (code, p) in enumerate(_HANDLINGS)
        if (found := p.search(words))
    ]
    if not places:
        raise CellProblem(
            f"Không rõ hướng xử lý “{_shown(text)[:60]}”: ghi Thụ lý, Hướng dẫn, Chuyển đơn, Trả lại đơn, "
            "Đôn đốc hoặc Lưu đơn"
        )
    destined = _DESTINED.match(_shown(text))
    body = destined[1].strip(" .;") if destined and _BODY_WORDS.search(plain(destined[1])) else ""
    return HandlingReading(min(places)[2], body)


_UNSETTLED = re.compile(r"\b(dang|chua|con|ton|cho|tiep tuc)\b")
_SETTLED = re.compile(
    r"\b(da (giai quyet|gq|tra loi|xong|ket thuc|ban hanh|co quyet dinh|co qd|co ket luan|co van ban|giai quyet xong)|"
    r"giai quyet xong|hoan thanh|ket thuc|xong|quyet dinh|ket luan|qd|kl|tra loi|dinh chi|rut don|thong bao ket qua)\b"
)
_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("withdrawn", re.compile(r"\b(rut don|rut khieu nai|dinh chi)\b")),
    ("partly", re.compile(r"\b(dung (mot|1) phan|co dung co sai|dung co sai)\b")),
    ("wrong", re.compile(r"\b(khieu nai sai|to cao sai|sai|khong dung|khong co co so)\b")),
    ("right", re.compile(r"\b(khieu nai dung|to cao dung|dung|co co so)\b")),
)


@lru_cache(maxsize=8192)
def read_result(text: str) -> ResultReading:
    """Whether the matter is settled; None where the cell does not say."""
    words = plain(text)
    if _SETTLED.search(words) and not _UNSETTLED.match(words):
        outcome = next((code for code, pattern in _OUTCOMES if pattern.search(words)), "")
        return ResultReading(True, outcome)
    return ResultReading(False if _UNSETTLED.search(words) else None)
