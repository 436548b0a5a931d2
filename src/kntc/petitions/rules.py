"""What a petition must carry, by kind and step (R51), and what is likely a slip (R42).

Nothing is required that the law or the facts may lack: an anonymous tip needs no name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kntc.people import identity
from kntc.petitions.choices import Handling, Kind, PartyRole, Source
from kntc.petitions.entry import NewPetition

ALL = frozenset(Kind)


@dataclass(frozen=True)
class Requirement:
    """One row of the table that the help page shows: which field, for which kinds, from which step, on what ground."""

    field: str
    label: str
    kinds: frozenset[Kind]
    step: str
    article: str
    message: str
    missing: Callable[[NewPetition], bool]


def _no_name(entry: NewPetition) -> bool:
    return not entry.anonymous and not any(party.name.strip() for party in entry.petitioners)


def _no_address(entry: NewPetition) -> bool:
    return not entry.anonymous and not any(party.address.strip() for party in entry.petitioners)


def _no_respondent(entry: NewPetition) -> bool:
    respondents = [p for p in entry.parties if p.role == PartyRole.RESPONDENT]
    return not any((p.name or p.organisation).strip() or p.body_id for p in respondents)


def _no_destination(entry: NewPetition) -> bool:
    return entry.handling in {Handling.GUIDE, Handling.RETURN, Handling.TRANSFER} and not entry.destination_id


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        "received_on", "Ngày nhận đơn", ALL, "register", "TT 05/2021 Đ5",
        "Hãy nhập ngày nhận đơn.", lambda e: e.received_on is None,
    ),
    Requirement(
        "summary", "Nội dung đơn", ALL, "register", "TT 05/2021 Đ6",
        "Hãy ghi nội dung đơn, một câu cũng được.", lambda e: not (e.summary.strip() or e.content.strip()),
    ),
    Requirement(
        "name", "Họ và tên người viết đơn", ALL, "register", "LKN Đ8; LTC Đ23; TT 05/2021 Đ6",
        "Hãy nhập họ tên người viết đơn, hoặc đánh dấu “Đơn không rõ người viết” nếu đơn nặc danh.", _no_name,
    ),
    Requirement(
        "destination", "Cơ quan được hướng dẫn, chuyển đến", ALL, "handle", "TT 05/2021",
        "Hãy chọn cơ quan có thẩm quyền mà đơn được hướng dẫn hoặc chuyển đến.", _no_destination,
    ),
    Requirement(
        "address", "Địa chỉ người khiếu nại", frozenset({Kind.COMPLAINT}), "accept", "LKN Đ8.2",
        "Đơn khiếu nại được thụ lý phải có địa chỉ của người khiếu nại.", _no_address,
    ),
    Requirement(
        "respondent", "Người bị khiếu nại", frozenset({Kind.COMPLAINT}), "accept", "LKN Đ8.2",
        "Đơn khiếu nại được thụ lý phải ghi người, cơ quan bị khiếu nại.", _no_respondent,
    ),
    Requirement(
        "respondent", "Người bị tố cáo", frozenset({Kind.DENUNCIATION}), "accept", "LTC Đ23.1",
        "Đơn tố cáo được thụ lý phải ghi người bị tố cáo.", _no_respondent,
    ),
)  # fmt: skip


def steps_of(entry: NewPetition) -> frozenset[str]:
    """The steps that an entry has reached: each brings its requirements."""
    steps = {"register"}
    if entry.handling:
        steps.add("handle")
    # An old register rarely names the respondent; the law asks for it of what is accepted now.
    if entry.handling == Handling.ACCEPT and not entry.backfilled:
        steps.add("accept")
    return frozenset(steps)


def problems(entry: NewPetition, today: date) -> dict[str, str]:
    """Field → sentence for everything that keeps this entry out; empty when it may come in."""
    found = {r.field: r.message for r in _unmet(entry)}
    found |= {name: text for name, text in _date_problems(entry, today) if text}
    for index, party in enumerate(entry.parties):
        if text := identity.problem(party.id_number):
            found[f"parties.{index}.id_number"] = text
        if text := _birth_year_problem(party.birth_year, entry.received_on):
            found[f"parties.{index}.birth_year"] = text
    if entry.signatories < 1:
        found["signatories"] = "Số người phải từ 1 trở lên."
    if entry.reflection_kind and entry.kind != Kind.REFLECTION:
        found["reflection_kind"] = "Chỉ đơn kiến nghị, phản ánh mới chia thành kiến nghị hoặc phản ánh."
    return found


def _unmet(entry: NewPetition) -> Iterable[Requirement]:
    steps = steps_of(entry)
    return [r for r in REQUIREMENTS if r.step in steps and entry.kind in r.kinds and r.missing(entry)]


def _date_problems(entry: NewPetition, today: date) -> Iterable[tuple[str, str]]:
    received, written, handled = entry.received_on, entry.written_on, entry.handled_on
    if received is None:
        return
    if received > today:
        yield "received_on", f"Ngày nhận đơn {received:%d/%m/%Y} chưa đến. Hãy kiểm tra lại năm và tháng."
    if received.year < 1945:
        yield "received_on", f"Ngày nhận đơn {received:%d/%m/%Y} quá xa. Hãy kiểm tra lại năm."
    if written and written > received:
        yield "written_on", "Ngày viết đơn sau ngày nhận đơn. Hãy kiểm tra lại hai ngày này."
    if entry.handling and handled is None:
        yield "handled_on", "Hãy nhập ngày xử lý đơn."
    if handled and not entry.handling:
        yield "handling", "Đã có ngày xử lý nhưng chưa chọn hướng xử lý."
    if handled and handled < received:
        yield "handled_on", "Ngày xử lý trước ngày nhận đơn. Hãy kiểm tra lại hai ngày này."
    if handled and handled > today:
        yield "handled_on", f"Ngày xử lý {handled:%d/%m/%Y} chưa đến. Hãy kiểm tra lại."


def _birth_year_problem(year: int | None, received: date | None) -> str:
    if year is None or received is None:
        return ""
    if not 1900 <= year <= received.year - 6:
        return f"Năm sinh {year} không hợp lý với đơn nhận năm {received.year}. Hãy kiểm tra lại."
    return ""


def warnings(entry: NewPetition) -> list[str]:
    """Sentences about what is likely a slip but may be true; the person decides."""
    found = []
    for party in entry.petitioners:
        known = identity.parts(party.id_number)
        if known and party.birth_year and known.birth_year != party.birth_year:
            found.append(
                f"Năm sinh {party.birth_year} khác năm {known.birth_year} ghi trong số căn cước {party.id_number}."
            )
    if entry.source == Source.OTHER_AGENCY and not entry.source_body_id:
        found.append("Đơn do cơ quan khác chuyển đến nhưng chưa ghi cơ quan chuyển.")
    return found
