from typing import Any

from django.db import migrations, models

from kntc.vietnamese import fold, name_sort_key


def fill(apps: Any, schema_editor: Any) -> None:
    accounts = apps.get_model("accounts", "Account")
    for account in accounts.objects.only("pk", "full_name").iterator(chunk_size=2000):
        accounts.objects.filter(pk=account.pk).update(
            name_fold=fold(account.full_name)[:150], sort_key=name_sort_key(account.full_name)[:450]
        )


class Migration(migrations.Migration):
    # Filling a table and adding an index to it go in transactions of their own.
    atomic = False

    dependencies = [("accounts", "0003_walls")]

    operations = [
        migrations.AddField("account", "name_fold", models.CharField(default="", max_length=150)),
        migrations.AddField("account", "sort_key", models.CharField(default="", max_length=450)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("account", models.Index(fields=["sort_key", "id"], name="accounts_by_name")),
    ]
