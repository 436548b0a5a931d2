"""Changes of state: a file comes, its columns are settled, its rows come in, or it is put away."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kntc.agencies.keepers import keeper_of
from kntc.agencies.models import Agency
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.registers import storage
from kntc.registers.building import Made
from kntc.registers.importing import NOTHING_PREPARED, Prepared, bring_in
from kntc.registers.meanings import CHOICES, FIELDS
from kntc.registers.models import Batch, ColumnChoice, LikelyDuplicate, RowFault, Status, ValueMeaning
from kntc.registers.reading.plan import SheetPlan, saved
from kntc.registers.reading.signature import UnreadableRegister, check_content
from kntc.registers.reading.targets import IGNORED, LABELS, REPEATING
from kntc.registers.reading.titles import plain


@action("register.upload", right=Right.IMPORT)
def upload_register(*, agency: Agency, file_name: str, content: bytes, by: Actor) -> Batch:
    """Nhận một tệp sổ theo dõi của cơ quan để đọc. Raises InvalidInput where it is no workbook."""
    keeper = keeper_of(agency)
    _require_scope(keeper, agency, by)
    try:
        check_content(content)
    except UnreadableRegister as problem:
        raise InvalidInput({"file": str(problem)}) from problem
    batch = Batch.objects.create(
        agency=agency,
        keeper=keeper,
        uploaded_by_id=by.post_id,
        uploader=f"{by.name}, {by.post_title}"[:350],
        file_name=file_name[-255:],
        file_size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored=storage.keep(content),
    )
    note(batch, agency_id=keeper.pk, file=batch.file_name, sha256=batch.sha256)
    return batch


def _require_scope(keeper: Agency, agency: Agency, by: Actor) -> None:
    scope = by.scope
    inside = scope.kind == "all" or (
        scope.kind == "tree" and keeper.lft is not None and scope.lft <= keeper.lft <= scope.rgt
    )
    if not inside:
        raise NotAllowed(
            message=f"Bạn không được nhập sổ của {agency.name}: cơ quan này ngoài phạm vi bạn phụ trách."
        )
    if agency.lft is None:
        raise Refused(
            f"{agency.name} không dùng hệ thống này nên không có sổ để nhập. Hãy chọn cơ quan khác."
        )


@action("register.choose-columns", right=Right.IMPORT, locks=("batch",))
def choose_columns(*, batch: Batch, plans: Sequence[SheetPlan], by: Actor) -> Batch:
    """Chốt trang tính, dòng tiêu đề và ý nghĩa từng cột; nhớ cho các sổ cùng mẫu của cơ quan."""
    _require_waiting(batch)
    if found := _column_problems(plans):
        raise InvalidInput(found)
    batch.plan, batch.status = saved(plans), Status.EXAMINING
    batch.save(update_fields=["plan", "status"])
    for plan in plans:
        if plan.selected:
            remember_columns(batch, plan)
    note(batch, agency_id=batch.keeper_id, sheets=[plan.name for plan in plans if plan.selected])
    return batch


def _require_waiting(batch: Batch) -> None:
    if batch.status == Status.RUNNING:
        raise Refused("Sổ này đang được nhập. Hãy chờ nhập xong rồi xem kết quả.")
    if batch.status in {Status.DONE, Status.DISCARDED}:
        raise Refused(
            "Lần nhập này đã kết thúc. Hãy chọn lại tệp để nhập lần mới: dòng đã có sẽ không vào hai lần."
        )


def _column_problems(plans: Sequence[SheetPlan]) -> dict[str, str]:
    selected = [plan for plan in plans if plan.selected]
    if not selected:
        return {"sheets": "Hãy chọn ít nhất một trang tính để nhập."}
    for plan in selected:
        used = [target for target in plan.targets.values() if target not in REPEATING]
        twice = next((target for target in used if used.count(target) > 1), None)
        if twice:
            return {
                "columns": f"Trang “{plan.name}”: “{LABELS[twice]}” đang chọn cho hai cột. Hãy bỏ một cột."
            }
        if "received_on" not in used:
            return {
                "columns": f"Trang “{plan.name}”: chưa cột nào là “Ngày nhận đơn”. Hãy chọn cột ghi ngày nhận."
            }
    return {}


def remember_columns(batch: Batch, plan: SheetPlan) -> None:
    """The same layout comes again next month: no question then."""
    ColumnChoice.objects.update_or_create(
        agency=batch.agency,
        signature=signature_of(plan),
        defaults={
            "keeper_id": batch.keeper_id,
            "columns": {str(column.index): column.target for column in plan.columns},
        },
    )


def remembered(agency: Agency, plan: SheetPlan) -> dict[int, str]:
    """The agency's choice for this layout; empty where there is none. One statement."""
    choice = ColumnChoice.objects.filter(agency=agency, signature=signature_of(plan)).first()
    known = {*LABELS, IGNORED}
    return {int(i): target for i, target in choice.columns.items() if target in known} if choice else {}


