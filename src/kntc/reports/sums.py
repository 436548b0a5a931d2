"""The numbers of a table in one statement: like petitions counted together, then added up by row and in total."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from kntc.audit.actors import Actor
from kntc.law.tables import FieldFilter
from kntc.petitions.models import Petition
from kntc.reports.conditions import Condition, Period, Question
from kntc.reports.rows import Tree
from kntc.reports.sql import Sql, fill, join, sql

# Row of central bodies placed in a locality; no agency has this number.
VERTICAL = 0
TOTAL = None
Sums = dict[int | None, list[int]]

# What petitions are counted together by, besides the row; the conditions speak of these names. But for the first two
# all are yes or no, so that the planner expects few groups (a column without values it takes for 200) and adds up in
# several processes.
KEYS = ("kind", "handling", "eligible", "competent", "handled", "second", "unsaid")
FLAGS = ("competent", "eligible")
READ = (
    "agency_id",
    "matter_id",
    "field",
    "handled_on",
    "kind",
    "handling",
    "eligible",
    "competent",
    "instance",
)

SOURCE = """
SELECT {row} AS row, p.kind, p.handling, p.eligible, p.competent, p.field, p.matter_id, {handled} AS handled,
  p.instance IS NOT DISTINCT FROM 2 AS second, p.instance IS NULL AS unsaid
FROM ({petitions}) p
JOIN agencies_agency a ON a.id = p.agency_id
LEFT JOIN agencies_agency branch ON {branch} AND a.lft BETWEEN branch.lft AND branch.rgt
{shifts}
WHERE {inside}"""

# Were the fields grouped by, the groups would be too many for that.
PETITIONS = """
SELECT row, {columns} FROM (
  SELECT row, {keys}, count(*) AS n{fields} FROM ({source}) s GROUP BY row, {keys}
) facts GROUP BY GROUPING SETS ((row), ())"""

MATTERS = """
SELECT row, {columns} FROM ({source}) s WHERE {asked} GROUP BY GROUPING SETS ((row), ())"""


def sums(tree: Tree, questions: Sequence[Question], period: Period, actor: Actor) -> Sums:
    """The answer to each question by row of the table (keys: agencies, VERTICAL, TOTAL). One statement.

    Runs through both walls: the queryset's rule here, the database's below. A row without petitions is not among them.
    """
    nothing: Sums = {TOTAL: [0] * len(questions)}
    try:
        statement = statement_of(tree, questions, period, actor)
    except EmptyResultSet:
        return nothing
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return _merged(cursor.fetchall(), nothing)


def statement_of(tree: Tree, questions: Sequence[Question], period: Period, actor: Actor) -> Sql:
    """Raises EmptyResultSet where the actor sees nothing at all."""
    source = _source(tree, period, actor)
    return join("\nUNION ALL", _parts(source, questions))


def _source(tree: Tree, period: Period, actor: Actor) -> Sql:
    """Each petition on hand with the row that it counts in."""
    petitions = Petition.objects.visible_to(actor).live().filter(period.on_hand).values(*READ)
    text, values = petitions.query.sql_with_params()
    row = sql("coalesce(branch.id, %s)", tree.root.pk)
    inside = sql("a.lft BETWEEN %s AND %s", tree.root.lft, tree.root.rgt)
    shifts = sql("")
    if tree.shifted:
        row, inside, shifts = _as_it_stood(tree, row, inside)
    away = sql("a.id = ANY(%s)", list(tree.away))
    if tree.away and tree.leaves_out:
        inside = fill("{inside} AND NOT {away}", inside=inside, away=away)
    elif tree.away:
        row = fill(
            "CASE WHEN {away} THEN {vertical} ELSE {row} END",
            away=away,
            vertical=sql("%s", VERTICAL),
            row=row,
        )
    return fill(
        SOURCE,
        row=row,
        handled=sql("p.handled_on BETWEEN %s AND %s", period.start, period.end),
        petitions=sql(text, *values),
        branch=sql("branch.parent_id = %s AND branch.uses_system", tree.root.pk),
        inside=inside,
        shifts=shifts,
    )


def _as_it_stood(tree: Tree, row: Sql, inside: Sql) -> tuple[Sql, Sql, Sql]:
    """Row, condition and join for a period in which agencies stood elsewhere than today."""
    shifts = sql(
        "LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS shifted (id, branch) ON shifted.id = a.id",
        [agency for agency, _ in tree.shifted],
        [branch for _, branch in tree.shifted],
    )
    row = fill("CASE WHEN shifted.id IS NULL THEN {row} ELSE shifted.branch END", row=row)
    inside = fill(
        "CASE WHEN shifted.id IS NULL THEN {inside} ELSE shifted.branch IS NOT NULL END", inside=inside
    )
    return row, inside, shifts


def _parts(source: Sql, questions: Sequence[Question]) -> Iterator[Sql]:
    if any(question.counts == "petitions" for question in questions):
        yield _petitions(source, questions)
    if any(question.counts == "matters" for question in questions):
        yield _matters(source, questions)


def _petitions(source: Sql, questions: Sequence[Question]) -> Sql:
    by_field = [q for q in questions if q.fields and q.counts == "petitions"]
    fields = list(dict.fromkeys(q.fields for q in by_field if q.fields))
    guard = sql(_guard(by_field))
    counted = [
        fill(f", count(*) FILTER (WHERE {{guard}} AND {{field}}) AS f{i}", guard=guard, field=_field(found))
        for i, found in enumerate(fields)
    ]
    return fill(
        PETITIONS,
        columns=join(", ", (_added_up(q, fields) for q in questions)),
        keys=sql(", ".join(KEYS)),
        fields=join("", counted),
        source=source,
    )


def _guard(questions: Sequence[Question]) -> str:
    """What all of these ask and what costs nothing to ask: spares most petitions the comparing of fields."""
    first, *others = [{c.sql for c in q.conditions} for q in questions] or [set()]
    return " AND ".join(sorted(first.intersection(FLAGS, *others))) or "TRUE"


def _added_up(question: Question, fields: list[FieldFilter]) -> Sql:
    if question.counts != "petitions":
        return sql("0")
    measure = f"f{fields.index(question.fields)}" if question.fields else "n"
    return fill(
        "coalesce(sum({measure}) FILTER (WHERE {asked}), 0)::bigint",
        measure=sql(measure),
        asked=_all(question.conditions),
    )


def _matters(source: Sql, questions: Sequence[Question]) -> Sql:
    columns = [
        fill("count(DISTINCT matter_id) FILTER (WHERE {asked})", asked=_whole(q))
        if q.counts == "matters"
        else sql("0")
        for q in questions
    ]
    asked = join(" OR ", (fill("({asked})", asked=_whole(q)) for q in questions if q.counts == "matters"))
    return fill(MATTERS, columns=join(", ", columns), source=source, asked=asked)


def _whole(question: Question) -> Sql:
    asked = _all(question.conditions)
    return (
        fill("{asked} AND {field}", asked=asked, field=_field(question.fields)) if question.fields else asked
    )


def _all(conditions: Sequence[Condition]) -> Sql:
    return join(" AND ", (sql(f"({condition.sql})", *condition.values) for condition in conditions))


def _field(fields: FieldFilter) -> Sql:
    return sql("field <> ALL(%s)" if fields.negated else "field = ANY(%s)", sorted(fields.codes))


def _merged(found: Iterable[tuple[Any, ...]], nothing: Sums) -> Sums:
    merged = nothing
    for row, *numbers in found:
        known = merged.setdefault(row, [0] * len(numbers))
        merged[row] = [a + int(b) for a, b in zip(known, numbers, strict=True)]
    return merged
