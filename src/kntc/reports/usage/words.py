"""The usage report in words: the sentences that carry the figures, and the paper around them.

The outline is that of the reports which agencies write (I.1, I.2, II, III). What the figures cannot know is filled
with plain sentences for the agency to change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kntc.agencies.models import Agency, BodyKind, Level
from kntc.agencies.naming import as_named_on
from kntc.documents.paper import Block, OfficialPaper, Signer, Table, Text, paragraphs, signature_lines
from kntc.reports.usage.figures import Group, Kinds, Usage
from kntc.vietnamese import number, short_date

TITLE = "Báo cáo"
SUBJECT = "Việc sử dụng Hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo"
SYSTEM = "Hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo"


@dataclass(frozen=True)
class Head:
    """What stands around the text of the paper."""

    issuer: str
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: date | None = None
    recipients: Sequence[str] = ()
    signer_lines: Sequence[str] = ()
    signer_name: str = ""
    copies: Sequence[str] = ()
    archive: str = "VT"


def period_text(usage: Usage) -> str:
    return f"từ ngày {short_date(usage.start)} đến ngày {short_date(usage.end)}"


def coverage_sentence(groups: Sequence[Group]) -> str:
    """ "11/11 huyện, thị xã, thành phố và 25/25 sở, ban, ngành có sử dụng …" """
    if not groups:
        return f"Cơ quan không có đơn vị trực thuộc trên {SYSTEM}."
    parts = [f"{group.using}/{len(group.units)} {group.label}" for group in groups]
    whole = parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])} và {parts[-1]}"
    return f"Trong kỳ, {whole} có sử dụng {SYSTEM}."


def missing_sentences(groups: Sequence[Group]) -> list[str]:
    return [
        f"Chưa sử dụng ({len(group.missing)} {group.label}): "
        f"{'; '.join(unit.agency.short_name for unit in group.missing)}."
        for group in groups
        if group.missing
    ]


def kinds_sentence(usage: Usage) -> str:
    kinds = usage.kinds
    return (
        f"Tổng số đơn trên Hệ thống, tính theo {usage.basis.label} {period_text(usage)}: "
        f"{number(kinds.total)} đơn, trong đó {number(kinds.complaint)} khiếu nại; "
        f"{number(kinds.denunciation)} tố cáo; {number(kinds.reflection)} kiến nghị, phản ánh"
        f"{_reflections(kinds)}."
    )


def _reflections(kinds: Kinds) -> str:
    if not kinds.proposal and not kinds.feedback:
        return ""
    both = f"; {number(kinds.both)} chưa tách" if kinds.both else ""
    return f" ({number(kinds.proposal)} kiến nghị; {number(kinds.feedback)} phản ánh{both})"


def backfill_sentence(usage: Usage) -> str:
    share = _percent(usage.backfilled, usage.kinds.total)
    return (
        f"Nhập bổ sung từ sổ theo dõi đã có: {number(usage.backfilled)} đơn ({share}); "
        f"nhập ngay khi tiếp nhận: {number(usage.kinds.total - usage.backfilled)} đơn."
    )


def lag_sentence(usage: Usage) -> str:
    lag = usage.lag
    if lag.median is None or lag.ninety is None:
        return "Không có đơn nhập ngay khi tiếp nhận nên không tính thời gian từ khi nhận đến khi nhập."
    return (
        f"Trong {number(lag.entered)} đơn nhập ngay khi tiếp nhận, một nửa được nhập {_days(lag.median)}, "
        f"90% được nhập {_days(lag.ninety)} kể từ khi nhận."
    )


def accounts_sentence(usage: Usage) -> str:
    if not usage.accounts:
        return "Trong kỳ không có tài khoản nào đang sử dụng."
    roles = "; ".join(
        f"{number(count)} {label[0].lower()}{label[1:]}" for label, count in usage.accounts.items()
    )
    return (
        f"Tài khoản đang sử dụng trong kỳ: {number(usage.all_accounts)} ({roles}); "
        f"chưa đăng nhập lần nào: {number(usage.never_signed_in)}."
    )


def changes_sentence(usage: Usage) -> str:
    return (
        f"Trong kỳ, các cơ quan đã tự sửa thông tin đơn {number(usage.corrected)} lần, "
        f"hủy {number(usage.voided)} đơn nhập sai, khôi phục {number(usage.restored)} đơn đã hủy."
    )


def faults_sentences(usage: Usage) -> list[str]:
    if not usage.faults:
        return []
    named = "; ".join(f"{name[0].lower()}{name[1:]} ({number(count)} ô)" for name, count in usage.faults)
    return [f"Lỗi thường gặp trong các sổ theo dõi đã nhập trong kỳ: {named}."]


def method_notes(usage: Usage) -> list[str]:
    """How the figures are counted: printed with them."""
    return [
        "Cách tính: một cơ quan được coi là có sử dụng Hệ thống khi trong kỳ cơ quan đó hoặc đơn vị trực thuộc có "
        f"ít nhất một đơn (tính theo {usage.basis.label}) hoặc có tài khoản đang sử dụng; danh sách cơ quan lấy "
        f"theo tổ chức bộ máy ngày {short_date(min(usage.end, usage.agency.valid_to or usage.end))}. "
        "Số đơn không gồm đơn đã hủy do nhập sai.",
    ]


def _percent(part: int, whole: int) -> str:
    return f"{number(round(100 * part / whole, 1))}%" if whole else "0%"


def _days(days: int) -> str:
    return "ngay trong ngày nhận đơn" if days <= 0 else f"trong {number(days)} ngày"


def figure_sentences(usage: Usage) -> list[str]:
    """Section I.2 as sentences, in their order."""
    return [
        coverage_sentence(usage.groups),
        *missing_sentences(usage.groups),
        kinds_sentence(usage),
        backfill_sentence(usage),
        lag_sentence(usage),
        accounts_sentence(usage),
        changes_sentence(usage),
        *faults_sentences(usage),
    ]


def unit_table(usage: Usage) -> Table:
    rows = [
        [str(index), unit.agency.short_name, *_counts(unit.kinds), number(unit.accounts)]
        for index, unit in enumerate(usage.units, start=1)
    ]
    if usage.own.total:
        rows.append(["", f"{usage.agency.short_name} (trực tiếp)", *_counts(usage.own), ""])
    rows.append(["", "Tổng số", *_counts(usage.kinds), number(usage.all_accounts)])
    return Table(
        titles=("TT", "Cơ quan", "Khiếu nại", "Tố cáo", "Kiến nghị, phản ánh", "Cộng", "Tài khoản"),
        rows=rows,
        widths=(12, 58, 18, 18, 20, 16, 18),
        numbers=frozenset(range(2, 7)),
        caption="Số đơn và tài khoản theo cơ quan",
        last_is_total=True,
    )


def _counts(kinds: Kinds) -> list[str]:
    return [number(n) for n in (kinds.complaint, kinds.denunciation, kinds.reflection, kinds.total)]


def default_texts(usage: Usage) -> dict[str, str]:
    """What stands in the boxes before the agency writes its own."""
    name = usage.agency.short_name
    period = period_text(usage)
    return {
        "opening": f"{name} báo cáo việc sử dụng {SYSTEM} trong thời gian {period} như sau:",
        "direction": f"{name} giao các cơ quan, đơn vị thuộc phạm vi quản lý cập nhật việc tiếp nhận, xử lý đơn vào "
        "Hệ thống và dùng số liệu trên Hệ thống để tổng hợp, báo cáo.",
        "operation": "",
        "strengths": "Số liệu của các cơ quan được nhập một lần và tổng hợp ngay trên Hệ thống; mỗi con số trong "
        "báo cáo đối chiếu được với danh sách đơn.",
        "limits": _limits(usage),
        "proposals": f"{name} không có đề xuất, kiến nghị trong kỳ này.",
        "closing": f"Trên đây là kết quả sử dụng {SYSTEM} {period} của {name}.",
    }


def _limits(usage: Usage) -> str:
    """Only what the figures show; the rest is the agency's to write."""
    found = [
        f"Còn {len(group.missing)} {group.label} chưa sử dụng Hệ thống trong kỳ."
        for group in usage.groups
        if group.missing
    ]
    if usage.kinds.total and usage.backfilled * 2 > usage.kinds.total:
        found.append("Phần lớn đơn được nhập bổ sung sau khi đã tiếp nhận, chưa nhập ngay khi phát sinh.")
    if usage.never_signed_in:
        found.append(f"Còn {number(usage.never_signed_in)} tài khoản chưa đăng nhập lần nào.")
    return "\n".join(
        found or ["Số liệu trên Hệ thống không cho thấy tồn tại, hạn chế về mức độ sử dụng trong kỳ."]
    )


