"""Groups and reviews are read within one's scope and written only by who keeps accounts there: they give rights."""

from django.db import migrations

from kntc.audit.walls import APP_ROLE, MANAGES, SYSTEM, EnableOwnWall, in_scope


def narrowed(table: str, read: str) -> list[migrations.operations.base.Operation]:
    """Instead of one policy for everything: reading as before, writing by the keeper of accounts or the system."""
    write = f"({SYSTEM} OR {MANAGES}) AND {read}"
    return [
        migrations.RunSQL(
            f"DROP POLICY kntc_wall ON {table}",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY kntc_wall ON {table} FOR ALL TO {APP_ROLE} USING ({read})",
        ),
        EnableOwnWall(table, read=read, create=write, change=write),
    ]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_delegation_reason")]

    operations = [
        *narrowed("accounts_group", in_scope("agency_id")),
        *narrowed("accounts_access_review", in_scope("agency_id")),
        *narrowed("accounts_membership", "group_id IN (SELECT id FROM accounts_group)"),
        *narrowed("accounts_review_item", "review_id IN (SELECT id FROM accounts_access_review)"),
    ]
