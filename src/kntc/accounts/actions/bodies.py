"""Keeping the directory of bodies in order: review of proposals, corrections, merges.

The mechanics stand in agencies; who may do this to whose body is an act of administration, unknown in that room.
Whoever reviews the merged body decides: what it is merged into may be of another province or of the country.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.models import Account, Message
from kntc.agencies import merging
from kntc.agencies.actions import check_body, level_of
from kntc.agencies.models import Agency, AgencyAlias, BodyMerge, DistinctBodies, Place, Proposal
from kntc.agencies.writing import canonical
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right
from kntc.vietnamese import fold, short_date, squeeze

_KEEPS = Right.MANAGE_ACCOUNTS


@dataclass(frozen=True)
class BodyValues:
    """A body as it should read."""

    name: str
    kind: str
    place: Place | None = None
    short_name: str = ""
    address: str = ""
    phone: str = ""
    aliases: Sequence[str] = ()


@action("body.approve", right=_KEEPS, locks=("body",))
def approve_body(*, body: Agency, by: Actor, reason: str = "") -> Agency:
    """Duyệt cơ quan được đề nghị: từ nay là mục chính thức của danh mục. Dùng được cả với mục từng bị từ chối."""
    _require_directory(body, by)
    if body.status not in (Agency.Status.PROPOSED, Agency.Status.REJECTED):
        raise Refused(
            f"“{body.name}” không chờ duyệt ({body.get_status_display().lower()}). Hãy tải lại trang."
        )
    body.status = Agency.Status.ACTIVE
    body.save()
    _decide(body, by, reason, f"Đã duyệt “{body.name}” vào danh mục cơ quan")
    note(body, name=body.name)
    return body


@action("body.reject", right=_KEEPS, locks=("body",))
def reject_body(*, body: Agency, by: Actor, reason: str) -> Agency:
    """Không duyệt: không chọn được nữa; đơn đã ghi cơ quan này giữ nguyên tên đã ghi."""
    _require_directory(body, by)
    if body.status != Agency.Status.PROPOSED:
        raise Refused(
            f"“{body.name}” không chờ duyệt ({body.get_status_display().lower()}). Hãy tải lại trang."
        )
    reason = _reason(reason, "Hãy ghi lý do không duyệt, người đề nghị sẽ đọc được.")
    body.status = Agency.Status.REJECTED
    body.save()
    _decide(body, by, reason, f"Không duyệt “{body.name}” vào danh mục cơ quan")
    note(body, name=body.name)
    return body


@action("body.ask", right=_KEEPS, locks=("body",))
def ask_proposer(*, body: Agency, question: str, by: Actor) -> Proposal:
    """Hỏi lại người đề nghị; mục vẫn dùng được trong khi chờ trả lời."""
    _require_directory(body, by)
    proposal = Proposal.objects.filter(pk=body.pk, decided_at=None).first()
    if body.status != Agency.Status.PROPOSED or proposal is None:
        raise Refused(f"“{body.name}” không chờ duyệt nữa. Hãy tải lại trang.")
    proposal.question = _reason(question, "Hãy ghi điều cần hỏi.", field="question")
    proposal.asked_at = timezone.now()
    proposal.save()
    _tell(proposal, by, f"Hỏi lại về “{body.name}” trong danh mục cơ quan", proposal.question)
    note(body, question=proposal.question)
    return proposal


@action("body.correct", right=_KEEPS, locks=("body",))
def correct_body(*, body: Agency, values: BodyValues, by: Actor, reason: str = "") -> Agency:
    """Sửa tên, loại, địa bàn, tên gọi khác, địa chỉ, điện thoại của một cơ quan trong danh mục."""
    _require_directory(body, by)
    if body.status == Agency.Status.MERGED:
        raise Refused(f"“{body.name}” đã gộp vào “{body.merged_into}”: hãy sửa ở cơ quan đó.")
    name, short = squeeze(values.name), squeeze(values.short_name)
    check_body(name, values.kind, values.place, body)
    if len(short) > 160:
        raise InvalidInput({"short_name": "Tên gọn dài quá 160 ký tự."})
    # A short name that only repeated the long one follows it.
    followed = body.short_name in ("", body.name[:160])
    body.short_name = name[:160] if followed and short in ("", body.short_name) else short or name[:160]
    if values.place != body.place:
        body.level = level_of(values.place)
    body.name, body.kind, body.place = name, values.kind, values.place
    body.address, body.phone = squeeze(values.address)[:250], squeeze(values.phone)[:40]
    body.save()
    _write_aliases(body, values.aliases)
    note(body, name=body.name)
    return body


@action("body.merge", right=_KEEPS)
def merge_bodies(*, merged: Agency, kept: Agency, by: Actor, reason: str) -> BodyMerge:
    """Gộp hai mục của cùng một cơ quan: mọi nơi ghi mục này chuyển sang mục kia, tên cũ thành tên gọi khác."""
    rows = {row.pk: row for row in _locked(merged, kept)}
    merged, kept = rows[merged.pk], rows[kept.pk]
    _require_directory(merged, by)
    if found := merging.obstacles(merged, kept):
        raise Refused(found[0])
    reason = _reason(reason, "Hãy ghi vì sao hai mục là một, ví dụ: “cùng một trường, ghi tắt”.")
    proposed = merged.status == Agency.Status.PROPOSED
    made = merging.merge(merged, kept, BodyMerge(reason=reason, merged_by=_signed(by)))
    if proposed:
        _decide(merged, by, reason, f"“{merged.name}” là “{kept.name}” đã có trong danh mục")
    note(merged, merge=made.pk, into=kept.code, moved=made.moved)
    return made


@action("body.undo-merge", right=_KEEPS, locks=("merge",))
def undo_merge(*, merge: BodyMerge, by: Actor, reason: str) -> BodyMerge:
    """Hoàn lại việc gộp trong 30 ngày: mọi bản ghi đã chuyển trở về đúng cơ quan cũ."""
    rows = {row.pk: row for row in _locked(merge.merged, merge.kept)}
    merge.merged, merge.kept = rows[merge.merged_id], rows[merge.kept_id]
    _require_directory(merge.merged, by)
    if merge.undone_at is not None:
        raise Refused("Việc gộp này đã được hoàn lại. Hãy tải lại trang.")
    last = merge.merged_at + merging.UNDO_WITHIN
    if timezone.now() > last:
        raise Refused(
            f"Đã quá 30 ngày từ khi gộp (hạn {short_date(timezone.localdate(last))}): không hoàn lại được nữa. "
            "Nếu hai cơ quan thật sự khác nhau, hãy thêm lại cơ quan này vào danh mục."
        )
    if merge.kept.status == Agency.Status.MERGED:
        raise Refused(
            f"“{merge.kept.name}” sau đó cũng được gộp vào “{merge.kept.merged_into}”: hoàn lại lần gộp đó trước."
        )
    reason = _reason(reason, "Hãy ghi lý do hoàn lại việc gộp.")
    merging.take_apart(merge)
    merge.undone_at, merge.undone_by, merge.undo_reason = timezone.now(), _signed(by), reason
    merge.save()
    Proposal.objects.filter(pk=merge.merged_id, body__status=Agency.Status.PROPOSED).update(
        decided_at=None, decided_by="", note=""
    )
    note(merge.merged, merge=merge.pk, kept=merge.kept.code)
    return merge


@action("body.distinct", right=_KEEPS)
def tell_apart(*, one: Agency, other: Agency, by: Actor) -> DistinctBodies:
    """Ghi nhận hai cơ quan giống tên là hai cơ quan khác nhau, không nhắc lại nữa."""
    _require_one(by, one, other)
    first, second = sorted((one, other), key=lambda body: body.pk)
    if first.pk == second.pk:
        raise Refused("Hai mục là một: không có gì để phân biệt.")
    made, _ = DistinctBodies.objects.get_or_create(one=first, other=second, defaults={"said_by": _signed(by)})
    note(first, other=second.code)
    return made


def _require_one(by: Actor, one: Agency, other: Agency) -> None:
    """Of a pair that crosses a border, either side may say so."""
    try:
        require(by, Act.REVIEW_BODIES, one)
    except Refused:
        require(by, Act.REVIEW_BODIES, other)


def _require_directory(body: Agency, by: Actor) -> None:
    require(by, Act.REVIEW_BODIES, body)
    if body.uses_system:
        raise Refused(
            f"“{body.name}” là cơ quan dùng hệ thống: đổi tên, sáp nhập, giải thể ở “Sắp xếp cơ quan”."
        )


def _locked(*bodies: Agency) -> list[Agency]:
    # One order of locking, so that two reviewers wait for each other instead of dying together.
    keys = sorted({body.pk for body in bodies})
    return list(
        Agency.objects.select_for_update(of=("self",))
        .select_related("parent", "merged_into")
        .filter(pk__in=keys)
        .order_by("pk")
    )


def _reason(text: str, sentence: str, field: str = "reason") -> str:
    text = text.strip()
    if not text:
        raise InvalidInput({field: sentence})
    return text[:500]


def _signed(by: Actor) -> str:
    return f"{by.name}, {by.post_title}, {by.agency_name}".strip(" ,")[:350]


def _decide(body: Agency, by: Actor, remark: str, subject: str) -> None:
    proposal = Proposal.objects.filter(pk=body.pk).first()
    if proposal is None:
        return
    proposal.decided_at, proposal.decided_by, proposal.note = timezone.now(), _signed(by), remark.strip()
    proposal.save()
    _tell(proposal, by, subject, remark.strip() or "Cảm ơn đồng chí đã bổ sung danh mục.")


def _tell(proposal: Proposal, by: Actor, subject: str, text: str) -> None:
    if proposal.account_id is None or proposal.account_id == by.account_id:
        return
    if not Account.objects.filter(pk=proposal.account_id, retired_at=None).exists():
        return
    Message.objects.create(
        recipient_id=proposal.account_id,
        sender_id=by.post_id,
        subject=subject[:200],
        body=text,
        link=f"/quan-tri/danh-muc/{proposal.body_id}/",
    )


def _write_aliases(body: Agency, texts: Sequence[str]) -> None:
    """Exactly these, without what the name says already. A row that stays keeps its key."""
    own = {canonical(body.name), canonical(body.short_name)}
    wanted = {fold(text): text for text in map(squeeze, texts) if text and canonical(text) not in own}
    if too_long := next((text for text in wanted.values() if len(text) > 255), None):
        raise InvalidInput({"aliases": f"Tên gọi khác “{too_long[:40]}…” dài quá 255 ký tự."})
    known = {alias.text_fold: alias for alias in body.aliases.all()}
    AgencyAlias.objects.filter(
        pk__in=[alias.pk for key, alias in known.items() if key not in wanted]
    ).delete()
    new = [
        AgencyAlias(agency=body, text=text, text_fold=key) for key, text in wanted.items() if key not in known
    ]
    AgencyAlias.objects.bulk_create(new)
