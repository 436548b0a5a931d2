"""How many petitions of each kind a list holds (R20), told exactly up to a thousand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from kntc.petitions import search
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.costs import CANDIDATES
from kntc.petitions.finding import HOLDS, Found, Kinds, Question, compiled, find, run
from kntc.petitions.models import PetitionQuerySet
from kntc.petitions.paging import NEWEST
from kntc.vietnamese import number

CAP = 1000
# Every (kind, reflection kind) that a petition can have.
CLASSES: tuple[tuple[str, str], ...] = (
    (Kind.COMPLAINT, ""),
    (Kind.DENUNCIATION, ""),
    (Kind.REFLECTION, ReflectionKind.PROPOSAL),
    (Kind.REFLECTION, ReflectionKind.FEEDBACK),
    (Kind.REFLECTION, ""),
)
# When this many rows have been seen, at least one class has passed the cap.
ENOUGH = len(CLASSES) * (CAP + 1)
# Up to here a pass over the whole register takes no longer than a page.
_SMALL = "(SELECT reltuples FROM pg_class WHERE oid = 'petitions_petition'::regclass) < 150000"
# So many hits among the newest petitions make a word common. It is counted among so many; the rest is "or more".
DENSE = 40
SEARCHED = 40_000


@dataclass(frozen=True)
class Number:
    """A count; `more`: there are more than it says."""

    value: int
    more: bool = False

    def __str__(self) -> str:
        return f"{number(self.value)}{'+' if self.more else ''}"


@dataclass(frozen=True)
class Tally:
    """Petitions by class. `more`: what was counted is only a part of the list."""

    classes: Kinds
    more: bool = False

    def of(self, kind: str = "", part: str | None = None) -> Number:
        """All, a kind, or one part of it."""
        fits = [n for (k, p), n in self.classes.items() if kind in ("", k) and part in (None, p)]
        total = sum(fits)
        return Number(CAP, True) if total > CAP else Number(total, self.more)


def tally(petitions: PetitionQuerySet, *, only_small: bool = False) -> Tally | None:
    """Counts of a list without search words. One statement.

    A list of few is counted whole in one pass. Where the pass has seen enough, a class that it met seldom is asked for
    by itself. `only_small`: None, without counting, when the register is so large that a reader would wait for it.
    """
    rows = petitions.order_by().values_list("kind", "reflection_kind")
    try:
        first, parameters = compiled(rows[:ENOUGH])
        parts = [_class(rows, kind, part) for kind, part in CLASSES]
    except EmptyResultSet:
        return Tally(Counter())
    classes = " UNION ALL ".join(sql for sql, _ in parts)
    asked = _SMALL if only_small else "true"
    sql = (
        f"WITH seen(kind, part) AS MATERIALIZED ({first})"  # noqa: S608
        f" SELECT * FROM ({classes}) counted(kind, part, n) WHERE {asked}"
    )
    found = run(sql, [*parameters, *(value for _, values in parts for value in values)])
    return Tally(Counter({(kind, part): n for kind, part, n in found})) if found else None


def _class(rows: "QuerySet[Any, Any]", kind: str, part: str) -> tuple[str, list[Any]]:
    # PostgreSQL evaluates only the branch that it comes to.
    alone, parameters = compiled(rows.filter(kind=kind, reflection_kind=part)[: CAP + 1])
    met = "(SELECT count(*) FROM seen WHERE seen.kind = %s AND seen.part = %s)"
    sql = (
        f"SELECT %s, %s, CASE WHEN {met} > {CAP} OR (SELECT count(*) FROM seen) < {ENOUGH} THEN {met}"  # noqa: S608
        f" ELSE (SELECT count(*) FROM ({alone}) x) END"
    )
    return sql, [kind, part, kind, part, kind, part, *parameters]


def tally_hits(petitions: PetitionQuerySet, words: Sequence[str], most: int) -> Tally:
    """Counts of the hits among the newest `most` petitions of a list. One statement."""
    newest = petitions.order_by(*NEWEST.order()).values_list("pk", "kind", "reflection_kind")
    inner, parameters = compiled(newest[:most])
    sql = (
        f"WITH c(id, kind, part) AS MATERIALIZED ({inner}),"  # noqa: S608
        f" hit AS (SELECT c.kind, c.part FROM c WHERE {HOLDS} LIMIT {ENOUGH})"
        " SELECT kind, part, count(*) FROM hit GROUP BY 1, 2 UNION ALL SELECT NULL, NULL, count(*) FROM c"
    )
    found = run(sql, [*parameters, search.query(words)])
    seen = next(n for kind, _, n in found if kind is None)
    classes = Counter({(kind, part): n for kind, part, n in found if kind is not None})
    return Tally(classes, more=seen == most or sum(classes.values()) == ENOUGH)


def tally_found(question: Question, found: Found) -> Tally | None:
    """Counts of a search, where the page is not kept waiting for them. At most one statement."""
    if found.kinds is not None:
        return Tally(found.kinds)
    if not found.few or question.place is not None:
        return None
    counted = tally_hits(question.petitions, question.words, 2 * CANDIDATES)
    return None if counted.more else counted


def tally_search(petitions: PetitionQuerySet, words: Sequence[str]) -> Tally:
    """Counts of a search, however long they take. At most three statements."""
    found = find(Question(petitions, words, Q(), NEWEST, limit=DENSE))
    if found.kinds is not None:
        return Tally(found.kinds)
    return tally_hits(petitions, words, 2 * CANDIDATES if found.few else SEARCHED)
