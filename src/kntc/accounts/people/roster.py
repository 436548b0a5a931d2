"""The people of a subtree, as one searches for them. The address of the list says what it shows:

    q            words of the name, the login, the agency; with or without accents
    co-quan      key of an agency; without it the whole subtree that the administrator oversees
    cap=1        that agency with all below it (without co-quan always so)
    bac          only agencies of this level therein: central, ministry, province, department, district, commune
    vai-tro      a role: officer, leader, business_owner, unit_admin, national_analyst
    tinh-trang   active, never, idle30, idle60, idle90, locked, retired, no_holder; without it all but the retired
    loai         admin, user
    sau, truoc   where a page begins or ends

`states.list_query` writes the same names for the numbers of the census.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.utils import timezone

from kntc.accounts import states
from kntc.accounts.administration import oversees
from kntc.accounts.models import Account, Post
from kntc.accounts.officers import Officer
from kntc.accounts.people.pages import KeyedPage, keyed_page
from kntc.accounts.roles import Role
from kntc.accounts.states import Area, Kind, State
from kntc.agencies.models import Agency, Level
from kntc.audit.errors import OutOfReach
from kntc.vietnamese import fold

C = TypeVar("C", bound=TextChoices)

PAGE = 50
CAP = 1000
# An agency is chosen from a list of so many; who oversees more comes from the census or searches by its name.
CHOSEN_FROM = 300


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for, read and checked."""

    area: Area
    q: str = ""
    role: Role | None = None
    state: State | None = None
    kind: Kind | None = None
    narrowed: bool = False

    @property
    def words(self) -> list[str]:
        return fold(self.q).split()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.role or self.state or self.kind or self.narrowed)


def read(query: Mapping[str, str], officer: Officer) -> Wanted:
    """What an address asks for. Raises OutOfReach for an agency elsewhere. At most one statement."""
    key = query.get("co-quan", "")
    agency = _agency(key, officer) if key else officer.oversees
    level = _one_of(Level, query.get("bac", ""))
    return Wanted(
        Area(agency, subtree=not key or query.get("cap") == "1", level=level.value if level else ""),
        q=query.get("q", "").strip()[:100],
        role=_one_of(Role, query.get("vai-tro", "")),
        state=_one_of(State, query.get("tinh-trang", "")),
        kind=_one_of(Kind, query.get("loai", "")),
        narrowed=bool(key or level),
    )


def people(wanted: Wanted) -> QuerySet[Account]:
    """The accounts that the list shows, each once, with `here`: its posts in the area."""
    found = states.people(wanted.area, wanted.state, wanted.kind)
    posts = states.standing().filter(agency__in=wanted.area.agencies)
    if wanted.role:
        found = found.filter(pk__in=posts.filter(role=wanted.role).values("account"))
    for word in wanted.words:
        there = posts.filter(agency__name_fold__contains=word).values("account")
        found = found.filter(Q(name_fold__contains=word) | Q(login__contains=word) | Q(pk__in=there))
    shown = posts.select_related("agency").order_by("agency__lft", "pk")
    return found.prefetch_related(Prefetch("posts", shown, to_attr="here"))


def page_of(wanted: Wanted, query: Mapping[str, str]) -> KeyedPage[Account]:
    """One page by the order of names. Two statements."""
    return keyed_page(
        people(wanted),
        ("sort_key", "pk"),
        after=query.get("sau", ""),
        before=query.get("truoc", ""),
        size=PAGE,
    )


def count(wanted: Wanted) -> int:
    """How many, CAP + 1 for more. One statement."""
    return people(wanted)[: CAP + 1].count()


def vacancies(wanted: Wanted) -> list[Post]:
    """Posts without a holder, at most CAP + 1 of them. One statement."""
    found = states.vacancies(wanted.area)
    if wanted.role:
        found = found.filter(role=wanted.role)
    for word in wanted.words:
        found = found.filter(Q(agency__name_fold__contains=word) | Q(account__name_fold__contains=word))
    return list(found.select_related("account", "agency").order_by("agency__lft", "role")[: CAP + 1])


def choices_of_agency(officer: Officer, *others: Agency) -> list[Agency]:
    """The agencies an administrator picks from: all of a small subtree, else the own one and those named. One
    statement.
    """
    inside = Agency.objects.subtree(officer.oversees).users().order_by("lft")
    open_ones = inside.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))
    found = list(open_ones[: CHOSEN_FROM + 1])
    if len(found) > CHOSEN_FROM:
        found = [agency for agency in found if agency.parent_id == officer.oversees.pk]
        found.insert(0, officer.oversees)
    known = {agency.pk for agency in found}
    return [*found, *(agency for agency in others if agency.pk not in known)]


def state_of(account: Account) -> State:
    """The one state in which an account is."""
    if account.retired_at is not None:
        return State.RETIRED
    if not account.is_active:
        return State.LOCKED
    if account.last_login is None:
        return State.NEVER
    days = (90, 60, 30)
    idle = next((d for d in days if account.last_login < states.idle_since(d)), None)
    return State(f"idle{idle}") if idle else State.ACTIVE


def address(query: Mapping[str, str], **changed: str) -> str:
    """The query of the same list with some of it changed; pages begin anew."""
    names = ("q", "co-quan", "cap", "bac", "vai-tro", "tinh-trang", "loai")
    values = {name: query.get(name, "") for name in names} | {
        name.replace("_", "-"): value for name, value in changed.items()
    }
    return urlencode({name: value for name, value in values.items() if value})


def named(agencies: Sequence[Agency]) -> list[tuple[str, str]]:
    """Choices of a form, those below moved in."""
    ends: list[int] = []
    choices = []
    for agency in agencies:
        while ends and agency.lft is not None and ends[-1] < agency.lft:
            ends.pop()
        choices.append((str(agency.pk), "\u2003" * len(ends) + agency.name))
        if agency.rgt is not None:
            ends.append(agency.rgt)
    return choices


def _agency(key: str, officer: Officer) -> Agency:
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
    agency = Agency.objects.select_related("parent").filter(pk=number).first()
    if agency is None or not oversees(officer, agency):
        raise OutOfReach("Cơ quan này")
    return agency


def _one_of(choices: type[C], value: str) -> C | None:
    return choices(value) if value in choices.values else None
