"""What agencies hold: every table whose rows name a keeper, found in the model registry, so that none is forgotten.

A row goes by the first of these that it has: the kept record that it belongs to (a case by its petition), the post
that it belongs to (a draft), its own place, nothing. Rooms above only say what people call it and what of it is open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q

from kntc.accounts.models import Post
from kntc.agencies.models import Agency

KEEPER = "keeper"
# Fields that say in whose hand a kept record is; all other references to posts are history.
IN_HAND = ("assignee", "post")


@dataclass(frozen=True)
class Kind:
    """A kind of record as the preview names it. `addresses`: (key, address) of rows whose place is not known."""

    label: str
    open: Q = field(default_factory=Q)
    addresses: Callable[[Sequence[int]], Iterable[tuple[int, str]]] | None = None


# By model label, "petitions.petition"; rooms add theirs in `ready()`.
KINDS: dict[str, Kind] = {}
# A table whose rows are pointed to by what they follow: "people.sealedidentity" → ("petitions.party", "sealed").
POINTED_TO: dict[str, tuple[str, str]] = {}
# Called inside the act: with (old post, new post) before work follows its post, with old agencies once keepers moved.
BEFORE: list[Callable[[Sequence[tuple[int, int]]], None]] = []
AFTER: list[Callable[[Sequence[int]], None]] = []


@dataclass(frozen=True)
class Holding:
    """One table with a keeper. `follows`: its field and the model that it goes with."""

    model: type[models.Model]
    follows: tuple[str, type[models.Model]] | None = None
    pointed_by: tuple[type[models.Model], str] | None = None
    post_field: str = ""
    placed: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    def column(self, field: str) -> str:
        return str(self.model._meta.get_field(field).column)  # type: ignore[union-attr]

    @property
    def is_root(self) -> bool:
        return self.follows is None and self.pointed_by is None


@cache
def holdings() -> tuple[Holding, ...]:
    """Roots first, then what follows them, in the order in which they can be moved."""
    kept = [model for model in apps.get_models() if _is_kept(model)]
    pending = [_holding(model, kept) for model in kept]
    ordered: list[Holding] = []
    while pending:
        done = {holding.model for holding in ordered}
        ready = [holding for holding in pending if _leader(holding) in {None, *done}]
        assert ready, f"records follow each other in a circle: {[h.label for h in pending]}"
        ordered += ready
        pending = [holding for holding in pending if holding not in ready]
    return tuple(ordered)


def _is_kept(model: type[models.Model]) -> bool:
    if hasattr(model, "pgh_tracked_model") or not model._meta.managed or model._meta.proxy:
        return False
    return any(f.name == KEEPER and f.related_model is Agency for f in model._meta.local_fields)


def _holding(model: type[models.Model], kept: Sequence[type[models.Model]]) -> Holding:
    fields = model._meta.local_fields
    if pointer := POINTED_TO.get(model._meta.label_lower):
        return Holding(model, pointed_by=(apps.get_model(pointer[0]), pointer[1]))
    post = next((f.name for f in fields if f.name == "post" and f.related_model is Post), "")
    return Holding(
        model,
        follows=next(_led_by(model, kept), None),
        post_field=post,
        placed=any(f.name == "place" for f in fields),
    )


def _led_by(
    model: type[models.Model], kept: Sequence[type[models.Model]]
) -> Iterator[tuple[str, type[models.Model]]]:
    """Those that a row cannot be without come first; a model says otherwise with `keeper_follows`."""
    wanted = getattr(model, "keeper_follows", "")
    led = [
        f
        for f in model._meta.local_fields
        if f.related_model in kept and f.related_model is not model and (not wanted or f.name == wanted)
    ]
    for f in sorted(led, key=lambda f: f.null):
        if not f.null or wanted:
            yield f.name, f.related_model  # type: ignore[misc]


def _leader(holding: Holding) -> type[models.Model] | None:
    if holding.follows:
        return holding.follows[1]
    return holding.pointed_by[0] if holding.pointed_by else None


def holding_of(model: type[models.Model]) -> Holding:
    return next(holding for holding in holdings() if holding.model is model)


@cache
def in_hand() -> tuple[tuple[str, str, bool], ...]:
    """(table, column, has a keeper that goes with the post): where a post stands for work still to do."""
    return tuple(
        (model._meta.db_table, str(f.column), f.name == "post" and _is_kept(model))
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.managed
        for f in model._meta.local_fields
        if f.related_model is Post and f.name in IN_HAND and _is_kept(model)
    )
