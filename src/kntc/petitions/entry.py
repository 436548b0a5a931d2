"""What somebody hands in: a petition's values before it is one. The form, the importer and the API all speak this."""

from dataclasses import dataclass, field
from datetime import date

from kntc.agencies.models import Agency
from kntc.petitions.choices import PartyRole


@dataclass(slots=True)
class NewParty:
    """A person named on the petition, as written."""

    name: str = ""
    role: str = PartyRole.PETITIONER
    id_number: str = ""
    birth_year: int | None = None
    gender: str = ""
    phone: str = ""
    address: str = ""
    place_id: str | None = None
    organisation: str = ""
    body_id: int | None = None


@dataclass(slots=True)
class NewPetition:
    """A petition to be registered. Keys are numbers of rows, so that 100,000 of them stay light."""

    agency: Agency
    kind: str
    source: str
    received_on: date
    keeper_id: int | None = None
    reflection_kind: str = ""
    summary: str = ""
    content: str = ""
    parties: list[NewParty] = field(default_factory=list)
    source_body_id: int | None = None
    source_paper: str = ""
    written_on: date | None = None
    signatories: int = 1
    anonymous: bool = False
    field_code: str = ""
    instance: int | None = None
    eligible: bool | None = None
    competent: bool | None = None
    handling: str = ""
    handled_on: date | None = None
    handled_paper: str = ""
    settled: bool = False  # an old register says so; what is entered live is settled by its case
    destination_id: int | None = None
    prior_body_id: int | None = None
    prior_note: str = ""
    note: str = ""
    place_id: str | None = None
    origin_id: int | None = None
    matter_id: int | None = None
    backfilled: bool = False

    @property
    def petitioners(self) -> list[NewParty]:
        return [party for party in self.parties if party.role == PartyRole.PETITIONER]
