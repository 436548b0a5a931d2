"""The demonstration's province: its agencies, its people, its days, and what chance decides among them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from django.utils import timezone

from kntc.agencies.models import Agency, Place
from kntc.law.calendar import add_working_days, is_working_day, next_working_day
from kntc.ops.demo.grammar import Grammar, PetitionText, fields_for
from kntc.ops.demo.names import PersonRecord
from kntc.ops.demo.past import FIRST_DAY, Past
from kntc.ops.demo.staff import Staff
from kntc.petitions.choices import Kind, PartyRole, Source
from kntc.petitions.entry import NewParty, NewPetition

T = TypeVar("T")

SEED = "gia-lai-2026"
YEAR = 2026

# How much of the province's mail each agency gets.
RECEIVERS = {
    "GLA": 22, "GLA-BTCD": 12, "GLA-TTR": 7, "GLA-SNNMT": 10, "GLA-SXD": 6, "GLA-SNV": 4, "GLA-SYT": 3,
    "GLA-SGDDT": 3, "GLA-STC": 2, "GLA-23575": 8,
}  # fmt: skip
COMMUNES = 26
COMMUNE_SHARE = 2

# Who is competent, by field: where a petition is guided or passed on to.
COMPETENT = {
    "land": "GLA-SNNMT", "environment": "GLA-SNNMT", "agriculture": "GLA-SNNMT", "construction": "GLA-SXD",
    "transport": "GLA-SXD", "education": "GLA-SGDDT", "health": "GLA-SYT", "policy": "GLA-SNV",
    "service": "GLA-TTR", "corruption": "GLA-TTR", "finance": "GLA-STC", "business": "GLA-SCT",
    "judicial": "GLA-TAND", "security": "GLA-CA", "party": "GLA-TU", "civil": "GLA-STP", "culture": "GLA-SVHTTDL",
    "other": "GLA-VP",
}  # fmt: skip
FORWARDERS = {
    Source.LEADERS: ("GLA-TU",),
    Source.ASSEMBLY: ("GLA-DDBQH", "GLA-HDND"),
    Source.FRONT_PRESS: ("GLA-MTTQ", "B-LD", "B-NLD"),
    Source.OTHER_AGENCY: ("GLA-VP", "GLA-CA", "TTCP"),
}
SOURCES = {
    Source.COUNTER: 34, Source.POST: 30, Source.ONLINE: 14, Source.OTHER_AGENCY: 7, Source.ASSEMBLY: 6,
    Source.FRONT_PRESS: 4, Source.LEADERS: 3, Source.SUGGESTION_BOX: 2,
}  # fmt: skip


class World:
    """Deterministic: the same last day gives the same year."""

    # Starts a story beside the one that is told; set by who plays the year.
    begin: Callable[[Iterator[datetime]], None]

    def __init__(self, last_day: date) -> None:
        self.random = Random(SEED)
        self.grammar = Grammar(SEED)
        self.past = Past()
        self.staff = Staff(self.grammar, self.past)
        self.last_day = last_day
        year = date(YEAR, 1, 1)
        # Tried before the year has begun to fill: the months before stand in for it.
        self.first_day = year if last_day >= date(YEAR, 3, 1) else max(FIRST_DAY, last_day - timedelta(330))
        communes = Agency.objects.users().filter(parent__code="GLA", level="commune").select_related("place")
        self.communes = list(communes.order_by("code"))
        codes = {*RECEIVERS, *COMPETENT.values(), *(code for codes in FORWARDERS.values() for code in codes)}
        self.agencies = {
            agency.code: agency for agency in Agency.objects.filter(code__in=codes).select_related("place")
        }
        busy = self.random.sample([c for c in self.communes if c.code not in RECEIVERS], COMMUNES)
        self._receivers = {self.agencies[code]: weight for code, weight in RECEIVERS.items()}
        self._receivers |= dict.fromkeys(busy, COMMUNE_SHARE)

    def weighted(self, shares: dict[T, int] | dict[T, float]) -> T:
        return self.random.choices(list(shares), list(shares.values()))[0]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def receiver(self) -> Agency:
        return self.weighted(self._receivers)

    def place_of(self, agency: Agency) -> Place:
        """Where the matter lies: the commune itself, or one of the province."""
        commune = agency if agency.level == "commune" else self.random.choice(self.communes)
        if commune.place is None:
            raise LookupError(f"{commune.code} stands nowhere")
        return commune.place

    def commune_of(self, place_id: str | None) -> Agency:
        return next(c for c in self.communes if c.place_id == place_id)

    def working_day(self) -> date:
        """A day of the year so far."""
        span = (self.last_day - self.first_day).days
        day = next_working_day(self.first_day + timedelta(self.random.randint(0, span)))
        return day if day <= self.last_day else self.last_day

    def after(self, day: date, least: int, most: int) -> date:
        """A working day, so many working days later."""
        return add_working_days(day, self.random.randint(least, most))

    def moment(self, day: date) -> datetime:
        """A minute of the day at which an office works."""
        hour, minute = self.random.choice((7, 8, 8, 9, 9, 10, 13, 14, 14, 15, 16)), self.random.randint(0, 59)
        return timezone.make_aware(datetime.combine(day, time(hour, minute, self.random.randint(0, 59))))

    def entered(self, received_on: date) -> datetime:
        """When a paper is typed in: mostly the day it came, now and then much later (R13)."""
        late = self.weighted({0: 78, 1: 12, 3: 6, 8: 4})
        day = add_working_days(received_on, late) if late else received_on
        return self.moment(day if is_working_day(day) or not late else next_working_day(day))

    def text(self, kind: str, place: Place, day: date, instance: int = 1) -> PetitionText:
        return self.grammar.petition(
            kind, self.random.choice(fields_for(kind)), place.name, day, instance=instance
        )

    def competent(self, field: str, place_id: str | None, other_than: Agency) -> Agency:
        """Who should have got it."""
        found = self.agencies[COMPETENT[field.partition(".")[0]]]
        return found if found != other_than else self.commune_of(place_id)

    def paper(self, agency: Agency, sort: str, day: date) -> str:
        short = agency.code.rpartition("-")[2]
        issuer = "UBND" if short.isdigit() or short == "GLA" else short
        return f"{self.random.randint(12, 2400)}/{sort}-{issuer} ngày {day:%d/%m/%Y}"

    def entry(self, agency: Agency, kind: str, received_on: date, instance: int = 1) -> NewPetition:
        """A new petition as it lies on the table of its receiver."""
        place = self.place_of(agency)
        text = self.text(kind, place, received_on, instance)
        anonymous = kind == Kind.DENUNCIATION and self.chance(0.25)
        entry = NewPetition(
            agency=agency,
            kind=kind,
            source=Source.SUGGESTION_BOX if anonymous and self.chance(0.4) else self.weighted(SOURCES),
            received_on=received_on,
            written_on=received_on - timedelta(self.random.randint(0, 6)),
            summary=text.title,
            content=text.content,
            signatories=text.signatories,
            anonymous=anonymous,
            # A clerk in a hurry leaves the field for later.
            field_code=text.field if self.chance(0.94) else "",
            instance=instance if kind != Kind.REFLECTION else None,
            place_id=place.pk,
            parties=[*([] if anonymous else [petitioner(text.petitioner, place)]), *respondents(text, kind)],
        )
        if kind == Kind.REFLECTION:
            entry.reflection_kind = self.weighted({"proposal": 45, "feedback": 50, "": 5})
        if forwarders := FORWARDERS.get(Source(entry.source)):
            self.forwarded(entry, self.agencies[self.random.choice(forwarders)])
        return entry

    def forwarded(self, entry: NewPetition, body: Agency) -> None:
        if body.pk == entry.agency.pk:
            entry.source = Source.POST
            return
        entry.source_body_id = body.pk
        entry.source_paper = self.paper(body, "PC", entry.written_on or entry.received_on)

    def pick(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)


def petitioner(person: PersonRecord, place: Place) -> NewParty:
    return NewParty(
        name=person.name,
        id_number=person.id_number,
        birth_year=person.birth_year,
        gender=person.gender,
        phone=person.phone,
        address=person.address,
        place_id=place.pk,
    )


def respondents(text: PetitionText, kind: str) -> list[NewParty]:
    if not text.respondent:
        return []
    if kind == Kind.DENUNCIATION:
        name, _, post = text.respondent.partition(", ")
        return [NewParty(name=name, organisation=post, role=PartyRole.RESPONDENT)]
    return [NewParty(organisation=text.respondent, role=PartyRole.RESPONDENT)]
