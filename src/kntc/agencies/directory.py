"""The directory as a list: search by any writing, filters, pages by key. And one body's past."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kntc.agencies.index import BodyIndex, body_index
from kntc.agencies.models import LISTED, Agency, BodyKind, Place, PlaceSuccession
from kntc.agencies.queries import resolve
from kntc.agencies.writing import canonical, canonical_unfinished
from kntc.vietnamese import fold, short_date

PAGE = 50
USED = "used"
STATES = (
    (USED, "Đang dùng và chờ duyệt"),
    ("active", "Đang dùng"),
    ("proposed", "Chờ duyệt"),
    ("closed", "Đã kết thúc hoạt động"),
    ("merged", "Đã gộp"),
    ("rejected", "Không duyệt"),
)
_NEAR = 20


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; `province`: today's, with what became part of it."""

    text: str = ""
    kind: str = ""
    state: str = USED
    province: str = ""


@dataclass
class Page:
    """`near`: nothing has all the words; these bodies are written alike."""

    bodies: list[Agency]
    previous: str = ""
    next: str = ""
    near: bool = False


def provinces() -> list[Place]:
    """Provinces of today, by name. One statement."""
    return list(Place.objects.filter(parent=None, valid_to=None).order_by("sort_key"))


def page(wanted: Wanted, *, after: str = "", before: str = "", home: Agency | None = None) -> Page:
    """One page in the order of names. At most five statements (more after a change of the catalogue)."""
    bodies = _filtered(wanted)
    near = False
    if wanted.text:
        keys = _with_words(wanted.text) if wanted.state not in ("merged", "rejected") else None
        if keys is None:
            bodies = bodies.filter(name_fold__contains=fold(wanted.text))
        elif keys:
            bodies = bodies.filter(pk__in=keys)
        else:
            near = True
            bodies = bodies.filter(pk__in=[m.agency.pk for m in resolve(wanted.text, home, limit=_NEAR)])
    return _cut(bodies, after, before, near)


def _filtered(wanted: Wanted) -> QuerySet[Agency]:
    bodies = Agency.objects.select_related("place__parent__parent", "merged_into")
    if wanted.state == USED:
        bodies = bodies.filter(status__in=LISTED)
    elif wanted.state == "closed":
        bodies = bodies.filter(status="active", valid_to__lt=timezone.localdate())
    else:
        bodies = bodies.filter(status=wanted.state)
    if wanted.kind:
        bodies = bodies.filter(kind=wanted.kind)
    return bodies.filter(_in_province(wanted.province)) if wanted.province else bodies


def _in_province(place: str) -> Q:
    """In this province of today or in what became part of it, however many levels lie between."""
    roots = Place.objects.filter(Q(pk=place) | Q(pk__in=_became(place))).values("pk")
    return Q(place__in=roots) | Q(place__parent__in=roots) | Q(place__parent__parent__in=roots)


def _became(place: str) -> QuerySet[PlaceSuccession, str]:
    return PlaceSuccession.objects.filter(new=place, old__parent=None).values_list("old_id", flat=True)


def _with_words(text: str) -> list[int]:
    """Keys of the bodies that have every word in one of their writings; the last may be unfinished."""
    index = body_index()
    found: set[int] = set()
    for words in dict.fromkeys((canonical(text), canonical_unfinished(text))):
        if words:
            found |= set.intersection(
                *(_having(index, w, at == len(words) - 1) for at, w in enumerate(words))
            )
    return [index.bodies[number].id for number in found]


def _having(index: BodyIndex, word: str, unfinished: bool) -> set[int]:
    known = index.starting_with(word) if unfinished else [word]
    return set().union(*(index.postings.get(one, set()) for one in known))


def _cut(bodies: QuerySet[Agency], after: str, before: str, near: bool) -> Page:
    if before and (edge := _edge(before)):
        rows = list(bodies.filter(_beyond("lt", *edge)).order_by("-sort_key", "-pk")[: PAGE + 1])
        more, rows = len(rows) > PAGE, rows[:PAGE][::-1]
        return Page(rows, _key(rows[0]) if more else "", _key(rows[-1]) if rows else "", near)
    edge = _edge(after)
    rows = list(
        (bodies.filter(_beyond("gt", *edge)) if edge else bodies).order_by("sort_key", "pk")[: PAGE + 1]
    )
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return Page(rows, _key(rows[0]) if edge and rows else "", _key(rows[-1]) if more else "", near)


def _beyond(way: str, sort_key: str, pk: int) -> Q:
    return Q(**{f"sort_key__{way}": sort_key}) | Q(**{"sort_key": sort_key, f"pk__{way}": pk})


def _key(body: Agency) -> str:
    return str(body.pk)


def _edge(key: str) -> tuple[str, int] | None:
    """The place in the order at which a page ends. One statement; None for what is no key."""
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    row = Agency.objects.filter(pk=int(key)).values_list("sort_key", "pk").first()
    return (row[0], row[1]) if row else None


@dataclass
class Step:
    """One change of a body: when, by whom, why, what."""

    at: datetime
    actor: str
    reason: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


_SHOWN = (
    "name", "short_name", "kind", "level", "place", "parent", "valid_from", "valid_to", "status", "merged_into",
    "address", "phone", "uses_system",
)  # fmt: skip


def history(body: Agency) -> list[Step]:
    """What the body was before each change, newest first. At most three statements."""
    events = list(Agency.pgh_event_model.objects.filter(pgh_obj_id=body.pk).order_by("pgh_id"))  # type: ignore[attr-defined]
    states: list[Any] = [*events, body]
    names = _names(states)
    steps = []
    for before, later in pairwise(states):
        context: Mapping[str, Any] = before.pgh_context or {}
        actor = ", ".join(part for part in (context.get("actor", ""), context.get("post", "")) if part)
        changes = _changes(before, later, names)
        if changes:
            steps.append(Step(before.pgh_created_at, actor, context.get("reason", ""), changes))
    return steps[::-1]


def _names(states: list[Any]) -> dict[tuple[str, Any], str]:
    bodies = {key for state in states for key in (state.parent_id, state.merged_into_id) if key}
    places = {state.place_id for state in states if state.place_id}
    found: dict[tuple[str, Any], str] = {
        ("body", key): name for key, name in Agency.objects.filter(pk__in=bodies).values_list("pk", "name")
    }
    for place in Place.objects.filter(pk__in=places).select_related("parent__parent"):
        found["place", place.pk] = place.full_name
    return found


def _changes(before: Any, later: Any, names: dict[tuple[str, Any], str]) -> list[tuple[str, str, str]]:
    fields = [Agency._meta.get_field(name) for name in _SHOWN]
    return [
        (_label(f), _said(f, before, names), _said(f, later, names))
        for f in fields
        if getattr(before, f.attname) != getattr(later, f.attname)  # type: ignore[union-attr]
    ]


def _label(described: Any) -> str:
    own = {"place": "địa bàn", "parent": "cơ quan cấp trên"}
    return own.get(described.name, str(described.verbose_name)).capitalize()


def _said(described: Any, state: Any, names: dict[tuple[str, Any], str]) -> str:
    value = getattr(state, described.attname)
    if value in (None, ""):
        return "(trống)"
    if described.is_relation:
        return names.get(("place" if described.name == "place" else "body", value), str(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return short_date(value)
    return str(dict(described.flatchoices or ()).get(value, value))


KIND_CHOICES = [("", "Mọi loại"), *BodyKind.choices]