def signature_of(plan: SheetPlan) -> str:
    return hashlib.sha256(plan.header.signature.encode()).hexdigest()


@action("register.change-agency", right=Right.IMPORT, locks=("batch",))
def change_agency(*, batch: Batch, agency: Agency, by: Actor) -> Batch:
    """Đổi cơ quan có sổ trước khi nhập; tệp được đọc lại."""
    _require_waiting(batch)
    keeper = keeper_of(agency)
    _require_scope(keeper, agency, by)
    note(batch, agency_id=batch.keeper_id, before=batch.agency_id, agency=agency.code)
    RowFault.objects.filter(batch=batch).delete()
    LikelyDuplicate.objects.filter(batch=batch).delete()
    batch.agency, batch.keeper, batch.status = agency, keeper, Status.EXAMINING
    batch.save(update_fields=["agency", "keeper", "status"])
    return batch


@action("register.explain-values", right=Right.IMPORT, locks=("batch",))
def explain_values(*, batch: Batch, meanings: Mapping[tuple[str, str], str], by: Actor) -> Batch:
    """Ghi nhớ ý nghĩa các cách ghi mà hệ thống chưa hiểu: (trường, cách ghi) → giá trị hoặc mã cơ quan."""
    _require_waiting(batch)
    for (field, text), meaning in meanings.items():
        _check_meaning(field, meaning)
        ValueMeaning.objects.update_or_create(
            agency=batch.agency,
            field=field,
            text=plain(text)[:200],
            defaults={"keeper_id": batch.keeper_id, "meaning": meaning},
        )
    batch.status = Status.EXAMINING
    batch.save(update_fields=["status"])
    note(batch, agency_id=batch.keeper_id, meanings=len(meanings))
    return batch


def _check_meaning(field: str, meaning: str) -> None:
    known = (
        Agency.objects.filter(code=meaning).exists()
        if field == "body"
        else any(meaning == code for code, _ in CHOICES.get(field, ()))
    )
    if field not in FIELDS or not known:
        raise InvalidInput({"meaning": "Giá trị được chọn không có trong danh mục. Hãy chọn lại."})


@action("register.skip-row", right=Right.IMPORT)
def skip_row(*, duplicate: LikelyDuplicate, skip: bool, by: Actor) -> LikelyDuplicate:
    """Bỏ qua (hoặc lại nhập) một dòng nghi trùng."""
    _require_waiting(duplicate.batch)
    duplicate.skipped = skip
    duplicate.save(update_fields=["skipped"])
    note(duplicate.batch, agency_id=duplicate.keeper_id, sheet=duplicate.sheet, row=duplicate.row, skip=skip)
    return duplicate


