"""Finding the petitions of a page in the text index, quickly for a rare word and for one that half of all carry.

The index tells which petitions hold a word, not which of them are newest: for "nguyen van" it would fetch 400,000 rows
to show 20. So the newest of the list are asked first, a fixed amount of work. That fills the page when the words are
common. When it does not, it has shown how common each word is; then either a longer stretch of the list is asked, or
the index, whichever costs less (`costs`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from kntc.petitions import costs, search
from kntc.petitions.costs import CANDIDATES, SAMPLE
from kntc.petitions.models import PetitionQuerySet
from kntc.petitions.paging import Place, Sort

# OFFSET 0 keeps PostgreSQL from turning the question about one row into a scan of the whole index.
HOLDS = (
    "EXISTS (SELECT FROM petitions_text t WHERE t.petition_id = c.id AND t.search @@ %s::tsquery OFFSET 0)"
)
_INDEXED = "SELECT t.petition_id FROM petitions_text t WHERE t.search @@ %s::tsquery"
# The whole question in a form that no index answers: asked row by row.
_CHECKED = " AND COALESCE(t.search, '') @@ %s::tsquery"

Kinds = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """`petitions`: the list without its words and kind, `kind`: the tab chosen, `limit`: rows wanted."""

    petitions: PetitionQuerySet
    words: Sequence[str]
    kind: Q
    sort: Sort
    limit: int
    place: Place | None = None
    backwards: bool = False

    @property
    def wanted(self) -> Q:
        """The rows of the tab that come after the page before."""
        return self.kind & (self.sort.beyond(self.place, backwards=self.backwards) if self.place else Q())

    @property
    def order(self) -> str:
        return self.sort.sql(backwards=self.backwards)


@dataclass(frozen=True)
class Found:
    """Keys of a page. `kinds`: all hits by (kind, reflection kind) where they came along; `few`: they are soon told."""

    keys: list[int]
    kinds: Kinds | None = None
    few: bool = False


@dataclass(frozen=True)
class Stretch:
    """Hits among the first rows of a list. Where they fill no page: how many rows these were, which share of them
    each word is in, and how many petitions there are in all."""

    keys: list[int]
    rows: int = 0
    shares: list[float] = field(default_factory=list)
    register: int = 0


def find(question: Question) -> Found:
    """The keys of one page. One or two statements, seldom three."""
    try:
        numbers = [word for word in question.words if search.is_rare(word)]
        return _indexed(question, numbers) if numbers else _find(question)
    except EmptyResultSet:
        return Found([], Counter())


def _find(question: Question) -> Found:
    seen = _newest(question, CANDIDATES)
    if _answers(question, seen, CANDIDATES):
        return Found(seen.keys, few=len(seen.keys) < question.limit)
    plan = costs.plan(question.words, seen.shares, len(seen.keys), question.limit, seen.register)
    if plan.stretch:
        seen = _newest(question, plan.stretch)
        if _answers(question, seen, plan.stretch):
            return Found(seen.keys)
    return _indexed(question, plan.asked)


def _answers(question: Question, seen: Stretch, asked: int) -> bool:
    """The page is full, or the list has come to its end."""
    return len(seen.keys) == question.limit or seen.rows < asked


def _newest(question: Question, stretch: int) -> Stretch:
    rows = question.petitions.filter(question.wanted)
    rows = rows.order_by(*question.sort.order(backwards=question.backwards))
    inner, parameters = compiled(rows.values_list("pk", question.sort.field)[:stretch])
    shares = ", ".join("avg((s.search @@ %s::tsquery)::int)::float8" for _ in question.words)
    sql = (
        f"WITH c(id, value) AS MATERIALIZED ({inner}), hit AS MATERIALIZED ("  # noqa: S608
        f" SELECT c.id FROM c WHERE {HOLDS} ORDER BY {question.order} LIMIT {question.limit})"
        " SELECT id, NULL::bigint, NULL::float8[], NULL::bigint FROM hit"
        f" UNION ALL SELECT NULL, (SELECT count(*) FROM c), (SELECT ARRAY[{shares}] FROM (SELECT t.search FROM"
        f" (SELECT id FROM c LIMIT {SAMPLE}) n JOIN petitions_text t ON t.petition_id = n.id) s),"
        " (SELECT reltuples::bigint FROM pg_class WHERE oid = 'petitions_text'::regclass)"
        f" WHERE (SELECT count(*) FROM hit) < {question.limit}"
    )
    each = [search.query([word]) for word in question.words]
    found = run(sql, [*parameters, search.query(question.words), *each])
    keys = [row[0] for row in found if row[0] is not None]
    told = next((row[1:] for row in found if row[0] is None), None)
    return Stretch(keys, *told) if told else Stretch(keys)


def matching(words: Sequence[str], asked: Sequence[str]) -> Q:
    """Petitions that hold all the words, of which `asked` are looked up in the index."""
    if set(asked) == set(words):
        return Q(pk__in=RawSQL(f"{_INDEXED} OFFSET 0", [search.query(words)]))  # noqa: S611
    parameters = [search.query(asked), search.query(words)]
    return Q(pk__in=RawSQL(f"{_INDEXED}{_CHECKED} OFFSET 0", parameters))  # noqa: S611


def _indexed(question: Question, asked: Sequence[str]) -> Found:
    wanted = question.wanted
    flag = ExpressionWrapper(wanted, BooleanField()) if wanted else Value(True)
    hits = question.petitions.filter(matching(question.words, asked)).annotate(wanted=flag).order_by()
    inner, parameters = compiled(
        hits.values_list("pk", question.sort.field, "kind", "reflection_kind", "wanted")
    )
    sql = (
        f"WITH m(id, value, kind, reflection_kind, wanted) AS MATERIALIZED ({inner})"  # noqa: S608
        " (SELECT id, NULL::text, NULL::text, NULL::bigint FROM m WHERE wanted"
        f" ORDER BY {question.order} LIMIT {question.limit})"
        " UNION ALL SELECT NULL, kind, reflection_kind, count(*) FROM m GROUP BY kind, reflection_kind"
    )
    found = run(sql, parameters)
    keys = [key for key, *_ in found if key is not None]
    return Found(keys, Counter({(kind, part): n for key, kind, part, n in found if key is None}))


def compiled(petitions: "QuerySet[Any, Any]") -> tuple[str, tuple[Any, ...]]:
    """The statement of a queryset and its parameters. Raises EmptyResultSet for one that cannot have rows."""
    return petitions.query.sql_with_params()


def run(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
