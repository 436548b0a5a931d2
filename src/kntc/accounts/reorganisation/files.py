"""A reorganisation of many agencies as a file: CSV or TOML, read into one programme."""

import csv
import tomllib
from collections.abc import Iterable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from kntc.accounts.reorganisation.programme import (
    Ending,
    Heir,
    Kind,
    NewAgency,
    NewName,
    NewParent,
    Programme,
)
from kntc.audit.errors import InvalidInput

SHIPPED = resources.files("kntc.agencies") / "data" / "reorganisations"
_ACTS = ("found", "end", "rename", "move")
_NEEDED = {
    "found": ("code", "name", "kind", "level", "parent"),
    "end": ("code", "heir"),
    "rename": ("code", "name"),
    "move": ("code", "parent"),
}
Row = dict[str, Any]


def shipped() -> list[str]:
    """Names of the files that come with the system, "2025-07-01"."""
    return sorted(str(path.name).rsplit(".", 1)[0] for path in SHIPPED.iterdir())


def read(name: str, on: date | None = None, title: str = "") -> Programme:
    """A file of ours by its name, or any other by its path. `on` stands in for the day that the file does not say.

    Raises InvalidInput with the line of each fault.
    """
    text, kind, called = _text(name)
    rows, day = _rows(text, kind)
    if faults := [fault for number, row in rows for fault in _faults(number, row)]:
        raise _fault(" ".join(faults[:12]))
    day = on or day or _day(called)
    if day is None:
        raise _fault("Tệp không ghi ngày: hãy thêm --on NGÀY, ví dụ --on 01/7/2025.")
    return _programme([row for _, row in rows], day, title)


def _fault(message: str) -> InvalidInput:
    return InvalidInput({"file": message})


def _text(name: str) -> tuple[str, str, str]:
    path = Path(name)
    if name in shipped():
        return (SHIPPED / f"{name}.csv").read_text(encoding="utf-8"), "csv", name
    if not path.is_file():
        raise _fault(f"Không có tệp “{name}”. Kế hoạch có sẵn: {', '.join(shipped())}.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _fault(f"Tệp “{name}” không phải văn bản UTF-8.") from problem
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("csv", "toml"):
        raise _fault(f"Tệp “{name}” phải là .csv hoặc .toml.")
    return text, kind, path.stem


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _rows(text: str, kind: str) -> tuple[list[tuple[int, Row]], date | None]:
    """(number of line or entry, row), and the day that the file itself says."""
    if kind == "csv":
        reader = csv.DictReader(text.splitlines())
        return [(number, {k: v for k, v in row.items() if k}) for number, row in enumerate(reader, 2)], None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _fault(f"Tệp TOML sai: {problem}.") from problem
    rows = [{"act": act, **row} for act in _ACTS for row in table.get(act, [])]
    unknown = sorted(table.keys() - {*_ACTS, "on"})
    if unknown:
        raise _fault(f"Không có mục “{unknown[0]}”: chỉ có {', '.join(_ACTS)} và on.")
    day = table.get("on")
    return list(enumerate(rows, 1)), day if isinstance(day, date) else None


def _faults(number: int, row: Row) -> Iterable[str]:
    act = row.get("act")
    if act not in _ACTS:
        yield f"Dòng {number}: việc “{act}” không có, chỉ có {', '.join(_ACTS)}."
        return
    missing = [name for name in _NEEDED[act] if not str(row.get(name) or "").strip()]
    if missing:
        yield f"Dòng {number}: thiếu {', '.join(missing)}."


def _programme(rows: list[Row], on: date, title: str) -> Programme:
    by_act = {act: [row for row in rows if row["act"] == act] for act in _ACTS}
    endings: dict[str, dict[str, Heir]] = {}
    for row in by_act["end"]:
        heirs = endings.setdefault(_code(row, "code"), {})
        code = _code(row, "heir")
        known = heirs.get(code, Heir(code))
        heirs[code] = Heir(
            code,
            (*known.places, *_listed(row.get("place"))),
            known.is_default or _yes(row.get("default")),
            (*known.logins, *_listed(row.get("logins"))),
        )
    return Programme(
        Kind.PROGRAMME,
        on,
        founded=tuple(map(_new, by_act["found"])),
        ended=tuple(Ending(code, _one_default(heirs)) for code, heirs in endings.items()),
        renamed=tuple(
            NewName(_code(row, "code"), str(row["name"]), str(row.get("short_name") or ""))
            for row in by_act["rename"]
        ),
        placed=tuple(NewParent(_code(row, "code"), _code(row, "parent")) for row in by_act["move"]),
        title=title,
    )


def _one_default(heirs: dict[str, Heir]) -> tuple[Heir, ...]:
    """A sole heir takes all, whether the file says so or not."""
    if len(heirs) == 1:
        (heir,) = heirs.values()
        return (Heir(heir.code, heir.places, True, heir.logins),)
    return tuple(heirs.values())


def _new(row: Row) -> NewAgency:
    return NewAgency(
        code=_code(row, "code"),
        name=str(row["name"]).strip(),
        parent=_code(row, "parent"),
        level=str(row["level"]).strip(),
        kind=str(row["kind"]).strip(),
        short_name=str(row.get("short_name") or "").strip(),
        place=str(row.get("place") or "").strip() or None,
        aliases=_listed(row.get("aliases")),
    )


def _code(row: Row, name: str) -> str:
    return str(row[name]).strip().upper()


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(part).strip() for part in value)
    return tuple(part.strip() for part in str(value or "").split("|") if part.strip())


def _yes(value: Any) -> bool:
    return str(value or "").strip().lower() in ("1", "true", "x", "có")
