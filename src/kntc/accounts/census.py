"""The census of accounts: how many each agency of a subtree has, and in what state they are (R36).

An account counts once in each agency in which it holds a post, and once in every sum, whatever number of posts it has
therein. So a sum may be less than its lines; `Census.shared` says by how many, and who reads the table is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from operator import add, sub
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils import timezone

from kntc.accounts.roles import Role
from kntc.accounts.states import Area, State, in_force, in_state, standing, vacancies
from kntc.agencies.models import Agency, Level

_OF_ACCOUNT = "account__"
_ADMIN = Q(role=Role.UNIT_ADMIN) & in_state(None, _OF_ACCOUNT)


class Figures(NamedTuple):
    """`accounts` are all but the retired: active + idle_30 + never + locked; idle_60 is a part of idle_30."""

    accounts: int = 0
    administrators: int = 0
    active: int = 0
    idle_30: int = 0
    idle_60: int = 0
    idle_90: int = 0
    never: int = 0
    locked: int = 0
    retired: int = 0
    vacant: int = 0
    without_administrator: int = 0
    agencies: int = 0

    @property
    def users(self) -> int:
        return self.accounts - self.administrators

    @property
    def needs_action(self) -> bool:
        return bool(self.idle_30 or self.never or self.locked or self.vacant or self.without_administrator)


_EMPTY = Figures()
_WIDTH = len(Figures._fields)
_NOTHING = (0,) * _WIDTH
_Vector = Sequence[int]
# The states in the order of Figures, after `accounts` and `administrators`.
_STATES = (
    State.ACTIVE,
    State.IDLE_30,
    State.IDLE_60,
    State.IDLE_90,
    State.NEVER,
    State.LOCKED,
    State.RETIRED,
)


@dataclass(slots=True)
class Line:
    """One agency, at its depth below the agency of the census."""

    id: int
    code: str
    name: str
    short_name: str
    level: str
    closed: bool
    above: "Line | None"
    rgt: int
    at: int = 0
    last: int = 0
    depth: int = 0
    own: Figures = _EMPTY

    @property
    def has_units(self) -> bool:
        return self.last > self.at


class Census:
    """All agencies of a subtree in the order of the tree, the first its root. Four statements for any number."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.lines = _lines(agency)
        self._places = {line.id: line.at for line in self.lines}
        own = _counted(Area(agency, subtree=True))
        vacant = _vacant(Area(agency, subtree=True))
        corrections = _Corrections(self.lines, self._places, _several(Area(agency, subtree=True)))
        self._running: list[_Vector] = [_NOTHING]
        for line in self.lines:
            figures = _own(line, own.get(line.id), vacant.get(line.id, 0), corrections.inside[line.id])
            line.own = Figures._make(figures)
            whole = map(add, figures, corrections.above.get(line.id, _NOTHING))
            self._running.append(tuple(map(add, self._running[-1], whole)))
        self._corrections = corrections

    @property
    def root(self) -> Line:
        return self.lines[0]

    def whole(self, line: Line) -> Figures:
        """An agency with all below it, each account once."""
        return Figures(*map(sub, self._running[line.last + 1], self._running[line.at]))

    @cached_property
    def total(self) -> Figures:
        return self.whole(self.root)

    @property
    def shared(self) -> int:
        """By how much the lines together exceed the total: accounts with posts in several agencies."""
        return sum(line.own.accounts for line in self.lines) - self.total.accounts

    @cached_property
    def levels(self) -> list[tuple[Level, Figures]]:
        """The agencies of each level, without what stands below them."""
        sums: dict[str, _Vector] = defaultdict(lambda: _NOTHING)
        for line in self.lines:
            sums[line.level] = tuple(map(add, sums[line.level], line.own))
        for level, more in self._corrections.by_level.items():
            sums[level] = tuple(map(add, sums[level], more))
        return [(level, Figures(*sums[level])) for level in Level if level in sums]

    def units(self, line: Line) -> Iterator[Line]:
        """The agencies right below; a closed one only while it still has accounts."""
        at = line.at + 1
        while at <= line.last:
            child = self.lines[at]
            if not child.closed or self.whole(child).accounts:
                yield child
            at = child.last + 1

    def line(self, agency_id: int) -> Line | None:
        at = self._places.get(agency_id)
        return None if at is None else self.lines[at]


def _lines(agency: Agency) -> list[Line]:
    today = timezone.localdate()
    rows = (
        Agency.objects.subtree(agency)
        .order_by("lft")
        .values_list("id", "code", "name", "short_name", "level", "valid_from", "valid_to", "rgt")
    )
    lines: list[Line] = []
    above: Line | None = None
    for key, code, name, short_name, level, first, last, rgt in rows:
        while above is not None and above.rgt < (rgt or 0):
            above = above.above
        line = Line(key, code, name, short_name, level, not _stands(first, last, today), above, rgt or 0)
        line.at, line.depth = len(lines), above.depth + 1 if above else 0
        lines.append(line)
        above = line
    for line in reversed(lines):
        line.last = max(line.last, line.at)
        if line.above:
            line.above.last = max(line.above.last, line.last)
    return lines


