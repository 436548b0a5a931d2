"""Acts at moments gone by: what "now" is while one runs, and the marks of time put right at the end.

Only the demonstration does this: its year has to look lived, through the same actions as everybody's.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time

import pghistory
import pgtrigger
from django.db import connection, models
from django.utils import timezone

from kntc.audit.grants import history_tables
from kntc.petitions.models import Petition, VoidRequest
from kntc.reception.models import Visit

# The day on which the new province and its communes began to work.
FIRST_DAY = date(2025, 7, 1)

# Moments that a column's default takes from the real clock.
_STAMPS: dict[type[models.Model], str] = {
    Petition: "entered_at",
    Visit: "entered_at",
    VoidRequest: "requested_at",
}


class Past:
    def __init__(self) -> None:
        self._moments: dict[type[models.Model], dict[int, datetime]] = defaultdict(dict)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Inside, timezone.now() is `moment`; the history's events keep it until `settle`."""
        real = timezone.now
        timezone.now = lambda: moment
        try:
            with pghistory.context(happened_at=moment.isoformat()):
                yield
        finally:
            timezone.now = real

    def on_the_first_day(self) -> AbstractContextManager[None]:
        return self.at(timezone.make_aware(datetime.combine(FIRST_DAY, time(8))))

    def stamp(self, row: models.Model) -> None:
        """Remember that this new row came into being now (inside `at`)."""
        self._moments[type(row)][row.pk] = timezone.now()

    def settle(self) -> None:
        """Write the moments where PostgreSQL's clock or a column's default wrote the real one."""
        with pgtrigger.ignore(), connection.cursor() as cursor:
            for model, moments in self._moments.items():
                table, column = model._meta.db_table, _STAMPS[model]
                cursor.execute(
                    f"UPDATE {table} SET {column} = given.at"  # noqa: S608 (names of our own tables)
                    " FROM (SELECT unnest(%s::bigint[]) AS id, unnest(%s::timestamptz[]) AS at) AS given"
                    f" WHERE {table}.id = given.id",
                    [list(moments), list(moments.values())],
                )
            cursor.execute(
                "UPDATE petitions_petition SET entered_on = (entered_at AT TIME ZONE %s)::date WHERE id = ANY(%s)",
                [timezone.get_default_timezone_name(), list(self._moments[Petition])],
            )
            for table in history_tables():
                cursor.execute(
                    f"UPDATE {table} SET pgh_created_at = (pgh_context->>'happened_at')::timestamptz,"  # noqa: S608
                    " pgh_context = pgh_context - 'happened_at' WHERE pgh_context ? 'happened_at'"
                )
