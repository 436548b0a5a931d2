"""What the values of a column say about its meaning: the share of them that read well as a target's."""

import re
from collections.abc import Callable, Sequence

from kntc.registers.reading.cells import is_tick, read_id, read_people, read_phone, text_of
from kntc.registers.reading.kinds import CellProblem, read_handling, read_kind, read_result, read_source
from kntc.registers.reading.titles import plain
from kntc.registers.reading.workbook import Cell
from kntc.vietnamese import DateProblem, parse_date

_BODY = re.compile(
    r"^(ubnd|uy ban|so|ban|phong|thanh tra|ttcp|vp|van phong|tinh uy|huyen uy|doan|mttq|bao|cong an|ca|toa|tand|vksnd|"
    r"vien|bo|cuc|chi cuc|hoi|truong|benh vien|cong ty|trung tam|bhxh|bql|ubkt|kho bac|ngan hang|hdnd|thi|huyen|xa|"
    r"phuong|chua)\b"
)
_ADDRESS = re.compile(
    r"\b(thon|xom|ap|ban|lang|khom|khoi|to|tdp|kp|khu pho|xa|phuong|p|huyen|h|quan|tp|tinh|duong|thi tran|tt|so)\b"
)
_PERSON = re.compile(r"[^\W\d_]+(?:[\s.]+[^\W\d_]+){1,6}\.?")
_PAPER = re.compile(r"\d+\s*/\s*[\w-]*[A-ZĐ]{2,}|\d+\s*/\s*\d{4}/")
_BODIES = ("agency", "destination", "source_body", "prior_body")


def _is_date(cell: Cell) -> bool:
    try:
        parse_date(cell)
    except DateProblem as problem:
        return problem.proposal is not None  # 31/02/2018 is a faulty date, and still a date
    return True


def _reads(reader: Callable[[str], object], longest: int) -> Callable[[Cell], bool]:
    def reads(cell: Cell) -> bool:
        text = text_of(cell)
        try:
            return len(text) <= longest and reader(text) is not None
        except CellProblem:
            return False

    return reads


def _is_result(cell: Cell) -> bool:
    text = text_of(cell)
    return len(text) <= 120 and read_result(text).settled is not None


def _matches(pattern: re.Pattern[str], shortest: int, longest: int) -> Callable[[Cell], bool]:
    return lambda cell: (
        shortest <= len(text_of(cell)) <= longest and bool(pattern.search(plain(text_of(cell))))
    )


def _is_name(cell: Cell) -> bool:
    text = text_of(cell)
    return len(text) <= 60 and _PERSON.fullmatch(text.split(",")[0].strip()) is not None


_TESTS: dict[str, Callable[[Cell], bool]] = {
    "stt": lambda cell: text_of(cell).strip(" .").isdecimal(),
    "received_on": _is_date,
    "written_on": _is_date,
    "handled_on": _is_date,
    "paper_on": _is_date,
    "settled_on": _is_date,
    "source": _reads(read_source, 60),
    "kind": _reads(read_kind, 60),
    "handling": _reads(read_handling, 120),
    "result": _is_result,
    "name": _is_name,
    "name_address": lambda cell: len(text_of(cell)) > 20 and bool(_ADDRESS.search(plain(text_of(cell)))),
    "address": _matches(_ADDRESS, 6, 250),
    "id_number": _reads(lambda text: read_id(text).number or None, 40),
    "phone": _reads(lambda text: read_phone(text) or None, 20),
    "people": _reads(read_people, 30),
    "content": lambda cell: len(text_of(cell)) > 25,
    "paper": lambda cell: bool(_PAPER.search(text_of(cell))),
    **{key: _matches(_BODY, 2, 120) for key in _BODIES},
}


def share(key: str, values: Sequence[Cell]) -> float | None:
    """0 to 1; None where there is nothing to judge by."""
    test = _TESTS.get(key)
    if test is None or not values:
        return None
    return sum(1 for value in values if test(value)) / len(values)


def tick_share(values: Sequence[Cell]) -> float | None:
    if not values:
        return None
    return sum(1 for value in values if is_tick(text_of(value))) / len(values)
