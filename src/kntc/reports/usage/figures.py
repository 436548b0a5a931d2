"""The figures of the usage report, counted live: who uses the system, what was entered, how well."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Cast

from kntc.accounts.models import Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, Level
from kntc.audit.actors import Actor
from kntc.audit.models import Entry
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.models import Petition
from kntc.reports.usage.faults import commonest


class Basis(StrEnum):
    """The date by which a petition falls into the period (R19)."""

    RECEIVED = "received"
    ENTERED = "entered"

    @property
    def column(self) -> str:
        return f"{self}_on"

    @property
    def label(self) -> str:
        return {"received": "ngày nhận đơn", "entered": "ngày nhập vào hệ thống"}[self]


@dataclass(frozen=True)
class Kinds:
    """Petitions by kind; kiến nghị and phản ánh apart and together (R20)."""

    complaint: int = 0
    denunciation: int = 0
    proposal: int = 0
    feedback: int = 0
    both: int = 0  # the register says only "kiến nghị, phản ánh"

    @property
    def reflection(self) -> int:
        return self.proposal + self.feedback + self.both

    @property
    def total(self) -> int:
        return self.complaint + self.denunciation + self.reflection

    def __add__(self, other: "Kinds") -> "Kinds":
        return Kinds(
            self.complaint + other.complaint,
            self.denunciation + other.denunciation,
            self.proposal + other.proposal,
            self.feedback + other.feedback,
            self.both + other.both,
        )


@dataclass(frozen=True)
class Unit:
    """One agency right below, with all that stands below it."""

    agency: Agency
    kinds: Kinds
    accounts: int

    @property
    def uses(self) -> bool:
        return self.kinds.total > 0 or self.accounts > 0


@dataclass(frozen=True)
class Group:
    """The units of one level: "11/11 huyện, thị xã, thành phố"."""

    label: str
    units: Sequence[Unit]

    @property
    def using(self) -> int:
        return sum(unit.uses for unit in self.units)

    @property
    def missing(self) -> list[Unit]:
        return [unit for unit in self.units if not unit.uses]


@dataclass(frozen=True)
class Lag:
    """Days from receipt to entry, of petitions entered as they came: half within `median`, nine of ten `ninety`."""

    entered: int
    median: int | None = None
    ninety: int | None = None


@dataclass(frozen=True)
class Usage:
    """All figures of one report."""

    agency: Agency
    start: date
    end: date
    basis: Basis
    kinds: Kinds
    backfilled: int
    groups: Sequence[Group]
    own: Kinds  # received by the agency itself, not by a unit below
    accounts: dict[str, int]
    never_signed_in: int
    corrected: int
    voided: int
    restored: int
    lag: Lag
    faults: Sequence[tuple[str, int]] = ()

    @cached_property
    def units(self) -> list[Unit]:
        return [unit for group in self.groups for unit in group.units]

    @property
    def all_accounts(self) -> int:
        return sum(self.accounts.values())


# An agency's place in the tree, and its petitions.
_Received = tuple[int | None, Kinds]


@dataclass(frozen=True)
class _Held:
    """A post held in the period."""

    account: int
    role: str
    lft: int | None
    last_login: datetime | None


# In the order in which a report names them.
LEVELS = {
    Level.PROVINCE: "tỉnh, thành phố trực thuộc trung ương",
    Level.MINISTRY: "bộ, ngành trung ương",
    Level.DISTRICT: "huyện, thị xã, thành phố",
    Level.COMMUNE: "xã, phường, đặc khu",
    Level.DEPARTMENT: "sở, ban, ngành",
    Level.CENTRAL: "cơ quan trung ương",
}


def compile_usage(*, agency: Agency, officer: Actor, start: date, end: date, basis: Basis) -> Usage:
    """The figures of `agency` and its subtree as far as the officer may see.

    Six SQL statements, and those of the sources of faults.
    """
    petitions = Petition.objects.visible_to(officer).live().received_by(agency)
    petitions = petitions.filter(**{f"{basis.column}__range": (start, end)})
    kinds, backfilled = _kinds_by_agency(petitions)
    posts = _posts(agency, start, end)
    units = _units(agency, min(end, agency.valid_to or end), kinds, posts)
    changes = _changes(agency, officer, start, end)
    return Usage(
        agency=agency,
        start=start,
        end=end,
        basis=basis,
        kinds=sum((k for _, k in kinds.values()), Kinds()),
        backfilled=backfilled,
        groups=_groups(units),
        own=kinds.get(agency.pk, (0, Kinds()))[1],
        accounts=_accounts_by_role(posts),
        never_signed_in=len({post.account for post in posts if post.last_login is None}),
        corrected=changes["petition.correct"],
        voided=_voided(agency, officer, start, end),
        restored=changes["petition.restore"],
        lag=_lag(petitions),
        faults=commonest(agency, officer, start, end),
    )


def coverage(*, agency: Agency, officer: Actor, start: date, end: date, basis: Basis) -> list[Group]:
    """Which of the units right below use the system, by level (R21). Three SQL statements."""
    petitions = Petition.objects.visible_to(officer).live().received_by(agency)
    kinds, _ = _kinds_by_agency(petitions.filter(**{f"{basis.column}__range": (start, end)}))
    return _groups(_units(agency, min(end, agency.valid_to or end), kinds, _posts(agency, start, end)))


def _kinds_by_agency(petitions: QuerySet[Petition]) -> tuple[dict[int, _Received], int]:
    """By agency: its lft and its petitions by kind; and how many were entered after the event (R18)."""
    rows = petitions.values("agency_id", "agency__lft", "kind", "reflection_kind").annotate(
        n=Count("pk"), late=Count("pk", filter=Q(backfilled=True))
    )
    found: dict[int, _Received] = {}
    backfilled = 0
    for row in rows:
        lft, kinds = found.get(row["agency_id"], (row["agency__lft"], Kinds()))
        found[row["agency_id"]] = (lft, kinds + Kinds(**{_name(row): row["n"]}))
        backfilled += row["late"]
    return found, backfilled


def _name(row: Mapping[str, Any]) -> str:
    if row["kind"] != Kind.REFLECTION:
        return str(row["kind"])
    return {ReflectionKind.PROPOSAL: "proposal", ReflectionKind.FEEDBACK: "feedback"}.get(
        row["reflection_kind"], "both"
    )


def _posts(agency: Agency, start: date, end: date) -> list[_Held]:
    """Posts held on a day of the period by accounts in use."""
    posts = (
        Post.objects.filter(agency__lft__gte=agency.lft, agency__lft__lte=agency.rgt)
        .filter(Q(valid_to=None) | Q(valid_to__gte=start), valid_from__lte=end, account__is_active=True)
        .values_list("account", "role", "agency__lft", "account__last_login")
    )
    return [_Held(*post) for post in posts]


def _units(agency: Agency, day: date, kinds: Mapping[int, _Received], posts: Iterable[_Held]) -> list[Unit]:
    """The agencies right below that stood on that day."""
    children = list(Agency.objects.users().valid_on(day).filter(parent=agency).order_by("sort_key"))
    received: defaultdict[int, Kinds] = defaultdict(Kinds)
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for lft, some in kinds.values():
        if child := _above(children, lft):
            received[child.pk] += some
    for post in posts:
        if child := _above(children, post.lft):
            holders[child.pk].add(post.account)
    return [Unit(child, received[child.pk], len(holders[child.pk])) for child in children]


def _above(children: Sequence[Agency], lft: int | None) -> Agency | None:
    if lft is None:
        return None
    return next((child for child in children if (child.lft or 0) <= lft <= (child.rgt or 0)), None)


def _groups(units: Sequence[Unit]) -> list[Group]:
    by_level: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_level[unit.agency.level].append(unit)
    return [Group(label, by_level[level]) for level, label in LEVELS.items() if by_level[level]]


def _accounts_by_role(posts: Iterable[_Held]) -> dict[str, int]:
    """Accounts by role; one who holds two roles is counted under the first of them."""
    roles: dict[int, set[str]] = defaultdict(set)
    for post in posts:
        roles[post.account].add(post.role)
    first = Counter(next(role for role in Role if role in held) for held in roles.values())
    return {role.label: first[role] for role in Role if first[role]}


def _changes(agency: Agency, officer: Actor, start: date, end: date) -> Counter[str]:
    """Corrections and restorations of this agency's petitions, whoever answers for them today."""
    ours = Petition.objects.received_by(agency).filter(pk=Cast(OuterRef("subject_id"), BigIntegerField()))
    rows = (
        Entry.objects.visible_to(officer)
        .filter(action__in=("petition.correct", "petition.restore"), subject_type="petitions.petition")
        .filter(at__date__range=(start, end))
        .filter(Exists(ours))
        .values("action")
        .annotate(n=Count("pk"))
    )
    return Counter({row["action"]: row["n"] for row in rows})


def _voided(agency: Agency, officer: Actor, start: date, end: date) -> int:
    voided = Petition.objects.visible_to(officer).voided().received_by(agency)
    return voided.filter(voided_at__date__range=(start, end)).count()


class Share(Aggregate):
    """The value that this share of the rows does not exceed."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


def _lag(petitions: QuerySet[Petition]) -> Lag:
    days = F("entered_on") - F("received_on")
    found = petitions.filter(backfilled=False).aggregate(
        n=Count("pk"),
        median=Share(days, share=0.5),
        ninety=Share(days, share=0.9),
    )
    return Lag(found["n"], *(found[share].days if found[share] else None for share in ("median", "ninety")))
