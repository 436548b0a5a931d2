"""Correcting what was typed wrong (R29, R56): any field, by the agency that keeps it, with its history."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import ChangedMeanwhile, InvalidInput
from kntc.audit.rights import Right
from kntc.people import vault
from kntc.people.models import SealedIdentity
from kntc.petitions import bulk
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.choices import Kind, PartyRole
from kntc.petitions.derive import settle_values
from kntc.petitions.entry import NewParty, NewPetition
from kntc.petitions.models import Party, Petition, PetitionText
from kntc.petitions.rules import problems
from kntc.petitions.signals import petition_corrected

# The author mends own slips of the day without explaining (R56).
OWN_WINDOW = timedelta(hours=24)

PARTY_FIELDS = (
    "name",
    "role",
    "id_number",
    "birth_year",
    "gender",
    "phone",
    "address",
    "place_id",
    "organisation",
    "body_id",
)


def needs_reason(petition: Petition, by: Actor) -> bool:
    """Whether this actor must say why: everybody but the author within 24 hours of entry."""
    own = petition.entered_by_id is not None and petition.entered_by_id == by.post_id
    return not own or timezone.now() - petition.entered_at > OWN_WINDOW


def entry_of(petition: Petition, identity: dict[str, Any] | None = None) -> NewPetition:
    """The petition as the values it was handed in with. `identity`: the opened vault, where there is one."""
    text = petition.text
    entry = NewPetition(
        agency=petition.agency,
        keeper_id=petition.keeper_id,
        field_code=petition.field,
        matter_id=petition.matter_id,
        backfilled=petition.backfilled,
        summary=text.summary,
        content=text.content,
        prior_note=text.prior_note,
        note=text.note,
        parties=[party_values(party) for party in petition.parties.all()],
        **{name: getattr(petition, name) for name in bulk.PLAIN_FIELDS},
    )
    if identity is not None:
        opened = [NewParty(**values) for values in identity["petitioners"]]
        entry.parties = opened + [party for party in entry.parties if party.role != PartyRole.PETITIONER]
        entry.summary, entry.content = (
            identity["summary"] or entry.summary,
            identity["content"] or entry.content,
        )
    return entry


def party_values(party: Party) -> NewParty:
    """A stored person as handed in."""
    return NewParty(**{name: getattr(party, name) for name in PARTY_FIELDS})


@action("petition.correct", right=Right.CORRECT, locks=("petition",))
def correct_petition(
    *, petition: Petition, entry: NewPetition, version: int, by: Actor, reason: str = ""
) -> Petition:
    """Sửa đơn: `entry` là toàn bộ giá trị sau khi sửa, `version` là lần sửa mà người sửa đã đọc.

    A sealed denouncer whose values are not given (`entry` names no petitioner) stays sealed as he was.
    Raises ChangedMeanwhile, InvalidInput, NotAllowed.
    """
    require_own(petition, by)
    require_live(petition)
    if petition.version != version:
        raise ChangedMeanwhile()
    if needs_reason(petition, by) and not reason.strip():
        raise InvalidInput({"reason": "Hãy ghi lý do sửa (đơn do người khác nhập, hoặc đã nhập quá 24 giờ)."})
    old = petition.parties.filter(sealed__isnull=False).select_related("sealed").first()
    sealed = old.sealed if old else None
    keep = sealed is not None and not any(party.name for party in entry.petitioners)
    check = _with_sealed(entry, sealed, petition.text) if keep else entry
    if found := problems(check, timezone.localdate()):
        raise InvalidInput(found)
    bulk.fill_petition(petition, entry)
    petition.version += 1
    petition.save()
    _rewrite_people(petition, check, sealed)
    petition_corrected.send(Petition, petition=petition, at=timezone.now())
    note(petition, version=petition.version)
    return petition


def _with_sealed(entry: NewPetition, sealed: SealedIdentity | None, text: PetitionText) -> NewPetition:
    """The entry with its sealed petitioner's values, for checks and for sealing again."""
    if sealed is None:
        return entry
    identity = vault.unseal(sealed.cipher)
    # Words left as they were shown (blacked out) stand for the words in the vault.
    if entry.content == text.content:
        entry.content = identity["content"]
    if entry.summary == text.summary:
        entry.summary = identity["summary"] or entry.summary
    opened = [NewParty(**values) for values in identity["petitioners"]]
    entry.parties = opened + [party for party in entry.parties if party.role != PartyRole.PETITIONER]
    return entry


def _rewrite_people(petition: Petition, entry: NewPetition, sealed: SealedIdentity | None) -> None:
    seal_now = petition.kind == Kind.DENUNCIATION and any(p.name or p.id_number for p in entry.petitioners)
    if seal_now:
        sealed = _seal_again(petition, entry, sealed)
    text = PetitionText.objects.get(pk=petition.pk)
    bulk.fill_text(text, petition, entry, seal_now)
    text.save()
    rows = [
        bulk.party_row(party, petition.keeper_id, index, sealed if seal_now else None)
        for index, party in enumerate(entry.parties)
    ]
    for row in rows:
        row.sealed = sealed if seal_now and row.role == PartyRole.PETITIONER else None
    _replace_parties(petition, rows)


def _seal_again(
    petition: Petition, entry: NewPetition, sealed: SealedIdentity | None
) -> SealedIdentity | None:
    fresh = bulk.seal_entry(entry, petition.keeper_id)
    if fresh is None or sealed is None:
        if fresh is not None:
            fresh.save()
        return fresh
    sealed.cipher, sealed.id_blind, sealed.name_blind = fresh.cipher, fresh.id_blind, fresh.name_blind
    sealed.save()
    return sealed


def _replace_parties(petition: Petition, rows: Sequence[Party]) -> None:
    """Rows that stay keep their key, so that history reads as a change and not as a new person."""
    kept = list(petition.parties.order_by("position", "pk"))
    for old, row in zip(kept, rows, strict=False):
        row.pk, row.petition = old.pk, petition
        row.save(force_update=True)
    for row in rows[len(kept) :]:
        row.petition = petition
        row.save(force_insert=True)
    for old in kept[len(rows) :]:
        old.delete()


def refresh(petition: Petition) -> None:
    """Derive anew after a change of the petition's own row and save it under a new version."""
    settle_values(petition)
    petition.version += 1
    petition.save()
