"""Finding the petitions of a page in the text index, quickly for a rare word and for one that half of all carry.

The index tells which petitions hold a word, not which of them are newest: for "nguyen van" it would fetch 400,000 rows
to show 20. So the newest of the list are asked first (`_newest`, a fixed amount of work). That fills the page when the
words are common. When they are not, few rows hold them all, and the index gives them at once (`_indexed`); of words
typed together it is asked only for those that the newest petitions showed to be rare, the rest is checked row by row.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from kntc.petitions import search
from kntc.petitions.models import PetitionQuerySet
from kntc.petitions.paging import Place, Sort

# Petitions whose words are looked at before the index is asked: some 10 ms.
CANDIDATES = 2000
SAMPLE = 300
# A word that a larger share of the sample carries is not worth a scan of its list in the index.
RARE_SHARE = 0.1

# OFFSET 0 keeps PostgreSQL from turning the question about one row into a scan of the whole index.
HOLDS = (
    "EXISTS (SELECT FROM petitions_text t WHERE t.petition_id = c.id AND t.search @@ %s::tsquery OFFSET 0)"
)
# The second condition is the whole question in a form that no index answers.
_MATCHING = (
    "SELECT t.petition_id FROM petitions_text t WHERE t.search @@ %s::tsquery"
    " AND (t.search || ''::tsvector) @@ %s::tsquery OFFSET 0"
)

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


def find(question: Question) -> Found:
    """The keys of one page. One or two statements."""
    try:
        numbers = [word for word in question.words if search.is_rare(word)]
        return _indexed(question, numbers) if numbers else _find(question)
    except EmptyResultSet:
        return Found([], Counter())


def _find(question: Question) -> Found:
    keys, seen, shares = _newest(question)
    if len(keys) < question.limit and seen >= CANDIDATES:
        return _indexed(question, _worth_asking(question.words, shares))
    return Found(keys, few=len(keys) < question.limit)


def _worth_asking(words: Sequence[str], shares: Sequence[float]) -> list[str]:
    """The rare words; where there is none, the rarest."""
    rare = [word for word, share in zip(words, shares, strict=True) if share < RARE_SHARE]
    return rare or [min(zip(shares, words, strict=True))[1]]


def _newest(question: Question) -> tuple[list[int], int, list[float]]:
    """Hits among the first rows of the list; where they fill no page, how many rows, and each word's share of them."""
    rows = question.petitions.filter(question.wanted).order_by(
        *question.sort.order(backwards=question.backwards)
    )
    inner, parameters = compiled(rows.values_list("pk", question.sort.field)[:CANDIDATES])
    shares = ", ".join("avg((s.search @@ %s::tsquery)::int)::float8" for _ in question.words)
    sql = (
        f"WITH c(id, value) AS MATERIALIZED ({inner}), hit AS MATERIALIZED ("  # noqa: S608
        f" SELECT c.id FROM c WHERE {HOLDS} ORDER BY {question.order} LIMIT {question.limit})"
        " SELECT id, NULL::bigint, NULL::float8[] FROM hit"
        f" UNION ALL SELECT NULL, (SELECT count(*) FROM c), (SELECT ARRAY[{shares}] FROM (SELECT t.search FROM"
        f" (SELECT id FROM c LIMIT {SAMPLE}) n JOIN petitions_text t ON t.petition_id = n.id) s)"
        f" WHERE (SELECT count(*) FROM hit) < {question.limit}"
    )
    each = [search.query([word]) for word in question.words]
    found = run(sql, [*parameters, search.query(question.words), *each])
    keys = [key for key, _, _ in found if key is not None]
    seen, shares_seen = next(((seen, shares) for key, seen, shares in found if key is None), (0, None))
    return keys, seen, shares_seen or []


def matching(words: Sequence[str], asked: Sequence[str]) -> Q:
    """Petitions that hold all the words, of which `asked` are looked up in the index."""
    return Q(pk__in=RawSQL(_MATCHING, [search.query(asked), search.query(words)]))  # noqa: S611


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
