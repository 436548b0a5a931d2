"""The list of petitions narrowed to what one import brought in: `/don/?dot_nhap=12`."""

from django.http import QueryDict

from kntc.audit.actors import Actor
from kntc.petitions.extra_filters import Filter
from kntc.petitions.models import PetitionQuerySet
from kntc.registers.models import Batch, ImportedRow

PARAMETER = "dot_nhap"


def batch_filter(query: QueryDict, actor: Actor) -> Filter | None:
    key = query.get(PARAMETER, "")
    if not (key.isdecimal() and len(key) < 18):
        return None
    batch = Batch.objects.visible_to(actor).filter(pk=int(key)).first()
    if batch is None:
        return None

    def apply(petitions: PetitionQuerySet) -> PetitionQuerySet:
        return petitions.filter(pk__in=ImportedRow.objects.filter(batch=batch).values("petition_id"))

    return Filter(apply, f"Nhập từ tệp “{batch.file_name}”")
