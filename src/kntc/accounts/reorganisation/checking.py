"""Whether a programme can be carried out on the database as it stands: all that speaks against it, said at once."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kntc.accounts import administration
from kntc.accounts.acts import Act
from kntc.accounts.reorganisation.programme import Ending, Kind, NewAgency, Programme
from kntc.agencies.models import Agency, BodyKind, Level, Place
from kntc.agencies.tree import BrokenTree, number_tree
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput
from kntc.vietnamese import short_date

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,38}[A-Z0-9]")
_LONGEST_NAME, _LONGEST_SHORT = 255, 160
_SHOWN = 12  # as many problems as a person reads at once


@dataclass(frozen=True)
class Setting:
    """The agencies and places that a programme names, by code and key."""

    agencies: dict[str, Agency]
    places: dict[str, Place]

    def name(self, code: str) -> str:
        found = self.agencies.get(code)
        return found.name if found else code


def setting_of(programme: Programme) -> Setting:
    """Two statements."""
    agencies = Agency.objects.filter(code__in=programme.codes).select_related("parent")
    keys = {place for ending in programme.ended for heir in ending.heirs for place in heir.places}
    keys |= {row.place for row in programme.founded if row.place}
    return Setting({agency.code: agency for agency in agencies}, Place.objects.in_bulk(keys))


def require_right(programme: Programme, setting: Setting, by: Actor) -> None:
    """The act of reorganising in every agency that ends, changes or takes over (R58)."""
    administration.require(by, Act.REORGANISE)
    for code in programme.codes:
        if agency := setting.agencies.get(code):
            administration.require(by, Act.REORGANISE, agency)
    if programme.founded:
        administration.require(by, Act.ADD_AGENCY)


def check(programme: Programme, setting: Setting) -> None:
    """Raises InvalidInput with a sentence for each thing that stands in the way."""
    found = list(dict.fromkeys(_problems(programme, setting)))
    if not found:
        return
    more = [f"… và {len(found) - _SHOWN} lỗi khác."] if len(found) > _SHOWN else []
    raise InvalidInput({"programme": " ".join([*found[:_SHOWN], *more])})


def _problems(programme: Programme, setting: Setting) -> Iterator[str]:
    new = {row.code for row in programme.founded}
    for code in programme.codes:
        if code not in setting.agencies and code not in new:
            yield f"Không có cơ quan mã “{code}”: kiểm tra lại mã, hoặc thành lập cơ quan này trước."
    yield from _names_nothing(programme)
    for row in programme.founded:
        yield from _against_founding(row, setting)
    for ending in programme.ended:
        yield from _against_ending(ending, programme, setting, new)
    yield from _against_renaming(programme, setting)
    yield from _against_moving(programme, setting)


def _names_nothing(programme: Programme) -> Iterator[str]:
    if not (programme.changed or programme.founded):
        yield "Chưa chọn cơ quan nào."
    for what, codes in (
        ("kết thúc", [row.code for row in programme.ended]),
        ("thành lập", [row.code for row in programme.founded]),
        ("đổi tên", [row.code for row in programme.renamed]),
        ("chuyển", [row.code for row in programme.placed]),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"Cơ quan “{code}” được ghi {what} {times} lần: chỉ ghi một lần."


def _against_founding(row: NewAgency, setting: Setting) -> Iterator[str]:
    if known := setting.agencies.get(row.code):
        yield f"Mã “{row.code}” đã là mã của {known.name}: chọn mã khác cho cơ quan mới."
    if not _CODE.fullmatch(row.code):
        yield f"Mã “{row.code}” không dùng được: chỉ gồm chữ in hoa không dấu, số và dấu gạch nối, từ 3 đến 40 ký tự."
    yield from _bad_name(row.name, row.short_name)
    if row.kind not in BodyKind.values:
        yield f"Loại cơ quan “{row.kind}” không có: {', '.join(BodyKind.values)}."
    if row.level not in Level.values:
        yield f"Cấp “{row.level}” không có: {', '.join(Level.values)}."
    if row.place and row.place not in setting.places:
        yield f"Không có địa bàn mã “{row.place}”."


def _bad_name(name: str, short_name: str) -> Iterator[str]:
    if len(name.strip()) < 4:
        yield "Hãy ghi đủ tên cơ quan."
    if len(name) > _LONGEST_NAME or len(short_name) > _LONGEST_SHORT:
        yield f"Tên cơ quan dài quá {_LONGEST_NAME} ký tự (tên gọn: {_LONGEST_SHORT})."


def _against_ending(ending: Ending, programme: Programme, setting: Setting, new: set[str]) -> Iterator[str]:
    old = setting.agencies.get(ending.code)
    if old is None:
        return
    yield from _not_standing(old, programme.on, ends=True)
    if sum(heir.is_default for heir in ending.heirs) != 1:
        yield f"{old.name}: chọn đúng một cơ quan nhận phần còn lại."
    if len({heir.code for heir in ending.heirs}) != len(ending.heirs):
        yield f"{old.name}: mỗi cơ quan kế thừa chỉ ghi một lần."
    for place, times in Counter(place for heir in ending.heirs for place in heir.places).items():
        if place not in setting.places:
            yield f"Không có địa bàn mã “{place}”."
        elif times > 1:
            yield f"{old.name}: {setting.places[place].name} được giao cho {times} cơ quan, chỉ giao cho một."
    ended = {row.code for row in programme.ended}
    for heir in ending.heirs:
        if heir.code == ending.code:
            yield f"{old.name} không thể sáp nhập vào chính mình: chọn cơ quan khác nhận việc."
        elif heir.code in ended:
            yield f"{setting.name(heir.code)} cũng kết thúc trong lần này nên không thể nhận việc của {old.name}."
        elif heir.code not in new and (found := setting.agencies.get(heir.code)):
            yield from _not_standing(found, programme.on)


def _not_standing(agency: Agency, on: date, *, ends: bool = False) -> Iterator[str]:
    """Why this agency cannot take part on that day."""
    if not agency.uses_system or agency.lft is None:
        yield f"{agency.name} không dùng hệ thống: gộp các tên trùng ở mục “Danh mục cơ quan”."
    if agency.valid_to is not None:
        yield (
            f"{agency.name} đã kết thúc ngày {short_date(agency.valid_to)}: "
            "chọn cơ quan đang hoạt động (cơ quan kế thừa xem ở trang của cơ quan đó)."
        )
    # An agency that ends on the eve has stood for a day at least.
    if agency.valid_from is not None and (on <= agency.valid_from if ends else on < agency.valid_from):
        yield (
            f"{agency.name} thành lập ngày {short_date(agency.valid_from)}, "
            f"sau hoặc đúng ngày sắp xếp {short_date(on)}: chọn ngày muộn hơn."
        )


def _against_renaming(programme: Programme, setting: Setting) -> Iterator[str]:
    for row in programme.renamed:
        yield from _bad_name(row.name, row.short_name)
        agency = setting.agencies.get(row.code)
        if agency is None:
            continue
        yield from _not_standing(agency, programme.on, ends=True)
        if row.name.strip() == agency.name:
            yield f"Tên mới trùng tên hiện nay của {agency.name}."
        later = agency.former_names.order_by("-valid_to").first()
        if later and later.valid_to >= programme.eve:
            yield (
                f"{agency.name} đã đổi tên từ ngày {short_date(later.valid_to)} trở về sau: "
                "hoàn tác lần đổi tên đó trước, hoặc chọn ngày muộn hơn."
            )


def _against_moving(programme: Programme, setting: Setting) -> Iterator[str]:
    for row in programme.placed:
        agency, parent = setting.agencies.get(row.code), setting.agencies.get(row.parent)
        if agency is None or parent is None:
            continue
        yield from _not_standing(agency, programme.on, ends=True)
        yield from _not_standing(parent, programme.on)
        if agency.parent_id == parent.pk:
            yield f"{agency.name} đã trực thuộc {parent.name}."
        elif agency == parent or parent in Agency.objects.subtree(agency):
            yield f"{parent.name} nằm dưới {agency.name}: chuyển như vậy thì cây tổ chức thành vòng tròn."
        later = agency.former_placements.order_by("-valid_to").first()
        if later and later.valid_to >= programme.eve:
            yield f"{agency.name} đã chuyển cơ quan cấp trên sau ngày {short_date(programme.on)}: chọn ngày muộn hơn."
    yield from _circles(programme, setting)


def _circles(programme: Programme, setting: Setting) -> Iterator[str]:
    """Several moves and foundings that together leave the tree. At most one statement."""
    if len(programme.placed) + len(programme.founded) < 2:
        yield from _bad_parents(programme, setting)
        return
    yield from _bad_parents(programme, setting)
    rows = Agency.objects.filter(Q(uses_system=True)).values_list("code", "parent__code")
    parents: dict[str, str | None] = dict(rows)
    parents |= {row.code: row.parent for row in programme.founded}
    parents |= {row.code: row.parent for row in programme.placed}
    numbers = {code: index for index, code in enumerate(parents)}
    try:
        number_tree({numbers[c]: numbers.get(p or "") for c, p in parents.items()})
    except BrokenTree:
        yield "Các lần chuyển trong lần sắp xếp này tạo thành vòng tròn: mỗi cơ quan phải có đường lên đến gốc."


def _bad_parents(programme: Programme, setting: Setting) -> Iterator[str]:
    ended = {row.code for row in programme.ended}
    for row in programme.founded:
        parent = setting.agencies.get(row.parent)
        if row.parent in ended:
            yield f"{setting.name(row.parent)} kết thúc trong lần này: {row.name} phải trực thuộc cơ quan khác."
        elif parent is not None:
            yield from _not_standing(parent, programme.on)


def title_of(programme: Programme, setting: Setting) -> str:
    """ "Sáp nhập UBND xã A, UBND xã B vào UBND xã C từ 01/7/2025"."""
    if programme.title:
        return programme.title[:400]
    new = {row.code: row.name for row in programme.founded}

    def named(code: str) -> str:
        found = setting.agencies.get(code)
        return found.short_name if found else new.get(code, code)

    olds = ", ".join(named(row.code) for row in programme.ended)
    heirs = ", ".join(dict.fromkeys(named(h.code) for row in programme.ended for h in row.heirs))
    words = {
        Kind.MERGE: lambda: f"Sáp nhập {olds} vào {heirs}",
        Kind.SPLIT: lambda: f"Chia tách {olds} thành {heirs}",
        Kind.CLOSE: lambda: f"Giải thể {olds}, {heirs} kế thừa",
        Kind.RENAME: lambda: ", ".join(f"Đổi tên {named(r.code)} thành {r.name}" for r in programme.renamed),
        Kind.MOVE: lambda: ", ".join(
            f"Chuyển {named(r.code)} về {named(r.parent)}" for r in programme.placed
        ),
        Kind.FOUND: lambda: ", ".join(f"Thành lập {row.name}" for row in programme.founded),
    }
    said = words.get(Kind(programme.kind), lambda: f"Sắp xếp {len(programme.ended)} cơ quan")()
    return f"{said} từ {short_date(programme.on)}"[:400]
