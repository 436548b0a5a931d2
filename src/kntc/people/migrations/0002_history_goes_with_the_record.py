from django.db import migrations

from kntc.audit.history_walls import HistoryGoesWithTheRecord


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        HistoryGoesWithTheRecord("people_sealedidentityevent", "id", "people_sealed_identity", content=True)
    ]
