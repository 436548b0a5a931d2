"""The result of examining a petition: accept, guide, transfer, return, file away."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import ChangedMeanwhile, InvalidInput
from kntc.audit.rights import Right
from kntc.petitions.actions.correcting import entry_of, refresh
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.models import Petition
from kntc.petitions.rules import problems


@dataclass(frozen=True)
class Result:
    """What the examination ended in."""

    handling: str
    handled_on: date
    paper: str = ""
    destination_id: int | None = None
    field_code: str = ""
    instance: int | None = None


@action("petition.handle", right=Right.HANDLE, locks=("petition",))
def handle_petition(*, petition: Petition, result: Result, version: int, by: Actor) -> Petition:
    """Ghi kết quả xử lý đơn. Raises InvalidInput, ChangedMeanwhile, NotAllowed."""
    require_own(petition, by)
    require_live(petition)
    if petition.version != version:
        raise ChangedMeanwhile()
    petition.handling, petition.handled_on = result.handling, result.handled_on
    petition.handled_paper, petition.destination_id = result.paper, result.destination_id
    petition.field = result.field_code or petition.field
    petition.instance = result.instance or petition.instance
    entry = entry_of(petition)
    # A sealed denouncer has a name, though this step does not open it.
    if any(party.sealed_id for party in petition.parties.all()):
        entry.anonymous = True
    if found := problems(entry, timezone.localdate()):
        raise InvalidInput(found)
    refresh(petition)
    note(petition, number=petition.number, handling=result.handling)
    return petition
