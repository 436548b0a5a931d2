"""kntc agencies merge|split|rename|close|move|found|reorganise|changes|cancel|undo: agencies in time."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kntc.cli.base import DATE, json_option, show, with_database

if TYPE_CHECKING:
    from kntc.accounts.reorganisation.plan import Plan
    from kntc.accounts.reorganisation.programme import NewAgency, Programme
    from kntc.agencies.models import Agency, AgencyChange

on_option = click.option(
    "--on", type=DATE, default=None, help="Ngày đầu tiên của tổ chức mới; không ghi là hôm nay."
)
dry_option = click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không thay đổi gì.")
reason_option = click.option("--reason", default="", help="Căn cứ, ví dụ số nghị quyết.")


def register(group: click.Group) -> None:
    for command in (merge, split, rename, close, move, found, reorganise, changes, cancel, undo):
        group.add_command(command)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (json_option, reason_option, dry_option, on_option):
        command = option(command)
    return command


def _day(on: date | None) -> date:
    from django.utils import timezone

    return on or timezone.localdate()


def _run(programme: "Programme", dry_run: bool, as_json: bool) -> None:
    """Preview or act, and print the plan or the report."""
    from kntc.accounts.reorganisation import actions, plan
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as

    by = SystemActor()
    with acting_as(by):
        if dry_run:
            found = actions.preview(programme, by)
            data = {"dry_run": True, "change": None, "status": "preview", **found.as_json()}
        else:
            change = actions.do(programme, by)
            found = plan.from_json(change.report)
            data = {"dry_run": False, "change": change.pk, "status": change.status, **change.report}
    show(data, as_json, "\n".join(_words(found, data["status"], data["change"])))


def _words(plan: "Plan", status: str, change: int | None) -> list[str]:
    heads = {
        "preview": "Xem trước, chưa thay đổi gì",
        "planned": f"Đã lập kế hoạch (việc {change}), sẽ thực hiện vào ngày đó",
        "done": f"Đã thực hiện (việc {change})",
    }
    lines = [plan.title, heads[status], ""]
    if plan.founded:
        lines.append(f"Thành lập {len(plan.founded)} cơ quan: {_some(plan.founded)}")
    if plan.ended:
        lines.append(f"Kết thúc {len(plan.ended)} cơ quan: {_some(plan.ended)}")
    lines += [f"Đổi tên {row['code']}: {row['before']} → {row['after']}" for row in plan.renamed]
    lines += [f"Chuyển {row['code']}: {row['before']} → {row['after']}" for row in plan.placed]
    lines += [
        f"{line.label}: {line.count} (đang mở {line.open}"
        + (f", {line.untold} không rõ địa bàn)" if line.untold else ")")
        for line in plan.by_kind
    ]
    by_heir = [line for line in plan.by_heir if line.kind == "petitions.petition"]
    lines += [f"  → {line.new:<14} {line.count:>6} đơn" for line in by_heir[:40]]
    if len(by_heir) > 40:
        lines.append(f"  … và {len(by_heir) - 40} cơ quan khác")
    lines.append(f"Vị trí công tác chuyển theo: {len(plan.posts)}; nhóm: {len(plan.groups)}")
    return [*lines, *plan.notices]


def _some(codes: list[str]) -> str:
    return ", ".join(codes[:12]) + (f" … (+{len(codes) - 12})" if len(codes) > 12 else "")


def _code(text: str) -> str:
    return text.strip().upper()


def _like(old: str, code: str, name: str, **values: str | None) -> "NewAgency":
    """A new agency of the same sort as an old one: what is not said is as it was there."""
    from kntc.accounts.reorganisation.programme import NewAgency

    model = _agency(old)
    return NewAgency(
        code=_code(code),
        name=name,
        parent=_code(values.get("parent") or (model.parent.code if model.parent else "")),
        level=values.get("level") or model.level,
        kind=values.get("kind") or model.kind,
        short_name=values.get("short_name") or "",
        place=values.get("place"),
    )


def _agency(code: str) -> "Agency":
    from kntc.agencies.models import Agency

    found = Agency.objects.select_related("parent").filter(code=_code(code)).first()
    if found is None:
        raise click.ClickException(f"Không có cơ quan mã “{code}”. Xem các mã: kntc agencies list")
    return found


@click.command(help="Sáp nhập: kntc agencies merge A B --into C. --name: C là cơ quan thành lập mới.")
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
@click.option("--into", required=True, metavar="CODE", help="Cơ quan nhận, đang có hoặc mới.")
@click.option("--name", default="", help="Tên của cơ quan mới; không ghi nghĩa là cơ quan nhận đã có.")
@click.option("--short-name", default="", help="Tên gọn của cơ quan mới.")
@click.option(
    "--parent", default="", metavar="CODE", help="Cấp trên của cơ quan mới; mặc định như cơ quan cũ."
)
@click.option("--place", default=None, metavar="ID", help="Mã địa bàn của cơ quan mới.")
@_options
@with_database()
def merge(
    codes: tuple[str, ...],
    into: str,
    name: str,
    short_name: str,
    parent: str,
    place: str | None,
    on: date | None,
    dry_run: bool,
    reason: str,
    as_json: bool,
) -> None:
    """A, B → C."""
    from kntc.accounts.reorganisation import programme

    new = _like(codes[0], into, name, parent=parent, short_name=short_name, place=place) if name else None
    olds = [_code(code) for code in codes]
    _run(programme.merger(olds, _code(into), _day(on), new=new, reason=reason), dry_run, as_json)


@click.command(help="Chia tách: kntc agencies split A --to B=C21601,C21592 --to C=C21553 --rest B.")
@click.argument("code", metavar="CODE")
@click.option(
    "--to", "parts", multiple=True, required=True, metavar="CODE[=ĐỊA BÀN,…]", help="Cơ quan kế thừa."
)
@click.option("--rest", required=True, metavar="CODE", help="Cơ quan nhận phần không rõ địa bàn.")
@click.option("--found", "names", multiple=True, metavar="CODE=TÊN", help="Thành lập cơ quan kế thừa này.")
@click.option("--person", "people", multiple=True, metavar="LOGIN=CODE", help="Người này về cơ quan ấy.")
@_options
@with_database()
def split(
    code: str,
    parts: tuple[str, ...],
    rest: str,
    names: tuple[str, ...],
    people: tuple[str, ...],
    on: date | None,
    dry_run: bool,
    reason: str,
    as_json: bool,
) -> None:
    """A → B, C by place."""
    from kntc.accounts.reorganisation import programme

    logins: dict[str, list[str]] = {}
    for login, heir in (_pair(text, "--person") for text in people):
        logins.setdefault(_code(heir), []).append(login.lower())
    heirs = [
        programme.Heir(
            _code(heir),
            tuple(_code(place) for place in places.split(",") if place.strip()),
            _code(heir) == _code(rest),
            tuple(logins.get(_code(heir), ())),
        )
        for heir, _, places in (part.partition("=") for part in parts)
    ]
    new = [_like(code, heir, name) for heir, name in (_pair(text, "--found") for text in names)]
    asked = programme.division(_code(code), heirs, _day(on), new=new, reason=reason)
    _run(asked, dry_run, as_json)


def _pair(text: str, option: str) -> tuple[str, str]:
    left, found, right = text.partition("=")
    if not found or not left.strip() or not right.strip():
        raise click.ClickException(f"{option} “{text}” phải có dạng TRÁI=PHẢI.")
    return left.strip(), right.strip()


@click.command(help="Đổi tên từ một ngày; giấy tờ của ngày trước vẫn ghi tên cũ.")
@click.argument("code", metavar="CODE")
@click.argument("name", metavar="TÊN")
@click.option("--short-name", default="", help="Tên gọn.")
@_options
@with_database()
def rename(
    code: str, name: str, short_name: str, on: date | None, dry_run: bool, reason: str, as_json: bool
) -> None:
    from kntc.accounts.reorganisation import programme

    asked = programme.renaming(_code(code), name, _day(on), short_name=short_name, reason=reason)
    _run(asked, dry_run, as_json)


@click.command(help="Giải thể, giao việc cho cơ quan kế thừa.")
@click.argument("code", metavar="CODE")
@click.option("--successor", required=True, metavar="CODE", help="Cơ quan kế thừa.")
@_options
@with_database()
def close(code: str, successor: str, on: date | None, dry_run: bool, reason: str, as_json: bool) -> None:
    from kntc.accounts.reorganisation import programme

    _run(programme.closing(_code(code), _code(successor), _day(on), reason=reason), dry_run, as_json)


@click.command(help="Chuyển về cơ quan cấp trên khác, cùng các đơn vị trực thuộc.")
@click.argument("code", metavar="CODE")
@click.option("--under", required=True, metavar="CODE", help="Cơ quan cấp trên mới.")
@_options
@with_database()
def move(code: str, under: str, on: date | None, dry_run: bool, reason: str, as_json: bool) -> None:
    from kntc.accounts.reorganisation import programme

    _run(programme.placing(_code(code), _code(under), _day(on), reason=reason), dry_run, as_json)


@click.command(help="Thành lập cơ quan dùng hệ thống.")
@click.argument("code", metavar="CODE")
@click.argument("name", metavar="TÊN")
@click.option("--parent", required=True, metavar="CODE", help="Cơ quan cấp trên.")
@click.option("--level", required=True, help="Cấp: province, department, district, commune …")
@click.option("--kind", default="committee", help="Loại: committee, inspectorate, department …")
@click.option("--short-name", default="", help="Tên gọn.")
@click.option("--place", default=None, metavar="ID", help="Mã địa bàn.")
@_options
@with_database()
def found(
    code: str,
    name: str,
    parent: str,
    level: str,
    kind: str,
    short_name: str,
    place: str | None,
    on: date | None,
    dry_run: bool,
    reason: str,
    as_json: bool,
) -> None:
    from kntc.accounts.reorganisation import programme

    new = programme.NewAgency(_code(code), name, _code(parent), level, kind, short_name, place)
    _run(programme.founding(new, _day(on), reason=reason), dry_run, as_json)


@click.command(
    help="Sắp xếp nhiều cơ quan theo tệp CSV, TOML hoặc kế hoạch có sẵn (2025-07-01), trong một lần."
)
@click.argument("file", metavar="FILE")
@on_option
@dry_option
@json_option
@with_database()
def reorganise(file: str, on: date | None, dry_run: bool, as_json: bool) -> None:
    from kntc.accounts.reorganisation import files

    _run(files.read(file, on), dry_run, as_json)


@click.command(help="Các việc sắp xếp đã lập và đã thực hiện.")
@json_option
@with_database()
def changes(as_json: bool) -> None:
    from kntc.agencies.models import AgencyChange

    rows = [
        _line(change) for change in AgencyChange.objects.defer("moved", "programme").order_by("-pk")[:200]
    ]
    words = "\n".join(f"{r['change']:>5}  {r['on']}  {r['status']:<10} {r['title']}" for r in rows)
    show({"changes": rows}, as_json, words or "Chưa có việc sắp xếp nào.")


def _line(change: "AgencyChange") -> dict[str, Any]:
    return {
        "change": change.pk,
        "kind": change.kind,
        "on": change.on,
        "status": change.status,
        "title": change.title,
        "totals": change.report.get("totals", {}),
        "problem": change.problem,
    }


@click.command(help="Hủy một việc sắp xếp chưa đến ngày.")
@click.argument("number", type=int, metavar="SỐ")
@json_option
@with_database()
def cancel(number: int, as_json: bool) -> None:
    from kntc.accounts.reorganisation.actions import cancel_change

    _on_change(number, cancel_change, as_json)


@click.command(help="Hoàn tác một việc sắp xếp khi chưa có việc gì dựa trên đó.")
@click.argument("number", type=int, metavar="SỐ")
@json_option
@with_database()
def undo(number: int, as_json: bool) -> None:
    from kntc.accounts.reorganisation.actions import undo_change

    _on_change(number, undo_change, as_json)


def _on_change(number: int, act: Callable[..., "AgencyChange"], as_json: bool) -> None:
    from kntc.agencies.models import AgencyChange
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as

    change = AgencyChange.objects.filter(pk=number).first()
    if change is None:
        raise click.ClickException(f"Không có việc sắp xếp số {number}. Xem: kntc agencies changes")
    by = SystemActor()
    with acting_as(by):
        done = act(change=change, by=by)
    show(_line(done), as_json, f"{done.title}: {done.get_status_display().lower()}.")