def default_head(agency: Agency, today: date) -> Head:
    """The paper's surroundings as far as the catalogue of agencies knows them, under the names of that day."""
    above = [agency.parent] if agency.parent else []
    agency, *above = as_named_on([agency, *above], today)
    agency.parent = above[0] if above else None
    committee = agency.kind == BodyKind.COMMITTEE
    superior = _superior(agency)
    return Head(
        issuer=agency.name,
        superior="" if committee else superior,
        symbol=f"BC-{'UBND' if committee else agency.code.rpartition('-')[2]}",
        place=_place(agency),
        day=today,
        recipients=(_recipient(agency),),
        signer_lines=signature_lines("TM", body="Ủy ban nhân dân", title="Chủ tịch")
        if committee
        else signature_lines("", title="Thủ trưởng"),
        copies=(f"{_recipient(agency)} (b/c)",),
    )


def _superior(agency: Agency) -> str:
    return agency.parent.name if agency.parent and agency.level != Level.PROVINCE else ""


def _recipient(agency: Agency) -> str:
    return agency.parent.name if agency.parent else "Chính phủ"


def _place(agency: Agency) -> str:
    """ "Tỉnh Bình Định" → "Bình Định": the name alone stands before the day."""
    name = agency.place.name if agency.place else "Hà Nội"
    kinds = ("Thành phố ", "Tỉnh ", "Thị xã ", "Thị trấn ", "Huyện ", "Quận ", "Phường ", "Xã ", "Đặc khu ")
    return next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)


