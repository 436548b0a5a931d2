"""The hash chain: writing an entry, and proving that none was changed or taken out."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from kntc.audit.actors import Actor
    from kntc.audit.models import Entry


def digest(previous: str, content: dict[str, Any]) -> str:
    """SHA-256 over the previous hash and the content in one fixed writing."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _plain(value: object) -> str:
    # One instant has one writing, whatever zone the database session speaks.
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def append(
    *,
    by: "Actor",
    action: str,
    agency_id: int | None,
    subject: tuple[str, str],
    reason: str,
    details: dict[str, Any],
) -> "Entry":
    """Add one entry to the agency's chain. Call it last: the chain's head stays locked until the transaction ends."""
    from kntc.audit.models import ChainHead, Entry

    chain = agency_id or 0
    ChainHead.objects.bulk_create([ChainHead(chain=chain)], ignore_conflicts=True)
    head = ChainHead.objects.select_for_update().get(chain=chain)
    entry = Entry(
        chain=chain,
        sequence=head.sequence + 1,
        at=timezone.now(),
        action=action,
        account_id=by.account_id,
        actor=by.name,
        post=by.post_title,
        agency_id=agency_id,
        subject_type=subject[0],
        subject_id=subject[1],
        reason=reason,
        # What the database gives back must be what was hashed: only plain JSON goes in.
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
        previous=head.hash,
    )
    entry.hash = entry.digest()
    _insert(entry)
    ChainHead.objects.filter(chain=chain).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def _insert(entry: "Entry") -> None:
    # Without RETURNING: an answer goes into the chain of an agency whose rows the wall hides from who answers.
    fields = [f for f in entry._meta.concrete_fields if not f.primary_key]
    columns = ", ".join(str(f.column) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [f.get_db_prep_save(getattr(entry, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO audit_entry ({columns}) VALUES ({places})", values)  # noqa: S608


def faults() -> Iterator[str]:
    """Sentences naming each changed or missing entry; none when the log is whole. Three statements, streamed."""
    from kntc.audit.models import ChainHead, Entry

    heads = {head.chain: head for head in ChainHead.objects.all()}
    ends: dict[int, tuple[int, str]] = {}
    for entry in Entry.objects.order_by("chain", "sequence").iterator(chunk_size=2000):
        sequence, last = ends.get(entry.chain, (0, ""))
        if entry.sequence != sequence + 1:
            yield f"Chuỗi {entry.chain}: thiếu mục {sequence + 1} đến {entry.sequence - 1}."
        elif entry.previous != last:
            yield f"Chuỗi {entry.chain}, mục {entry.sequence}: không nối với mục trước."
        if entry.hash != entry.digest():
            yield f"Chuỗi {entry.chain}, mục {entry.sequence} (id {entry.pk}): nội dung đã bị thay đổi."
        ends[entry.chain] = (entry.sequence, entry.hash)
    for chain, head in heads.items():
        sequence, last = ends.get(chain, (0, ""))
        if sequence < head.sequence:
            yield f"Chuỗi {chain}: thiếu mục {sequence + 1} đến {head.sequence} ở cuối."
        elif last != head.hash:
            yield f"Chuỗi {chain}: đầu chuỗi không khớp mục cuối {sequence}."
    for chain in ends.keys() - heads.keys():
        yield f"Chuỗi {chain}: mất đầu chuỗi."
