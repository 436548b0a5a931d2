"""Two entries for one body made one, and taken apart again: the rows that move, found in the model registry.

No action: those stand in accounts, where it is known who may (kntc/accounts/actions/bodies.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.db import connection, models

from kntc.agencies.models import Agency, AgencyAlias, BodyMerge, BodyMergeItem
from kntc.agencies.writing import canonical
from kntc.audit.walls import beyond_scope
from kntc.vietnamese import fold

# How long a merge can be taken back.
UNDO_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Reference:
    """A column whose rows point to agencies. `unique`: sets of columns in which a row may stand once for a body."""

    table: str
    column: str
    key: str
    label: str
    unique: tuple[tuple[str, ...], ...]


@cache
def references() -> tuple[Reference, ...]:
    """Every foreign key to Agency that any room has, but for history (it stays as it was) and what says so itself."""
    return tuple(
        Reference(
            model._meta.db_table,
            str(field.column),
            str(model._meta.pk.column),
            f"{model._meta.verbose_name}: {field.verbose_name}",
            tuple(_unique_with(model, field)),
        )
        for model in apps.get_models()
        if getattr(model, "moves_on_merge", True) and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_fields
        if field.related_model is Agency
    )


def _unique_with(model: type[models.Model], field: models.Field) -> Iterator[tuple[str, ...]]:  # type: ignore[type-arg]
    if field.unique:
        yield ()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            others = (model._meta.get_field(name) for name in constraint.fields if name != field.name)
            yield tuple(str(other.column) for other in others)  # type: ignore[union-attr]


def merge(merged: Agency, kept: Agency, merge: BodyMerge) -> BodyMerge:
    """Move what points to `merged`, hand on its names, take it out of every list. One statement a column."""
    merge.merged, merge.kept, merge.status_before = merged, kept, merged.status
    merge.aliases = _hand_on_names(merged, kept)
    merge.save()
    with beyond_scope():  # other agencies' records name this body too
        items = [_item(merge, reference) for reference in references()]
    items = [item for item in items if item.keys]
    BodyMergeItem.objects.bulk_create(items)
    merge.moved = sum(len(item.keys) for item in items)
    merge.save()
    merged.status, merged.merged_into = Agency.Status.MERGED, kept
    merged.save()
    kept.save()  # its names changed: what is kept in memory of the catalogue is read anew
    return merge


def _item(merge: BodyMerge, reference: Reference) -> BodyMergeItem:
    keys = _move(reference, merge.merged_id, merge.kept_id)
    return BodyMergeItem(merge=merge, table=reference.table, column=reference.column, keys=keys)


def _move(reference: Reference, old: int, new: int) -> list[int]:
    """Rows that would then stand twice for one body stay: they say nothing that the other row does not say."""
    twice = "".join(_stands_already(reference, columns) for columns in reference.unique)
    statement = (
        f"UPDATE {reference.table} AS row SET {reference.column} = %s WHERE row.{reference.column} = %s{twice}"  # noqa: S608  names of our own models
        f" RETURNING row.{reference.key}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [new, old, *[new] * len(reference.unique)])
        return sorted(key for (key,) in cursor.fetchall())


def _stands_already(reference: Reference, columns: tuple[str, ...]) -> str:
    same = "".join(f" AND other.{column} IS NOT DISTINCT FROM row.{column}" for column in columns)
    of_kept = f"SELECT 1 FROM {reference.table} other WHERE other.{reference.column} = %s"  # noqa: S608  names of our own models
    return f" AND NOT EXISTS ({of_kept}{same})"


def _hand_on_names(merged: Agency, kept: Agency) -> list[int]:
    """Keys of the aliases that `kept` had to be given to be found under every name of `merged`."""
    known = {canonical(kept.name), canonical(kept.short_name)}
    known |= {canonical(text) for text in kept.aliases.values_list("text", flat=True)}
    texts = [merged.name, merged.short_name, *merged.aliases.values_list("text", flat=True)]
    new = {canonical(text): text for text in reversed(texts) if canonical(text) not in known}
    rows = [AgencyAlias(agency=kept, text=text, text_fold=fold(text)) for text in reversed(new.values())]
    return [row.pk for row in AgencyAlias.objects.bulk_create(rows)]


def preview(merged: Agency) -> list[tuple[str, int]]:
    """What would move: (kind of record, how many), of all agencies. One statement a column."""
    with beyond_scope():
        counts = [(reference.label, _count(reference, merged.pk)) for reference in references()]
    return [(label, count) for label, count in counts if count]


def _count(reference: Reference, body: int) -> int:
    statement = f"SELECT count(*) FROM {reference.table} WHERE {reference.column} = %s"  # noqa: S608  names of our own models
    with connection.cursor() as cursor:
        cursor.execute(statement, [body])
        return int(cursor.fetchone()[0])


def take_apart(merge: BodyMerge) -> None:
    """Everything as it was before: each row that moved and still points to `kept` points back."""
    with beyond_scope():
        for item in merge.items.all():
            _give_back(item, merge)
    AgencyAlias.objects.filter(pk__in=merge.aliases).delete()
    merged, kept = merge.merged, merge.kept
    merged.status, merged.merged_into = Agency.Status(merge.status_before), None
    merged.save()
    kept.save()


def _give_back(item: BodyMergeItem, merge: BodyMerge) -> None:
    # A column whose model is gone since then has nothing to give back.
    reference = next((r for r in references() if (r.table, r.column) == (item.table, item.column)), None)
    if reference is None:
        return
    statement = (
        f"UPDATE {reference.table} SET {reference.column} = %s"  # noqa: S608  names of our own models
        f" WHERE {reference.key} = ANY(%s) AND {reference.column} = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [merge.merged_id, item.keys, merge.kept_id])


def obstacles(merged: Agency, kept: Agency) -> Sequence[str]:
    """Why these two cannot be made one, in words; empty where they can. At most 2 statements."""
    found = []
    if merged.pk == kept.pk:
        found.append("Hai mục là một: hãy chọn cơ quan khác để gộp vào.")
    if merged.uses_system or merged.lft is not None:
        found.append(
            f"“{merged.name}” là cơ quan đang dùng hệ thống: dùng “Sắp xếp cơ quan” để sáp nhập, "
            "hoặc gộp theo chiều ngược lại."
        )
    if merged.status == Agency.Status.MERGED:
        found.append(f"“{merged.name}” đã được gộp rồi. Hãy tải lại danh mục.")
    if kept.status not in (Agency.Status.ACTIVE, Agency.Status.PROPOSED):
        found.append(f"“{kept.name}” không còn dùng trong danh mục: hãy chọn cơ quan đang dùng.")
    if kept.parent_id is not None and kept.parent_id == merged.pk:
        found.append(
            f"“{kept.name}” trực thuộc “{merged.name}”: hãy đổi cơ quan cấp trên trước, hoặc gộp ngược lại."
        )
    if not found and merged.successions.exists():
        found.append(
            f"“{merged.name}” đã kết thúc và có cơ quan kế thừa, không phải mục trùng: dùng “Sắp xếp cơ quan”."
        )
    return found
