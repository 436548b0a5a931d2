"""The life of a petition as people read it: what was done, by whom, in which post, why, what changed into what."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby, zip_longest
from typing import Any

from django.db import connection
from django.db.models import CharField, Model, Value
from django.db.models.functions import Cast

from kntc.accounts.models import Post
from kntc.agencies.models import Agency, Place
from kntc.audit.models import Entry
from kntc.law.fields import field_name
from kntc.petitions.choices import Kind
from kntc.petitions.models import Party, Petition, PetitionText
from kntc.vietnamese import short_date

ACTS = {
    "petition.register": "Tiếp nhận đơn",
    "petition.correct": "Sửa đơn",
    "petition.handle": "Ghi kết quả xử lý",
    "petition.void": "Hủy đơn",
    "petition.restore": "Khôi phục đơn",
    "petition.ask-void": "Đề nghị hủy đơn",
    "petition.answer-void": "Trả lời đề nghị hủy",
    "petition.link": "Gắn vào vụ việc",
    "petition.unlink": "Tách khỏi vụ việc",
    "petition.assign": "Giao người xử lý",
    "petition.take": "Nhận xử lý",
    "account.retire": "Bàn giao việc",
    "dispatch.record": "Gửi văn bản",
    "dispatch.correct": "Sửa văn bản gửi đi",
    "dispatch.reply": "Nhận trả lời văn bản gửi đi",
    "dispatch.void": "Hủy văn bản gửi đi ghi nhầm",
    "body.merge": "Gộp cơ quan trong danh mục",
    "body.undo-merge": "Hoàn lại việc gộp cơ quan",
    "vault.open": "Mở thông tin người tố cáo",
    "case.accept": "Thụ lý giải quyết",
    "case.extend": "Gia hạn giải quyết",
    "case.suspend": "Tạm đình chỉ giải quyết",
    "case.resume": "Tiếp tục giải quyết",
    "case.settle": "Ghi kết quả giải quyết",
    "agency.merge": "Sáp nhập cơ quan",
    "agency.split": "Chia tách cơ quan",
    "agency.close": "Giải thể cơ quan",
    "agency.reorganise": "Sắp xếp cơ quan",
    "agency.carry-out-change": "Sắp xếp cơ quan",
    "agency.undo-change": "Hoàn tác việc sắp xếp cơ quan",
}
COVERED = "(giữ bí mật)"
# Kept for the machine; a reader learns nothing from them.
SILENT = {"id", "petition", "version", "search", "name_key", "entered_at", "due_rule", "position", "matter"}


@dataclass(frozen=True)
class Change:
    """One field: its name, what it was, what it became."""

    label: str
    before: str
    after: str
    personal: bool = False


@dataclass
class Step:
    """One act of one person."""

    at: datetime
    act: str
    actor: str
    post: str
    reason: str
    changes: list[Change] = field(default_factory=list)


def timeline(petition: Petition) -> list[Step]:
    """Newest first. Three statements whatever the length: the log, the changes, the names in them."""
    log = Entry.objects.filter(subject_type="petitions.petition", subject_id=str(petition.pk)).order_by("-pk")
    steps = [Step(e.at, ACTS.get(e.action, e.action), e.actor, e.post, e.reason) for e in log]
    for at, context, changes in _name(_versions(petition)):
        if petition.kind == Kind.DENUNCIATION:
            changes = [_covered(change) for change in changes]
        if changes:
            _put(steps, at, context, changes)
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _covered(change: Change) -> Change:
    """Of a denunciation the history tells that a word about people or content changed, never which (LTC Đ56).

    What is now sealed may have stood in the open before, when the petition was taken for a complaint.
    """
    return replace(change, before=COVERED, after=COVERED) if change.personal else change


def _put(steps: list[Step], at: datetime, context: Mapping[str, Any], changes: list[Change]) -> None:
    """The changes belong to the act of the same person within the same moment."""
    actor = context.get("actor", "")
    act = ACTS.get(context.get("action", ""), "Thay đổi")
    near = [s for s in steps if s.actor == actor and abs((s.at - at).total_seconds()) < 5]
    if near:
        # Quick hands do two things within the moment: the act of the same name comes first.
        min(near, key=lambda s: (s.act != act, abs((s.at - at).total_seconds()))).changes += changes
    else:
        steps.append(Step(at, act, actor, context.get("post", ""), context.get("reason", ""), changes))


@dataclass(frozen=True)
class _Version:
    """One row as it stood before a change, and as it stood after: field → value."""

    at: datetime
    context: Mapping[str, Any]
    model: type[Model]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class _State:
    """A row as JSON at one time: kept by a trigger before a change, or (`at` None) as it stands now."""

    model: type[Model]
    row: str
    at: datetime | None
    context: Mapping[str, Any] | None
    values: Mapping[str, Any]


MODELS: tuple[type[Model], ...] = (Petition, PetitionText, Party)
_STATES = """
SELECT {turn} AS model, pgh_obj_id::text AS row, pgh_id AS turn, pgh_created_at, pgh_context, to_jsonb(event)
FROM {event} event WHERE {key} = %(petition)s
UNION ALL
SELECT {turn}, {pk}::text, NULL, NULL, NULL, to_jsonb(now) - 'search' FROM {table} now WHERE {key} = %(petition)s
"""


def _statement() -> str:
    parts = []
    for turn, model in enumerate(MODELS):
        meta, event = model._meta, model.pgh_event_model._meta  # type: ignore[attr-defined]
        key = "id" if model is Petition else "petition_id"
        parts.append(
            _STATES.format(turn=turn, event=event.db_table, table=meta.db_table, pk=meta.pk.column, key=key)
        )
    return "UNION ALL".join(parts) + "ORDER BY model, row, turn NULLS LAST"


def _states(petition: Petition) -> list[_State]:
    """All that the petition's rows have been, each row's states in turn, what it is now last. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"petition": petition.pk})
        return [
            _State(MODELS[turn], row, at, _json(context), _json(values))
            for turn, row, _, at, context, values in cursor.fetchall()
        ]


