"""Who may read what a record was: who may read the record today.

An event keeps the keeper of its own time. When agencies merge, records go to the heir and their history has to go
with them, yet nobody rewrites history: so the wall around an event asks for the record's own wall.
"""

from django.db.migrations import RunSQL

from kntc.audit.walls import APP_ROLE, in_scope

_MAY_READ_CONTENT = "(SELECT current_setting('kntc.content', true)) = 'on'"


class HistoryGoesWithTheRecord(RunSQL):
    """Migration operation: an event of `table` stands behind the wall of the row of `walled` that `column` names.

    One look-up by key for each event, so that the page of one record stays as quick as it was.
    """

    def __init__(
        self, table: str, column: str, walled: str, key: str = "id", *, content: bool = False
    ) -> None:
        condition = f"EXISTS (SELECT 1 FROM {walled} w WHERE w.{key} = {table}.{column})"  # noqa: S608 (names of our own tables)
        before = in_scope("keeper_id")
        if content:
            condition, before = (f"{_MAY_READ_CONTENT} AND {rule}" for rule in (condition, before))
        super().__init__(_policy(table, condition), _policy(table, before))


def _policy(table: str, condition: str) -> str:
    return (
        f"DROP POLICY kntc_wall ON {table};"
        f"CREATE POLICY kntc_wall ON {table} FOR ALL TO {APP_ROLE} USING ({condition});"
    )


class LogGoesWithTheRecord(RunSQL):
    """Migration operation: who may see the record of `walled` may read what the log says of it, whoever did it."""

    def __init__(self, subject: str, walled: str) -> None:
        name = f"kntc_log_of_{walled}"
        # CASE: a subject of another kind need not have a number for its key.
        there = f"EXISTS (SELECT 1 FROM {walled} w WHERE w.id = audit_entry.subject_id::bigint)"  # noqa: S608
        super().__init__(
            f"CREATE POLICY {name} ON audit_entry FOR SELECT TO {APP_ROLE}"
            f" USING (CASE WHEN subject_type = '{subject}' THEN {there} ELSE false END);",
            f"DROP POLICY {name} ON audit_entry;",
        )
