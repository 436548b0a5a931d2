"""What an agency holds of petitions, for the day on which it is merged, split or closed."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q

from kntc.accounts.reorganisation import holdings, planning
from kntc.petitions.choices import OPEN_STATES, PartyRole
from kntc.petitions.models import NumberBook, Party

# A request asked of two agencies that become one is asked once: the later ones are answered by that.
_ASKED_ONCE = """
WITH wanted AS (
  SELECT r.id, r.petition_id, onward.keeper_id AS asked,
    row_number() OVER (PARTITION BY r.petition_id, onward.keeper_id ORDER BY r.id) AS place
  FROM petitions_void_request r
  JOIN LATERAL (
    SELECT p.keeper_id FROM petitions_petition p
    WHERE p.origin_id = r.petition_id AND p.agency_id IN (SELECT id FROM agencies_agency WHERE id = r.asked_id)
    ORDER BY p.id LIMIT 1
  ) onward ON true
  WHERE r.status = 'waiting' AND r.asked_id = ANY(%s)
), settled AS (
  UPDATE petitions_void_request r SET status = 'refused', answered_at = now(),
    answer = 'Gộp vào đề nghị gửi cơ quan kế thừa do sắp xếp cơ quan.', answered_by = 'Hệ thống'
  FROM wanted w
  WHERE r.id = w.id AND (w.place > 1 OR EXISTS (
    SELECT 1 FROM petitions_void_request other
    WHERE other.petition_id = w.petition_id AND other.asked_id = w.asked AND other.status = 'waiting'))
  RETURNING r.id
)
UPDATE petitions_void_request r SET asked_id = w.asked
FROM wanted w WHERE r.id = w.id AND r.id NOT IN (SELECT id FROM settled)"""

_VIEWS_APART = """
UPDATE petitions_saved_view v SET name = left(v.name, 70) || ' (' || v.id || ')'
FROM unnest(%s::bigint[], %s::bigint[]) AS h (old, new)
WHERE v.post_id = h.old
  AND EXISTS (SELECT 1 FROM petitions_saved_view w WHERE w.post_id = h.new AND w.name = v.name)"""


class PetitionBooks(planning.Books):
    def of(self, agencies: Sequence[int]) -> list[tuple[int, int, int]]:
        rows = NumberBook.objects.filter(agency__in=agencies).order_by("agency", "year")
        return list(rows.values_list("agency_id", "year", "last"))


def register() -> None:
    """Called once, when the room is ready."""
    live = Q(voided_at=None)
    holdings.KINDS |= {
        "petitions.petition": holdings.Kind("Đơn", live & Q(state__in=OPEN_STATES), _addresses),
        "petitions.draft": holdings.Kind("Đơn đang nhập dở"),
        "petitions.voidrequest": holdings.Kind("Đề nghị hủy đơn", Q(status="waiting")),
    }
    holdings.POINTED_TO["people.sealedidentity"] = ("petitions.party", "sealed")
    holdings.AFTER.append(_ask_heirs)
    holdings.BEFORE.append(_views_apart)
    planning.BOOKS.append(PetitionBooks())


def _addresses(keepers: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Of petitions without a place, where the petitioner lives. A sealed denouncer's address tells nothing."""
    rows = Party.objects.filter(
        petition__keeper__in=keepers, petition__place=None, role=PartyRole.PETITIONER
    ).exclude(address="")
    return rows.order_by("petition", "-position").values_list("petition_id", "address")


def _ask_heirs(olds: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED_ONCE, [list(olds)])


def _views_apart(pairs: Sequence[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS_APART, [[old for old, _ in pairs], [new for _, new in pairs]])