@action("register.examined", right=Right.IMPORT, locks=("batch",))
def save_examination(*, batch: Batch, values: Mapping[str, Any], by: Actor) -> Batch:
    """Ghi kết quả đọc tệp: cột, số dòng, điều cần xem lại."""
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))
    note(batch, agency_id=batch.keeper_id, rows=batch.rows, status=batch.status)
    return batch


@action("register.import", right=Right.IMPORT, locks=("batch",))
def start_import(*, batch: Batch, by: Actor) -> Batch:
    """Bắt đầu nhập các dòng đạt yêu cầu vào sổ đơn."""
    _require_waiting(batch)
    if batch.status != Status.READY:
        raise Refused("Tệp chưa đọc xong hoặc không đọc được. Hãy xem lại tệp trước khi nhập.")
    RowFault.objects.filter(batch=batch).delete()
    batch.status = Status.RUNNING
    batch.position = batch.created = batch.unchanged = batch.rejected = 0
    batch.save(update_fields=["status", "position", "created", "unchanged", "rejected"])
    note(batch, agency_id=batch.keeper_id, rows=batch.rows)
    return batch


@action("register.import-rows", right=Right.IMPORT, locks=("batch",))
def import_rows(
    *,
    batch: Batch,
    start: int,
    rows: Sequence[Made],
    skip: set[tuple[str, int]],
    by: Actor,
    ready: Prepared = NOTHING_PREPARED,
) -> Batch:
    """Nhập một phần của tệp, từ dòng thứ `start`; cả phần cùng vào hoặc không dòng nào."""
    if batch.status != Status.RUNNING or batch.position != start:
        raise Refused("Sổ này đang được nhập ở nơi khác, hoặc lần nhập đã dừng.")
    outcome = bring_in(batch, rows, skip, by, ready)
    Batch.objects.filter(pk=batch.pk).update(
        position=F("position") + len(rows),
        created=F("created") + outcome.created,
        unchanged=F("unchanged") + outcome.unchanged,
        rejected=F("rejected") + outcome.rejected,
    )
    batch.refresh_from_db(fields=["position", "created", "unchanged", "rejected"])
    note(batch, agency_id=batch.keeper_id, rows=[start + 1, batch.position], created=outcome.created)
    return batch


@action("register.finish", right=Right.IMPORT, locks=("batch",))
def finish_import(*, batch: Batch, by: Actor, told: Mapping[str, Any] | None = None) -> Batch:
    """Kết thúc lần nhập. `told`: what the reading found beside rows (`Survey.told`)."""
    if batch.status != Status.RUNNING:
        raise Refused("Lần nhập này đã kết thúc ở nơi khác. Hãy tải lại trang để xem kết quả.")
    batch.status, batch.finished_at, batch.rows = Status.DONE, timezone.now(), batch.position
    batch.preview = {**batch.preview, **(told or {})}
    batch.save(update_fields=["status", "finished_at", "rows", "preview"])
    note(
        batch,
        agency_id=batch.keeper_id,
        created=batch.created,
        unchanged=batch.unchanged,
        rejected=batch.rejected,
    )
    return batch


@action("register.download-rejected", right=Right.IMPORT)
def record_download(*, batch: Batch, by: Actor) -> None:
    """Tải các dòng bị trả lại về máy: tệp ra khỏi hệ thống thì có dấu vết."""
    note(batch, agency_id=batch.keeper_id, rejected=batch.rejected)


@action("register.discard", right=Right.IMPORT, locks=("batch",))
def discard_batch(*, batch: Batch, by: Actor) -> Batch:
    """Bỏ tệp đã tải lên mà không nhập."""
    _require_waiting(batch)
    stored, batch.stored, batch.status = batch.stored, "", Status.DISCARDED
    batch.save(update_fields=["stored", "status"])
    batch.faults.all().delete()
    batch.duplicates.all().delete()
    note(batch, agency_id=batch.keeper_id, file=batch.file_name)
    # Not before the row says so for good: what is undone still has its file.
    transaction.on_commit(lambda: storage.remove(stored))
    return batch