def _json(value: Any) -> Any:
    """Django leaves JSON that no field of a model reads as it came."""
    return json.loads(value) if isinstance(value, str) else value


def _versions(petition: Petition) -> list[_Version]:
    return [
        version
        for (model, _), states in groupby(_states(petition), key=lambda state: (state.model, state.row))
        for version in _changes(model, list(states))
    ]


def _changes(model: type[Model], states: list[_State]) -> Iterable[_Version]:
    """Each state with the one that came after it; a row that was removed has none after its last."""
    fields: list[Any] = [f for f in model._meta.concrete_fields if f.name not in SILENT]
    for state, later in zip_longest(states, states[1:]):
        if state.at is not None:
            before = {f.name: _python(f, state.values[f.column]) for f in fields if f.column in state.values}
            after = {
                f.name: _python(f, later.values[f.column]) if later else None
                for f in fields
                if f.name in before
            }
            yield _Version(state.at, state.context or {}, model, before, after)


def _python(described: Any, value: Any) -> Any:
    return value if value is None or described.remote_field else described.to_python(value)


Names = Mapping[type[Model], Mapping[str, str]]


def _name(versions: list[_Version]) -> Iterable[tuple[datetime, Mapping[str, Any], list[Change]]]:
    """Changes with bodies, places and people by their names. One statement at most."""
    names = _names({target: _keys(versions, target) for target in NAMED})
    for version in versions:
        changes = [
            Change(
                str(version.model._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
                _shown(version.model, name, version.before[name], names),
                _shown(version.model, name, version.after[name], names),
                personal=version.model is not Petition,
            )
            for name in version.before
            if version.before[name] != version.after[name]
        ]
        yield version.at, version.context, changes


NAMED: dict[type[Model], str] = {Agency: "name", Place: "name", Post: "account__full_name"}


def _names(wanted: Mapping[type[Model], set[Any]]) -> Names:
    parts = [
        target._default_manager.filter(pk__in=keys)
        .order_by()
        .values_list(Value(turn), Cast("pk", CharField()), NAMED[target])
        for turn, (target, keys) in enumerate(wanted.items())
        if keys
    ]
    found: dict[type[Model], dict[str, str]] = {target: {} for target in wanted}
    targets = list(wanted)
    for turn, key, name in parts[0].union(*parts[1:], all=True) if parts else ():
        found[targets[turn]][key] = name
    return found


def _keys(versions: list[_Version], target: type[Model]) -> set[Any]:
    return {
        row[name]
        for version in versions
        for row in (version.before, version.after)
        for name in row
        if version.model._meta.get_field(name).related_model is target and row[name] is not None
    }


def _shown(model: type[Model], name: str, value: Any, names: Names) -> str:
    if value is None or value == "":
        return "(trống)"
    described = model._meta.get_field(name)
    if isinstance(described.related_model, type) and described.related_model in names:
        return names[described.related_model].get(str(value), str(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return short_date(value)
    if name == "field":
        return field_name(str(value))
    choices = dict(getattr(described, "flatchoices", []) or [])
    return str(choices.get(value, value))
