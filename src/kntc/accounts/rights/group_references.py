"""What points to a group, so that a merger leaves nothing behind that points nowhere (R34).

Every foreign key to a group is found in the register of models and moves by itself. A room above that names a group
in another way (a key inside a document) registers it in `ready()`:

    group_references.OTHERS.append(StepsOfDrafts())
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, UniqueConstraint

from kntc.accounts.models import Group
from kntc.audit.errors import Refused


class Reference(Protocol):
    """Something other than a foreign key that names groups."""

    label: str

    def count(self, group: Group) -> int: ...
    def move(self, source: Group, target: Group) -> int:
        """How many were moved. A merger that moved such pointers is not taken apart again."""
        ...


OTHERS: list[Reference] = []
# What a row of a table is called in a preview; else the model's own name.
NAMES = {"accounts.membership": "thành viên"}


@dataclass(frozen=True)
class Moved:
    """What a merger did to one table: keys of rows that now name the target, and what was there already."""

    label: str
    key: str
    moved: list[int] = field(default_factory=list)
    doubled: list[dict[str, Any]] = field(default_factory=list)


def keys_to_groups() -> Iterator[models.ForeignKey[Any, Any]]:
    """Every foreign key of the system that points to a group. History keeps what was, and is not of them."""
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model"):
            continue
        for key in model._meta.get_fields():
            if isinstance(key, models.ForeignKey) and key.related_model is Group:
                yield key


def counts(group: Group) -> dict[str, int]:
    """What points to this group: label → how many, kinds without any left out. One statement a kind."""
    found = {_label(key): _rows(key).filter(**{key.name: group}).count() for key in keys_to_groups()}
    found |= {other.label: other.count(group) for other in OTHERS}
    return {label: count for label, count in found.items() if count}


def move(source: Group, target: Group) -> tuple[list[Moved], dict[str, int]]:
    """Everything that names `source` names `target`: rows, and how many others. Call it inside the action."""
    moved = [_move(key, source, target) for key in keys_to_groups()]
    others = {other.label: count for other in OTHERS if (count := other.move(source, target))}
    left = counts(source)
    if left:
        raise Refused(f"Chưa gộp được nhóm “{source.name}”: còn {said(left)} chưa chuyển được.")
    return [one for one in moved if one.moved or one.doubled], others


def said(found: dict[str, int]) -> str:
    """ "3 thành viên, 2 bước quy trình" """
    return ", ".join(f"{count} {label}" for label, count in found.items())


def _label(key: models.ForeignKey[Any, Any]) -> str:
    meta = key.model._meta
    return NAMES.get(meta.label_lower, str(meta.verbose_name))


def _rows(key: models.ForeignKey[Any, Any]) -> models.QuerySet[Any]:
    return key.model._base_manager.all()


def _move(key: models.ForeignKey[Any, Any], source: Group, target: Group) -> Moved:
    rows = _rows(key).filter(**{key.name: source})
    doubled = []
    for names in _told_apart_by(key):
        twins = _rows(key).filter(**{key.name: target}, **{name: OuterRef(name) for name in names})
        there = rows.filter(Exists(twins))
        doubled += list(there.values(*names))
        there.delete()
    keys = list(rows.values_list("pk", flat=True))
    rows.update(**{key.name: target})
    return Moved(key.model._meta.label_lower, key.name, keys, doubled)


def _told_apart_by(key: models.ForeignKey[Any, Any]) -> Iterator[list[str]]:
    """The other fields of each unique constraint in which the key stands: such rows may be there already."""
    for constraint in key.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and key.name in constraint.fields:
            yield [name for name in constraint.fields if name != key.name]
