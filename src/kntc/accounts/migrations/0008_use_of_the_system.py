"""What the keepers of accounts get and send about the use of the system: nudges, the monthly census."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from kntc.audit.walls import SYSTEM, EnableOwnWall, EnableWall, own

MY_POST = f"{SYSTEM} OR post_id IN (SELECT id FROM accounts_post WHERE {own('account_id')})"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_group_walls"),
        ("agencies", "0003_agencies_in_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="CensusMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.BooleanField(default=True)),
                ("sent_for", models.DateField(null=True)),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="census_mail",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "db_table": "accounts_census_mail",
            },
        ),
        migrations.CreateModel(
            name="CensusFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="tháng")),
                ("name", models.CharField(max_length=80)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "db_table": "accounts_census_file",
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "month"), name="accounts_census_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Nudge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipients", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nudges",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "db_table": "accounts_nudge",
                "indexes": [models.Index(fields=["agency", "-sent_at"], name="accounts_nudge_newest")],
            },
        ),
        EnableWall("accounts_nudge", "agency_id"),
        EnableWall("accounts_census_file", "agency_id"),
        EnableOwnWall("accounts_census_mail", read=MY_POST, create=MY_POST, change=MY_POST),
    ]
