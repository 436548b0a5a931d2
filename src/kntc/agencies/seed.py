"""Builds the catalogue of bodies from the data files: agencies, the directory, successions."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from kntc.agencies.catalogue import (
    LAST_OLD_DAY,
    REFORM,
    ROOT,
    Catalogue,
    Entry,
    Row,
    Succession,
    Unit,
    bare_name,
    lower_kind,
    read_unit_successions,
    read_units,
    rows,
    tables,
)

BEFORE, NOW = "BDI", "GLA"  # Bình Định as it was became part of Gia Lai as it is
_COMMITTEE, _SHORT_COMMITTEE = "Ủy ban nhân dân", "UBND"


def build() -> Catalogue:
    """The whole catalogue as delivered, parents before children."""
    catalogue = Catalogue(read_units())
    catalogue.add(Entry(ROOT, "Thanh tra Chính phủ", "inspectorate", "central", None, None, None, None, True))
    _add_provinces(catalogue)
    _add_departments(catalogue)
    _add_districts(catalogue)
    _add_communes(catalogue)
    _add_directory(catalogue)
    _add_bodies(catalogue)
    _add_successions(catalogue)
    return catalogue


def _add_committee(catalogue: Catalogue, code: str, level: str, unit: Unit, parent: str) -> None:
    place = lower_kind(unit.name)
    former = former_names().get(unit.id, ())
    catalogue.committee_of[unit.id] = code
    catalogue.add(
        Entry(
            code,
            f"{_COMMITTEE} {place}",
            "committee",
            level,
            parent,
            unit.id,
            unit.valid_from,
            unit.valid_to,
            True,
            f"{_SHORT_COMMITTEE} {place}",
            tuple(f"{_COMMITTEE} {lower_kind(name)}" for name in former),
        )
    )


def _add_provinces(catalogue: Catalogue) -> None:
    for row in rows("provinces.csv"):
        _add_committee(catalogue, row["code"], "province", catalogue.units[row["place"]], ROOT)


def _add_departments(catalogue: Catalogue) -> None:
    for row in rows("departments.csv"):
        province = row["code"].split("-")[0]
        unit = catalogue.units[catalogue.entries[province].place or ""]
        catalogue.add(
            Entry(
                row["code"],
                row["name"],
                row["kind"],
                "department",
                province,
                unit.id,
                unit.valid_from,
                unit.valid_to,
                True,
                row["short_name"],
                _aliases(row["aliases"]),
            )
        )


def _aliases(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _add_districts(catalogue: Catalogue) -> None:
    for row in rows("districts.csv"):
        _add_committee(catalogue, row["code"], "district", catalogue.units[row["place"]], BEFORE)


def _add_communes(catalogue: Catalogue) -> None:
    """Today's communes under their province; Bình Định's old ones under their district."""
    committees = dict(catalogue.committee_of)
    for unit in catalogue.units.values():
        parent = committees.get(unit.parent or "")
        if (
            parent
            and unit.id not in committees
            and unit.kind in {"ward", "commune", "township", "special_zone"}
        ):
            code = f"{parent.split('-')[0]}-{unit.code}"
            _add_committee(catalogue, code, "commune", unit, parent)


def _add_directory(catalogue: Catalogue) -> None:
    former = former_names()
    for template in tables("directory.toml")["body"]:
        for unit in _units_of(catalogue, template):
            catalogue.add(_from_template(catalogue, template, unit, former.get(unit.id, ())))


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Other names under which a unit was known, by place id."""
    names: dict[str, tuple[str, ...]] = {}
    for row in rows("former-names.csv"):
        names[row["place"]] = (*names.get(row["place"], ()), row["name"])
    return names


def _units_of(catalogue: Catalogue, template: dict[str, Any]) -> Iterator[Unit]:
    provinces = [unit for unit in catalogue.units.values() if unit.parent is None]
    if template["each"] == "province":
        listed = {unit.id for unit in provinces if unit.id in catalogue.committee_of}
        yield from (catalogue.units[place] for place in template.get("under", sorted(listed)))
        return
    for province in template["under"]:
        for unit in catalogue.of_parent(province):
            is_district = unit.id.startswith("LD")
            if template["each"] == "district" and is_district:
                yield unit
            elif template["each"] == "commune":
                yield from catalogue.of_parent(unit.id) if is_district else (unit,)