def build_paper(usage: Usage, texts: Mapping[str, str], head: Head, author: str = "") -> OfficialPaper:
    """The whole report; `texts` are the paragraphs of `default_texts`, as the agency left them."""
    return OfficialPaper(
        issuer=head.issuer,
        superior=head.superior,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        day=head.day,
        kind_title=TITLE,
        subject=SUBJECT,
        recipients=head.recipients,
        blocks=_blocks(usage, texts),
        signer=Signer(head.signer_lines, head.signer_name),
        copies=head.copies,
        archive=head.archive,
        author=author,
    )


def _blocks(usage: Usage, texts: Mapping[str, str]) -> list[Block]:
    return [
        *paragraphs(texts["opening"]),
        Text("I. KẾT QUẢ TRIỂN KHAI SỬ DỤNG HỆ THỐNG", "part"),
        Text("1. Công tác chỉ đạo, điều hành", "section"),
        *paragraphs(texts["direction"]),
        Text("2. Tình hình triển khai sử dụng Hệ thống", "section"),
        *paragraphs(texts["operation"]),
        *(Text(sentence) for sentence in figure_sentences(usage)),
        unit_table(usage),
        *(Text(note, "note") for note in method_notes(usage)),
        Text("II. NHẬN XÉT, ĐÁNH GIÁ CHUNG", "part"),
        Text("1. Ưu điểm", "section"),
        *paragraphs(texts["strengths"]),
        Text("2. Tồn tại, hạn chế", "section"),
        *paragraphs(texts["limits"]),
        Text("III. ĐỀ XUẤT, KIẾN NGHỊ", "part"),
        *paragraphs(texts["proposals"]),
        *paragraphs(texts["closing"]),
    ]
