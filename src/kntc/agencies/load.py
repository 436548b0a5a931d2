"""Writes the delivered catalogue into the database. What is there stays as people have made it."""

from dataclasses import dataclass

from django.db import connection, transaction

from kntc.agencies.catalogue import REFORM, Catalogue, Entry, Unit, read_unit_successions
from kntc.agencies.models import Agency, AgencyAlias, AgencySuccession, Place, PlaceSuccession
from kntc.agencies.seed import build
from kntc.agencies.tree import renumber
from kntc.vietnamese import fold

_BATCH = 2000


@dataclass(frozen=True)
class Loaded:
    """How many rows were new."""

    places: int
    agencies: int
    aliases: int
    successions: int


@transaction.atomic
def load_catalogues(catalogue: Catalogue | None = None) -> Loaded:
    """Add what the catalogue has and the database has not. Changes and deletes nothing: run it as often as you like.

    Another catalogue than the delivered one: the country of an earlier day.
    """
    catalogue = catalogue or build()
    places = _load_places(catalogue)
    agencies = _load_agencies(catalogue)
    aliases = _load_aliases(catalogue, agencies)
    successions = _load_successions(catalogue)
    if agencies:
        renumber()
    if places or agencies:
        _analyse()
    return Loaded(places, len(agencies), aliases, successions)


def _analyse() -> None:
    # Until statistics exist, PostgreSQL takes the tables for empty and joins them row by row.
    tables = [
        model._meta.db_table for model in (Place, PlaceSuccession, Agency, AgencyAlias, AgencySuccession)
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(tables))


def _load_places(catalogue: Catalogue) -> int:
    known = set(Place.objects.values_list("id", flat=True))
    # Parents stand in rows of their own: provinces, then districts, then communes.
    new = sorted((_place(u) for u in catalogue.units.values() if u.id not in known), key=_place_depth)
    Place.objects.bulk_create(new, batch_size=_BATCH)
    if new:
        links = [
            PlaceSuccession(old_id=old, new_id=new, is_default=is_default)
            for old, new, is_default in read_unit_successions(catalogue.units)
        ]
        PlaceSuccession.objects.bulk_create(links, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def _place_depth(place: Place) -> int:
    return ("P", "LP", "LD", "LC", "C").index(place.id.rstrip("0123456789"))


def _place(unit: Unit) -> Place:
    place = Place(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        lat=unit.lat,
        lon=unit.lon,
    )
    place.clean_keys()
    return place


def _load_agencies(catalogue: Catalogue) -> set[str]:
    """Codes of the agencies that were new."""
    ids = dict(Agency.objects.values_list("code", "id"))
    pending = [entry for entry in catalogue.entries.values() if entry.code not in ids]
    added = {entry.code for entry in pending}
    while pending:
        ready = [entry for entry in pending if entry.parent is None or entry.parent in ids]
        created = Agency.objects.bulk_create([_agency(entry, ids) for entry in ready], batch_size=_BATCH)
        ids.update((agency.code, agency.pk) for agency in created)
        pending = [entry for entry in pending if entry.code not in ids]
    return added


def _agency(entry: Entry, ids: dict[str, int]) -> Agency:
    agency = Agency(
        code=entry.code,
        name=entry.name,
        short_name=entry.short_name,
        kind=entry.kind,
        level=entry.level,
        parent_id=ids[entry.parent] if entry.parent else None,
        place_id=entry.place,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        uses_system=entry.uses_system,
    )
    agency.clean_keys()
    return agency


def _load_aliases(catalogue: Catalogue, codes: set[str]) -> int:
    """Aliases of the agencies just added. An alias that people have removed does not come back."""
    ids = dict(Agency.objects.filter(code__in=codes).values_list("code", "id"))
    aliases = [
        AgencyAlias(agency_id=ids[code], text=text, text_fold=fold(text))
        for code in codes
        for text in {fold(text): text for text in catalogue.entries[code].aliases}.values()
    ]
    AgencyAlias.objects.bulk_create(aliases, batch_size=_BATCH)
    return len(aliases)


def _load_successions(catalogue: Catalogue) -> int:
    known = set(AgencySuccession.objects.values_list("old__code", flat=True))
    new = [link for link in catalogue.successions if link.old not in known]
    codes = {link.old for link in new} | {link.new for link in new}
    ids = dict(Agency.objects.filter(code__in=codes).values_list("code", "id"))
    AgencySuccession.objects.bulk_create(
        [
            AgencySuccession(
                old_id=ids[link.old],
                new_id=ids[link.new],
                on=REFORM,
                place_id=link.place,
                is_default=link.is_default,
            )
            for link in new
        ],
        batch_size=_BATCH,
    )
    return len(new)
