from django.db import migrations

from kntc.audit.walls import EnableWall


class Migration(migrations.Migration):
    """Every table goes by the agency that keeps the register; what rows say needs the right to read content."""

    dependencies = [("registers", "0001_initial"), ("audit", "0002_walls")]

    operations = [
        EnableWall("registers_batch"),
        EnableWall("registers_row_fault", content=True),
        EnableWall("registers_likely_duplicate", content=True),
        EnableWall("registers_imported_row"),
        EnableWall("registers_column_choice"),
        EnableWall("registers_value_meaning"),
    ]
