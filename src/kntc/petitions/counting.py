"""How many petitions of each kind a list holds (R20), told exactly up to a thousand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from kntc.petitions import search
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.finding import CANDIDATES, HOLDS, Found, Kinds, Question, compiled, find, run
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
# A common word is counted in so many of the newest petitions; the rest is "or more".
SEARCHED = 20_000


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


def tally(petitions: PetitionQuerySet) -> Tally:
    """Counts of a list without search words. One statement, or two for a list of more than some thousands."""
    try:
        return _tally(petitions.order_by().values_list("kind", "reflection_kind"))
    except EmptyResultSet:
        return Tally(Counter())


def _tally(rows: "QuerySet[Any, Any]") -> Tally:
    inner, parameters = compiled(rows[:ENOUGH])
    sql = f"SELECT kind, part, count(*) FROM ({inner}) x(kind, part) GROUP BY 1, 2"  # noqa: S608
    classes = Counter({(kind, part): n for kind, part, n in run(sql, parameters)})
    if sum(classes.values()) == ENOUGH:
        classes.update(_missing(rows, [known for known in CLASSES if classes[known] <= CAP], classes))
    return Tally(classes)


def _missing(rows: "QuerySet[Any, Any]", undecided: list[tuple[str, str]], seen: Kinds) -> Kinds:
    """What is to be added to the classes of which the first rows held few."""
    parts, parameters = [], []
    for kind, part in undecided:
        inner, values = compiled(rows.filter(kind=kind, reflection_kind=part)[: CAP + 1])
        parts.append(f"SELECT %s, %s, (SELECT count(*) FROM ({inner}) x)")  # noqa: S608
        parameters += [kind, part, *values]
    found = run(" UNION ALL ".join(parts), parameters) if parts else []
    return Counter({(kind, part): n - seen[kind, part] for kind, part, n in found})


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
    found = find(Question(petitions, words, Q(), NEWEST, limit=1 + len(CLASSES)))
    return Tally(found.kinds) if found.kinds is not None else tally_hits(petitions, words, SEARCHED)
