"""The history of petitions and of their cases goes to the heir together: one step, in the upper of the two rooms."""

from django.db import migrations

from kntc.audit.history_walls import HistoryGoesWithTheRecord, LogGoesWithTheRecord


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0001_initial"),
        ("petitions", "0008_in_whose_hand"),
        ("audit", "0002_walls"),
    ]

    operations = [
        HistoryGoesWithTheRecord("petitions_petitionevent", "id", "petitions_petition"),
        HistoryGoesWithTheRecord(
            "petitions_petitiontextevent", "petition_id", "petitions_petition", content=True
        ),
        HistoryGoesWithTheRecord("petitions_partyevent", "petition_id", "petitions_petition", content=True),
        LogGoesWithTheRecord("petitions.petition", "petitions_petition"),
        HistoryGoesWithTheRecord("settlement_caseevent", "id", "settlement_case"),
        HistoryGoesWithTheRecord("settlement_suspensionevent", "id", "settlement_suspension"),
    ]
