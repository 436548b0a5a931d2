"""Recording the papers that leave with a petition, and what comes back (R44)."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.petitions.actions.correcting import refresh
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.dispatch import next_number, papers_for
from kntc.petitions.models import Dispatch, Paper, Petition, Way
from kntc.vietnamese import short_date, squeeze


@dataclass(frozen=True)
class Sent:
    """What stands on a paper and how it went out. `number` 0: the next of the book."""

    paper: str
    dated_on: date
    sent_on: date
    symbol: str
    number: int = 0
    way: str = Way.POST


@dataclass(frozen=True)
class Reply:
    """What the receiver answered."""

    on: date
    paper: str = ""
    note: str = ""


@action("dispatch.record", right=Right.HANDLE, locks=("petition",))
def record_dispatch(*, petition: Petition, sent: Sent, by: Actor) -> Dispatch:
    """Ghi văn bản chuyển đơn, hướng dẫn, thông báo đã gửi; số lấy theo sổ văn bản đi của cơ quan."""
    require_own(petition, by)
    require_live(petition)
    if sent.paper not in papers_for(petition):
        raise InvalidInput(
            {"paper": "Đơn chưa có kết quả xử lý phù hợp với loại văn bản này. Hãy ghi kết quả xử lý trước."}
        )
    dispatch = Dispatch(
        petition=petition,
        keeper_id=petition.keeper_id,
        agency_id=petition.keeper_id,
        body_id=None if sent.paper == Paper.NOTICE else petition.destination_id,
        recorded_by_id=by.post_id,
    )
    _fill(dispatch, sent)
    _save(dispatch)
    if not petition.handled_paper and sent.paper != Paper.NOTICE:
        petition.handled_paper = dispatch.reference
        refresh(petition)
    note(petition, paper=dispatch.paper, reference=dispatch.reference, body=dispatch.body_id)
    return dispatch


@action("dispatch.correct", right=Right.HANDLE, locks=("dispatch",))
def correct_dispatch(*, dispatch: Dispatch, sent: Sent, by: Actor, reason: str = "") -> Dispatch:
    """Sửa số, ngày, cách gửi của văn bản đã ghi."""
    _require_own(dispatch, by)
    before = dispatch.reference
    _fill(dispatch, sent)
    _save(dispatch)
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=dispatch.petition_id)
    if petition.handled_paper == before and dispatch.reference != before:
        petition.handled_paper = dispatch.reference
        refresh(petition)
    note(petition, reference=dispatch.reference, before=before)
    return dispatch


@action("dispatch.reply", right=Right.HANDLE, locks=("dispatch",))
def record_reply(*, dispatch: Dispatch, reply: Reply, by: Actor) -> Dispatch:
    """Ghi trả lời của cơ quan nhận đơn; ghi lại thì thay cho lần trước."""
    _require_own(dispatch, by)
    if reply.on < dispatch.sent_on:
        raise InvalidInput(
            {"reply_on": f"Ngày trả lời không thể trước ngày gửi ({short_date(dispatch.sent_on)})."}
        )
    _require_come("reply_on", reply.on)
    dispatch.reply_on, dispatch.reply_paper = reply.on, squeeze(reply.paper)[:80]
    dispatch.reply_note = squeeze(reply.note)[:500]
    dispatch.save()
    note(dispatch.petition, reference=dispatch.reference, reply_on=reply.on)
    return dispatch


@action("dispatch.void", right=Right.HANDLE, locks=("dispatch",))
def void_dispatch(*, dispatch: Dispatch, by: Actor, reason: str) -> Dispatch:
    """Hủy văn bản ghi nhầm: số được dùng lại, lịch sử còn giữ."""
    _require_own(dispatch, by)
    if not reason.strip():
        raise InvalidInput({"reason": "Hãy ghi lý do hủy văn bản đã ghi."})
    dispatch.voided_at = timezone.now()
    dispatch.save()
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=dispatch.petition_id)
    if petition.handled_paper == dispatch.reference:
        petition.handled_paper = ""
        refresh(petition)
    note(petition, reference=dispatch.reference)
    return dispatch


def _fill(dispatch: Dispatch, sent: Sent) -> None:
    errors: dict[str, str] = {}
    symbol = squeeze(sent.symbol)
    if not symbol or len(symbol) > 40:
        errors["symbol"] = "Ghi ký hiệu văn bản, ví dụ “PC-UBND” (không quá 40 ký tự)."
    if not 0 <= sent.number < 1_000_000:
        errors["number"] = "Số văn bản là số từ 1 đến 999999."
    if sent.sent_on < sent.dated_on:
        errors["sent_on"] = "Ngày gửi không thể trước ngày của văn bản."
    if sent.dated_on < dispatch.petition.received_on:
        errors["dated_on"] = "Ngày văn bản không thể trước ngày nhận đơn."
    if sent.way not in Way.values:
        errors["way"] = "Chọn cách gửi trong danh sách."
    if errors:
        raise InvalidInput(errors)
    _require_come("sent_on", sent.sent_on)
    dispatch.paper, dispatch.symbol, dispatch.way = sent.paper, symbol, sent.way
    dispatch.dated_on, dispatch.sent_on, dispatch.year = sent.dated_on, sent.sent_on, sent.dated_on.year
    dispatch.number = sent.number or next_number(dispatch.agency_id, dispatch.year, dispatch.paper)


def _save(dispatch: Dispatch) -> None:
    try:
        with transaction.atomic():
            dispatch.save()
    except IntegrityError as clash:
        if "petitions_dispatch_number_once" not in str(clash):
            raise
        following = next_number(dispatch.agency_id, dispatch.year, dispatch.paper)
        raise InvalidInput(
            {
                "number": f"Số {dispatch.number} năm {dispatch.year} đã ghi cho văn bản khác. "
                f"Số tiếp theo của sổ là {following}."
            }
        ) from clash


def _require_own(dispatch: Dispatch, by: Actor) -> None:
    if by.agency_id is not None and dispatch.keeper_id != by.agency_id:
        raise NotAllowed(
            message="Văn bản này do cơ quan khác gửi: chỉ cơ quan đó được sửa, ghi trả lời, hủy."
        )
    if dispatch.voided_at is not None:
        raise Refused("Văn bản này đã hủy. Hãy tải lại trang.")


def _require_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise InvalidInput({field: f"Ngày {day:%d/%m/%Y} chưa đến. Hãy kiểm tra lại năm và tháng."})
