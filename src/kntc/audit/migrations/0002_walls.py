from django.db import migrations

from kntc.audit.walls import APP_ROLE, in_scope


class Migration(migrations.Migration):
    """The log: everybody adds, each reads what belongs to the own part of the tree. It only grows."""

    dependencies = [("audit", "0001_initial"), ("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY kntc_wall ON audit_entry FOR SELECT TO {APP_ROLE} USING ({in_scope('agency_id')});"
            f"CREATE POLICY kntc_add ON audit_entry FOR INSERT TO {APP_ROLE} WITH CHECK (true);",
            "DROP POLICY kntc_wall ON audit_entry; DROP POLICY kntc_add ON audit_entry;"
            "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;",
        )
    ]
