"""Petition numbers: one running count an agency and year, taken under lock."""

from collections.abc import Sequence

from django.db import connection

from kntc.agencies.models import Agency

# Books are locked in one order, so that two importers wait for each other instead of dying together.
_TAKE = """
INSERT INTO petitions_number_book AS book (agency_id, year, last)
SELECT agency, year, count FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS wanted (agency, year, count)
ORDER BY agency, year
ON CONFLICT (agency_id, year) DO UPDATE SET last = book.last + excluded.last
RETURNING agency_id, year, last
"""


def take(wanted: Sequence[tuple[Agency, int, int]]) -> list[list[str]]:
    """For each (agency, year, count) the next numbers of that book; no book is named twice. One statement."""
    columns = [
        [agency.pk for agency, _, _ in wanted],
        [year for _, year, _ in wanted],
        [count for *_, count in wanted],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, columns)
        last = {(agency_id, year): number for agency_id, year, number in cursor.fetchall()}
    return [_written(agency, year, last[agency.pk, year], count) for agency, year, count in wanted]


def _written(agency: Agency, year: int, last: int, count: int) -> list[str]:
    return [f"{agency.code}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]
