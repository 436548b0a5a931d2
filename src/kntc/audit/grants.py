"""What the application role may do with which table; set anew after every migration."""

from typing import Any

from django.apps import apps
from django.db import connection

from kntc.audit.walls import APP_ROLE

# The log and the history only grow: nobody who serves a request can change or remove what they say.
APPEND_ONLY = ("audit_entry",)


def create_role(**_: Any) -> None:
    """Create the role that owns nothing (before the first migration, whose policies name it)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DO $$ BEGIN CREATE ROLE {APP_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
            " WHEN unique_violation THEN NULL; END $$"
        )


def grant(**_: Any) -> None:
    """Give the application role its rights on all tables of the schema."""
    with connection.cursor() as cursor:
        standing = set(connection.introspection.table_names(cursor))
        # Migrating to an earlier state leaves models without their table.
        tables = [table for table in (*APPEND_ONLY, *history_tables()) if table in standing]
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {APP_ROLE};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};"
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};"
            f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE};"
            f"GRANT {APP_ROLE} TO CURRENT_USER;"
        )
        for table in tables:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}")


def history_tables() -> list[str]:
    """Names of the tables in which triggers keep what a record was before a change."""
    return [model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