def _stands(first: date | None, last: date | None, today: date) -> bool:
    return (first is None or first <= today) and (last is None or today <= last)


def _own(line: Line, counted: _Vector | None, vacant: int, twice: _Vector) -> _Vector:
    *figures, administered = counted or (0,) * 10
    without = not line.closed and not administered
    return tuple(map(add, (*figures, vacant, int(without), int(not line.closed)), twice))


def _counted(area: Area) -> dict[int, _Vector]:
    """By agency: its posts as the first nine figures, and those of administrators who can sign in."""
    administered = _ADMIN & in_force() & Q(account__is_active=True)
    flags = [in_state(None, _OF_ACCOUNT), _ADMIN, *(in_state(state, _OF_ACCOUNT) for state in _STATES)]
    counts = {f"n{at}": Count("pk", filter=flag) for at, flag in enumerate([*flags, administered])}
    rows = standing().filter(agency__in=area.agencies).values("agency").annotate(**counts)
    return {key: figures for key, *figures in rows.values_list("agency", *counts)}


def _vacant(area: Area) -> dict[int, int]:
    rows = vacancies(area).order_by().values("agency").annotate(n=Count("pk"))
    return dict(rows.values_list("agency", "n"))


@dataclass(frozen=True, slots=True)
class _Held:
    """A post of an account that holds several, with what the account adds to each figure."""

    account: int
    agency: int
    admin: bool
    adds: _Vector


def _several(area: Area) -> Iterable[list[_Held]]:
    """The posts of accounts with more than one, account by account, in the order of the tree."""
    posts = standing().filter(agency__in=area.agencies)
    twice = posts.values("account").annotate(n=Count("pk")).filter(n__gt=1).values("account")
    flags = {f"s{at}": _flag(in_state(state, _OF_ACCOUNT)) for at, state in enumerate((None, *_STATES))}
    found = posts.filter(account__in=twice).annotate(admin=_flag(_ADMIN), **flags)
    rows: Iterable[Sequence[Any]] = found.order_by("account", "agency__lft").values_list(
        "account", "agency", "admin", *flags
    )
    for _, group in groupby(rows, lambda row: row[0]):
        yield [_held(*row) for row in group]


def _held(account: int, agency: int, admin: bool, *states: bool | None) -> _Held:
    # NULL: who never signed in is not idle either.
    here, *others = (int(bool(state)) for state in states)
    return _Held(account, agency, admin, (here, 0, *others, 0, 0, 0))


def _flag(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


class _Corrections:
    """What must be taken off so that sums count accounts once.

    Of two neighbours in the order of the tree, the lowest agency above both is the first whose sum would count the
    account a second time: there it is taken off, and with it from every sum further up.
    """

    def __init__(self, lines: list[Line], places: dict[int, int], several: Iterable[list[_Held]]) -> None:
        self._lines, self._places = lines, places
        self.inside: dict[int, _Vector] = defaultdict(lambda: _NOTHING)
        self.above: dict[int, _Vector] = defaultdict(lambda: _NOTHING)
        self.by_level: dict[str, _Vector] = defaultdict(lambda: _NOTHING)
        for posts in several:
            self._count_once(posts)
            self._count_once([post for post in posts if post.admin], admins=True)

    def _count_once(self, posts: list[_Held], *, admins: bool = False) -> None:
        agencies = list(dict.fromkeys(post.agency for post in posts))
        less = _less(posts[0], admins=admins) if posts else _NOTHING
        self._in_one_agency(posts, less)
        for left, right in pairwise(agencies):
            _take(self.above, self._meeting(left, right), less)
        levels = [self._lines[self._places[agency]].level for agency in agencies]
        for level in set(levels):
            for _ in range(levels.count(level) - 1):
                _take(self.by_level, level, less)

    def _in_one_agency(self, posts: list[_Held], less: _Vector) -> None:
        seen: set[int] = set()
        for post in posts:
            if post.agency in seen:
                _take(self.inside, post.agency, less)
            seen.add(post.agency)

    def _meeting(self, left: int, right: int) -> int:
        line, at = self._lines[self._places[left]], self._places[right]
        while not line.at <= at <= line.last and line.above is not None:
            line = line.above
        return line.id


def _less(post: _Held, *, admins: bool) -> _Vector:
    return (0, -1, *_NOTHING[2:]) if admins else tuple(-one for one in post.adds)


def _take(sums: dict[Any, _Vector], key: Any, less: _Vector) -> None:
    sums[key] = tuple(map(add, sums[key], less))
