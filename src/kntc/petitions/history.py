"""The life of a petition as people read it: what was done, by whom, in which post, why, what changed into what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

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
    "vault.open": "Mở thông tin người tố cáo",
    "case.accept": "Thụ lý giải quyết",
    "case.extend": "Gia hạn giải quyết",
    "case.suspend": "Tạm đình chỉ giải quyết",
    "case.resume": "Tiếp tục giải quyết",
    "case.settle": "Ghi kết quả giải quyết",
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
    """Newest first. At most nine statements whatever the length, four where nothing was changed."""
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
    """One row as it stood before a change, and as it stood after."""

    at: datetime
    context: Mapping[str, Any]
    model: type[Model]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def _versions(petition: Petition) -> list[_Version]:
    rows: list[_Version] = []
    for model, key in ((Petition, "id"), (PetitionText, "petition"), (Party, "petition")):
        event_model: Any = model.pgh_event_model  # type: ignore[union-attr]
        events = list(event_model.objects.filter(**{key: petition.pk}).order_by("pgh_id"))
        if not events:
            continue
        current = {
            row.pk: row for row in model._default_manager.filter(**{key: petition.pk}).defer(*_unread(model))
        }
        rows += _pairs(model, events, current)
    return rows


def _unread(model: type[Model]) -> list[str]:
    return ["search"] if model is PetitionText else []


def _pairs(model: type[Model], events: Iterable[Any], current: Mapping[Any, Model]) -> Iterable[_Version]:
    names = [f for f in model._meta.concrete_fields if f.name not in SILENT]
    chains: dict[Any, list[Any]] = {}
    for event in events:
        chains.setdefault(event.pgh_obj_id, []).append(event)
    for pk, chain in chains.items():
        following: list[Any] = [*chain[1:], current.get(pk)]
        for event, later in zip(chain, following, strict=True):
            before = {f.name: getattr(event, f.attname, None) for f in names}
            after = (
                {f.name: getattr(later, f.attname, None) for f in names} if later else dict.fromkeys(before)
            )
            yield _Version(event.pgh_created_at, event.pgh_context or {}, model, before, after)


def _name(versions: list[_Version]) -> Iterable[tuple[datetime, Mapping[str, Any], list[Change]]]:
    """Changes with bodies and places by their names. Two statements."""
    bodies, places = _keys(versions, Agency), _keys(versions, Place)
    names: dict[type[Model], dict[Any, str]] = {
        Agency: dict(Agency.objects.filter(pk__in=bodies).values_list("pk", "name")) if bodies else {},
        Place: dict(Place.objects.filter(pk__in=places).values_list("pk", "name")) if places else {},
    }
    for version in versions:
        changed = [name for name in version.before if version.before[name] != version.after[name]]
        changes = [
            Change(
                str(version.model._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
                _shown(version.model, name, version.before[name], names),
                _shown(version.model, name, version.after[name], names),
                personal=version.model is not Petition,
            )
            for name in changed
        ]
        yield version.at, version.context, changes


def _keys(versions: list[_Version], target: type[Model]) -> set[Any]:
    return {
        row[name]
        for version in versions
        for row in (version.before, version.after)
        for name in row
        if version.model._meta.get_field(name).related_model is target and row[name] is not None
    }


def _shown(model: type[Model], name: str, value: Any, names: Mapping[type[Model], Mapping[Any, str]]) -> str:
    if value is None or value == "":
        return "(trống)"
    described = model._meta.get_field(name)
    if isinstance(described.related_model, type) and described.related_model in names:
        return names[described.related_model].get(value, str(value))
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