_LEVELS = {"province": "province", "district": "district", "commune": "commune"}


def _from_template(
    catalogue: Catalogue, template: dict[str, Any], unit: Unit, former: tuple[str, ...]
) -> Entry:
    home = _home_code(catalogue, unit)
    names = [_fill(text, unit.name) for text in (template["name"], *template.get("aliases", ()))]
    names += [_fill(template["name"], other) for other in former]
    return Entry(
        code=f"{home}-{template['code']}",
        name=names[0],
        kind=template["kind"],
        level=_LEVELS[template["each"]],
        parent=_parent_code(catalogue, unit),
        place=unit.id,
        # A province's court or police did not begin with the new map; a commune's did.
        valid_from=unit.valid_from if template["each"] == "commune" else None,
        valid_to=unit.valid_to,
        uses_system=False,
        aliases=tuple(dict.fromkeys(names[1:])),
    )


def _home_code(catalogue: Catalogue, unit: Unit) -> str:
    if unit.id in catalogue.committee_of:
        return catalogue.committee_of[unit.id]
    return f"{NOW}-H{unit.code}"  # districts of Gia Lai as it was before 01/7/2025


def _parent_code(catalogue: Catalogue, unit: Unit) -> str:
    return catalogue.committee_of.get(unit.id, NOW)


_PARTY = {"Tỉnh": "Tỉnh ủy", "Huyện": "Huyện ủy", "Thị": "Thị ủy", "Thành": "Thành ủy"}


def _fill(pattern: str, unit_name: str) -> str:
    name = bare_name(unit_name)
    party = f"{_PARTY.get(unit_name.split()[0], 'Đảng ủy')} {name}"
    return pattern.format(place=lower_kind(unit_name), name=name, party=party)


def _add_bodies(catalogue: Catalogue) -> None:
    for row in rows("bodies.csv"):
        parent = row["code"].split("-")[0]
        catalogue.add(_body(row, parent if parent in (BEFORE, NOW) else None))


def _body(row: Row, parent: str | None) -> Entry:
    day = {key: row[key] for key in ("valid_from", "valid_to")}
    return Entry(
        row["code"],
        row["name"],
        row["kind"],
        row["level"],
        parent,
        row["place"] or None,
        REFORM.fromisoformat(day["valid_from"]) if day["valid_from"] else None,
        LAST_OLD_DAY.fromisoformat(day["valid_to"]) if day["valid_to"] else None,
        False,
        aliases=_aliases(row["aliases"]),
    )


def _add_successions(catalogue: Catalogue) -> None:
    catalogue.successions.append(Succession(BEFORE, NOW, None, True))
    for row in rows("departments.csv"):
        if row["successor"]:
            catalogue.successions.append(Succession(row["code"], row["successor"], None, True))
    becomes: dict[str, list[tuple[str, bool]]] = {}
    for old, new, is_default in read_unit_successions(catalogue.units):
        becomes.setdefault(old, []).append((new, is_default))
    for row in rows("districts.csv"):
        catalogue.successions.extend(_of_district(catalogue, row, becomes))
    for place, code in catalogue.committee_of.items():
        if place.startswith("LC"):
            catalogue.successions.extend(_of_commune(catalogue, place, code, becomes))


def _of_district(
    catalogue: Catalogue, row: Row, becomes: dict[str, list[tuple[str, bool]]]
) -> Iterator[Succession]:
    """One for each commune in which a part of the district now lies; the seat's commune answers for the rest."""
    parts = {new for unit in catalogue.of_parent(row["place"]) for new, _ in becomes.get(unit.id, ())} | {
        row["seat"]
    }
    for place in sorted(parts):
        yield Succession(row["code"], catalogue.committee_of[place], place, place == row["seat"])


def _of_commune(
    catalogue: Catalogue, place: str, code: str, becomes: dict[str, list[tuple[str, bool]]]
) -> Iterator[Succession]:
    for new, is_default in becomes.get(place, ()):
        yield Succession(code, catalogue.committee_of[new], new, is_default)
