from django.db import migrations

from kntc.audit.history_walls import HistoryGoesWithTheRecord


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial")]

    operations = [HistoryGoesWithTheRecord("reception_visitevent", "id", "reception_visit", content=True)]
