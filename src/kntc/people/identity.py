"""Personal identity numbers: what a căn cước number says, and what it cannot say."""

import re
from dataclasses import dataclass

CITIZEN_ID = re.compile(r"\d{12}")
OLD_ID = re.compile(r"\d{9}")
PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")


@dataclass(frozen=True)
class CitizenNumber:
    """The parts of a 12-digit number: province of birth registration, sex, year of birth."""

    province: str
    male: bool
    birth_year: int


def normalised(text: str) -> str:
    """The number without spaces and dots, letters in capitals."""
    return re.sub(r"[\s.\-]", "", text).upper()


def problem(text: str) -> str:
    """A sentence when this cannot be an identity number; empty when it can (or is empty)."""
    number = normalised(text)
    if not number or CITIZEN_ID.fullmatch(number) or OLD_ID.fullmatch(number) or PASSPORT.fullmatch(number):
        return ""
    return (
        f"Số giấy tờ “{text}” không đúng dạng: căn cước có 12 chữ số, CMND có 9 chữ số, "
        "hộ chiếu gồm 1–2 chữ cái và 6–8 chữ số. Hãy xem lại giấy tờ, hoặc để trống nếu không có."
    )


def parts(text: str) -> CitizenNumber | None:
    """What a 12-digit number tells; None for other numbers."""
    number = normalised(text)
    if not CITIZEN_ID.fullmatch(number):
        return None
    code = int(number[3])
    return CitizenNumber(number[:3], code % 2 == 0, 1900 + 100 * (code // 2) + int(number[4:6]))
