"""kntc agencies: the catalogue of bodies at the command line."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kntc.cli import reorganising
from kntc.cli.base import DATE, json_option, show, with_database

if TYPE_CHECKING:
    from kntc.agencies.models import Agency


@click.group(help="Danh mục cơ quan.")
def agencies() -> None:
    """The group."""


reorganising.register(agencies)


@agencies.command(
    "list", help="Liệt kê cơ quan dùng hệ thống; --under CODE: một cơ quan và các đơn vị trực thuộc."
)
@click.option("--under", metavar="CODE", help="Mã cơ quan gốc, ví dụ BDI.")
@json_option
@with_database()
def list_command(under: str | None, as_json: bool) -> None:
    """Without --under the root and the provinces: the whole tree has thousands of lines."""
    from kntc.agencies.models import Agency
    from kntc.agencies.queries import tree

    if under:
        rows = tree(_agency(under))
    else:
        top = Agency.objects.users().filter(level__in=["central", "province"]).order_by("lft")
        rows = [(0 if agency.parent_id is None else 1, agency) for agency in top]
    data = [_line(agency) for _, agency in rows]
    words = "\n".join(f"{'  ' * depth}{agency.code:<14} {_named(agency)}" for depth, agency in rows)
    show(data, as_json, words)


@agencies.command("show", help="Thông tin của một cơ quan.")
@click.argument("code", metavar="CODE")
@json_option
@with_database()
def show_command(code: str, as_json: bool) -> None:
    """Everything about one body, and who answers for it today."""
    from kntc.agencies.queries import keeper_of

    agency = _agency(code)
    keeper = keeper_of(agency)
    data = {
        **_line(agency),
        "short_name": agency.short_name,
        "parent": agency.parent.code if agency.parent else None,
        "place": agency.place.full_name if agency.place else None,
        "uses_system": agency.uses_system,
        "status": agency.status,
        "aliases": list(agency.aliases.order_by("text").values_list("text", flat=True)),
        "keeper": keeper.code,
        "successors": sorted(set(agency.successions.values_list("new__code", flat=True))),
    }
    show(data, as_json, "\n".join(_in_words(data)))


@agencies.command("resolve", help="Tìm cơ quan theo cách viết trong sổ, ví dụ “BQL GPMB tỉnh”.")
@click.argument("text")
@click.option("--near", metavar="CODE", required=True, help="Mã cơ quan viết cách ấy, ví dụ GLA.")
@click.option("--on", type=DATE, default=None, help="Ngày của văn bản; không ghi là hôm nay.")
@json_option
@with_database()
def resolve_command(text: str, near: str, on: date | None, as_json: bool) -> None:
    """Best first."""
    from kntc.agencies.queries import resolve

    matches = resolve(text, near=_agency(near), on=on)
    data = {
        "matches": [{"code": m.agency.code, "name": m.agency.name, "score": m.score} for m in matches],
    }
    words = "\n".join(f"{m.score:.2f}  {m.agency.code:<20} {m.agency.name} ({m.reason})" for m in matches)
    show(data, as_json, words or f"Không tìm thấy cơ quan nào tên là “{text}”.")


def _agency(code: str) -> "Agency":
    from kntc.agencies.models import Agency

    found = Agency.objects.select_related("parent", "place__parent").filter(code=code.strip().upper()).first()
    if found is None:
        raise click.ClickException(f"Không có cơ quan mã “{code}”. Xem các mã: kntc agencies list")
    return found


def _line(agency: "Agency") -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": agency.name,
        "level": agency.level,
        "kind": agency.kind,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
    }


def _named(agency: "Agency") -> str:
    from kntc.vietnamese import short_date

    closed = f" (đến hết {short_date(agency.valid_to)})" if agency.valid_to else ""
    return f"{agency.name}{closed}"


_LABELS = {
    "code": "Mã",
    "name": "Tên",
    "short_name": "Tên gọn",
    "parent": "Cơ quan cấp trên",
    "place": "Địa bàn",
    "valid_from": "Từ ngày",
    "valid_to": "Đến hết ngày",
    "aliases": "Cách viết khác",
    "keeper": "Cơ quan phụ trách hiện nay",
    "successors": "Cơ quan kế thừa",
}


def _in_words(data: dict[str, Any]) -> list[str]:
    def text(value: Any) -> str:
        return "; ".join(value) if isinstance(value, list) else str(value)

    return [f"{label}: {text(data[key])}" for key, label in _LABELS.items() if data[key]]
