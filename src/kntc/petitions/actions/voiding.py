"""Voiding an entry made wrongly, and taking that back (R31, R32). Nothing is deleted."""

from collections.abc import Sequence

from django.utils import timezone

from kntc.accounts.officers import Officer, posts_at
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.audit.walls import beyond_scope
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.choices import Handling
from kntc.petitions.models import Petition, VoidRequest
from kntc.petitions.signals import petition_restored, petition_voided


class ActedOnElsewhere(Refused):
    """Another agency has built on the entry: it must agree before the entry goes."""

    def __init__(self, number: str, agencies: Sequence[Agency]) -> None:
        self.agencies = list(agencies)
        names = ", ".join(agency.name for agency in self.agencies)
        super().__init__(
            f"Đơn {number} đã được {names} tiếp nhận, xử lý tiếp nên chưa hủy ngay được. "
            "Hãy bấm “Đề nghị hủy”: cơ quan đó đồng ý thì đơn được hủy."
        )


def built_on_by(petition: Petition) -> list[Agency]:
    """Other agencies whose live petitions continue this one. Looks beyond the officer's own scope."""
    with beyond_scope():
        keepers = (
            Petition.objects.live()
            .filter(origin=petition)
            .exclude(keeper_id=petition.keeper_id)
            .values("keeper_id")
        )
        return list(Agency.objects.filter(pk__in=keepers).order_by("pk"))


class NeedsSecondPair(Refused):
    """An accepted entry goes only when a colleague agrees (R32)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Đơn {number} đã thụ lý nên cần người thứ hai của cơ quan đồng ý. "
            "Hãy bấm “Đề nghị hủy”: một đồng nghiệp có quyền hủy đơn đồng ý thì đơn được hủy."
        )


def consent_of(petition: Petition, by: Actor) -> list[Agency]:
    """Who must agree before this entry goes: agencies that built on it, the own one for a second pair of eyes."""
    own = [petition.keeper] if _needs_second_pair(petition, by) else []
    return own + built_on_by(petition)


def _needs_second_pair(petition: Petition, by: Actor) -> bool:
    """Accepted, and there is somebody else who could look: an agency of one person is not held up for ever."""
    if by.post_id is None or petition.handling != Handling.ACCEPT:
        return False
    others = posts_at(petition.keeper).exclude(account=by.account_id)
    return any(Officer(post).has_right(Right.VOID) for post in others)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput({"reason": "Hãy ghi lý do hủy, ví dụ: “nhập trùng với đơn số …”."})


@action("petition.void", right=Right.VOID, locks=("petition",))
def void_petition(*, petition: Petition, reason: str, by: Actor) -> Petition:
    """Hủy đơn nhập sai (R31). Raises ActedOnElsewhere, NeedsSecondPair where somebody must agree first."""
    require_own(petition, by)
    require_live(petition)
    _demand_reason(reason)
    if _needs_second_pair(petition, by):
        raise NeedsSecondPair(petition.number)
    if agencies := built_on_by(petition):
        raise ActedOnElsewhere(petition.number, agencies)
    _void(petition)
    note(petition, number=petition.number)
    return petition


def _void(petition: Petition) -> None:
    petition.voided_at = timezone.now()
    petition.version += 1
    petition.save(update_fields=["voided_at", "version"])
    petition_voided.send(Petition, petition=petition, at=petition.voided_at)


@action("petition.restore", right=Right.RESTORE, locks=("petition",))
def restore_petition(*, petition: Petition, by: Actor, reason: str = "") -> Petition:
    """Khôi phục đơn đã hủy về đúng trạng thái trước khi hủy."""
    require_own(petition, by)
    if petition.voided_at is None:
        raise Refused(f"Đơn {petition.number} không ở trạng thái đã hủy; có thể người khác vừa khôi phục.")
    at = petition.voided_at
    petition.voided_at = None
    petition.version += 1
    petition.save(update_fields=["voided_at", "version"])
    petition_restored.send(Petition, petition=petition, at=at)
    note(petition, number=petition.number)
    return petition


@action("petition.ask-void", right=Right.VOID, locks=("petition",))
def ask_to_void(*, petition: Petition, reason: str, by: Actor) -> list[VoidRequest]:
    """Đề nghị đồng ý hủy: cơ quan đã xử lý tiếp, người thứ hai của cơ quan với đơn đã thụ lý (R32)."""
    require_own(petition, by)
    require_live(petition)
    _demand_reason(reason)
    agencies = consent_of(petition, by)
    if not agencies:
        raise Refused("Không ai phải đồng ý trước: có thể hủy ngay đơn này, không cần đề nghị.")
    who = f"{by.name}, {by.post_title}"
    with beyond_scope():
        requests = [
            VoidRequest.objects.get_or_create(
                petition=petition,
                asked=agency,
                status=VoidRequest.Status.WAITING,
                defaults={
                    "keeper_id": petition.keeper_id,
                    "number": petition.number,
                    "reason": reason,
                    "requested_by": who,
                    "requested_post_id": by.post_id,
                },
            )[0]
            for agency in agencies
        ]
    note(petition, number=petition.number, asked=[agency.code for agency in agencies])
    return requests


@action("petition.answer-void", right=Right.VOID, locks=("request",))
def answer_void_request(*, request: VoidRequest, agree: bool, answer: str, by: Actor) -> VoidRequest:
    """Trả lời đề nghị hủy của cơ quan khác; cơ quan cuối cùng đồng ý thì đơn được hủy."""
    if by.agency_id is not None and request.asked_id != by.agency_id:
        raise NotAllowed(message="Đề nghị hủy này gửi cho cơ quan khác.")
    if _asked_himself(request, by):
        raise NotAllowed(message="Đề nghị này do chính bạn gửi: cần một đồng nghiệp khác xem và trả lời.")
    if request.status != VoidRequest.Status.WAITING:
        raise Refused("Đề nghị hủy này đã được trả lời; hãy tải lại danh sách.")
    if not agree and not answer.strip():
        raise InvalidInput({"answer": "Hãy ghi lý do không đồng ý để cơ quan đề nghị biết."})
    request.status = VoidRequest.Status.AGREED if agree else VoidRequest.Status.REFUSED
    request.answer, request.answered_at = answer, timezone.now()
    request.answered_by = f"{by.name}, {by.post_title}"
    request.save()
    if agree:
        _void_when_all_agree(request)
    note(request, agency_id=request.keeper_id, number=request.number, agree=agree)
    return request


def _asked_himself(request: VoidRequest, by: Actor) -> bool:
    asker = request.requested_post
    return request.asked_id == request.keeper_id and asker is not None and asker.account_id == by.account_id


def _void_when_all_agree(request: VoidRequest) -> None:
    # The asking agency already decided; the one asked only stood in the way. So its yes lets the void through.
    with beyond_scope():
        waiting = VoidRequest.objects.filter(petition_id=request.petition_id).exclude(
            status=VoidRequest.Status.AGREED
        )
        petition = Petition.objects.select_for_update().get(pk=request.petition_id)
        if not waiting.exists() and petition.voided_at is None:
            _void(petition)
