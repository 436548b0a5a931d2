"""Petition numbers: one running count an agency and year, taken under lock."""

from django.db import connection

from kntc.agencies.models import Agency


def take(agency: Agency, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers of the agency's book of that year. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO petitions_number_book AS book (agency_id, year, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (agency_id, year) DO UPDATE SET last = book.last + excluded.last RETURNING last",
            [agency.pk, year, count],
        )
        last: int = cursor.fetchone()[0]
    return [f"{agency.code}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]
