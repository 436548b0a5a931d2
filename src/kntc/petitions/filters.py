"""What the list of petitions can be narrowed by. Rooms above add dates and clocks (and see `extra_filters`)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.law.fields import field_name
from kntc.petitions.choices import OPEN_STATES, Handling, Kind, ReflectionKind, Source, State
from kntc.petitions.extra_filters import Filter
from kntc.petitions.models import AnyOf, Petition
from kntc.vietnamese import short_date

SOON = timedelta(days=3)
# "Not yet", "not said": handling=none, field=none, reflection_kind=none.
NONE = "none"
# state=open: somebody has still something to do.
OPEN = "open"
# assignee=me.
ME = "me"
# As many agencies as a statement may name.
NAMED = 500


def between(column: str, start: date | None, end: date | None) -> Q:
    """The column lies between two days, both in it; either may be open."""
    bounds = {f"{column}__gte": start, f"{column}__lte": end}
    return Q(**{name: day for name, day in bounds.items() if day is not None})


@dataclass(frozen=True)
class Basis:
    """A date by which a petition falls into a period (R19)."""

    label: str
    q: Callable[[date | None, date | None], Q]


def own_basis(label: str, column: str) -> Basis:
    return Basis(label, lambda start, end: between(column, start, end))


BASES: dict[str, Basis] = {
    "received": own_basis("Ngày nhận đơn", "received_on"),
    "entered": own_basis("Ngày nhập vào hệ thống", "entered_on"),
    "handled": own_basis("Ngày xử lý đơn", "handled_on"),
}


@dataclass
class Lateness:
    """A question about time limits. Each clock that a petition has answers it with a condition; one is enough."""

    label: str
    clocks: list[Callable[[date], Q]] = field(default_factory=list)

    def q(self, today: date) -> Q:
        return reduce(or_, (clock(today) for clock in self.clocks))


# The clock of examination. Settlement adds its own to the first two and brings two more.
LATENESS: dict[str, Lateness] = {
    "overdue": Lateness("Đang quá hạn", [lambda today: Q(handling="", due_on__lt=today)]),
    "soon": Lateness(
        f"Sắp đến hạn ({SOON.days} ngày)",
        [lambda today: Q(handling="") & between("due_on", today, today + SOON)],
    ),
    "handled_in_time": Lateness("Xử lý đúng hạn", [lambda _: Q(handled_on__lte=F("due_on"))]),
    "handled_late": Lateness("Xử lý trễ hạn", [lambda _: Q(handled_on__gt=F("due_on"))]),
}


@dataclass(frozen=True)
class Chosen:
    """What an officer asks the list for, read and checked."""

    kind: str = ""
    reflection_kind: str = ""
    source: str = ""
    field: str = ""
    agency: Agency | None = None
    subtree: bool = True
    basis: str = "received"
    start: date | None = None
    end: date | None = None
    handling: str = ""
    state: str = ""
    late: str = ""
    backfilled: str = ""
    repeat: bool = False
    own: int | None = None
    assignee: int | None = None
    unassigned: bool = False
    assignee_name: str = ""

    @property
    def kind_q(self) -> Q:
        q = Q(kind=self.kind) if self.kind else Q()
        if self.reflection_kind == NONE:
            return q & Q(kind=Kind.REFLECTION, reflection_kind="")
        return q & Q(reflection_kind=self.reflection_kind) if self.reflection_kind else q

    @property
    def kind_label(self) -> str:
        if self.reflection_kind == NONE:
            return "Kiến nghị, phản ánh chưa tách riêng"
        if self.reflection_kind:
            return str(ReflectionKind(self.reflection_kind).label)
        return str(Kind(self.kind).label) if self.kind else ""

    def filters(self) -> list[Filter]:
        """All but the kind, which the tabs of the list choose."""
        return [part for part in (maker(self) for maker in _MAKERS) if part]


def _filter(label: str, q: Q, *parameters: str) -> Filter:
    return Filter(lambda petitions: petitions.filter(q), label, parameters)


def _source(chosen: Chosen) -> Filter | None:
    if not chosen.source:
        return None
    return _filter(f"Nguồn: {Source(chosen.source).label}", Q(source=chosen.source), "source")


def _field(chosen: Chosen) -> Filter | None:
    code = chosen.field
    if not code:
        return None
    if code == NONE:
        return _filter("Lĩnh vực: chưa phân loại", Q(field=""), "field")
    # A branch holds its leaves: "land" and "land.recovery".
    return _filter(f"Lĩnh vực: {field_name(code)}", Q(field=code) | Q(field__startswith=f"{code}."), "field")


def _agency(chosen: Chosen) -> Filter | None:
    agency = chosen.agency
    if agency is None:
        return None
    if not chosen.subtree:
        return _filter(f"Riêng {agency.name}", Q(agency_id=agency.pk), "agency", "subtree")
    return _filter(f"{agency.name} và trực thuộc", received_below(agency), "agency", "subtree")


def received_below(agency: Agency) -> Q:
    """Received by this agency or one below it, whoever answers for it today."""
    below: list[int] = getattr(agency, "below", [])
    if agency.lft is None:
        return Q(agency_id=agency.pk)
    if 0 < len(below) <= NAMED:
        return Q(AnyOf("agency_id", below))
    return Q(agency__lft__gte=agency.lft, agency__lft__lte=agency.rgt)


def _period(chosen: Chosen) -> Filter | None:
    start, end = chosen.start, chosen.end
    if start is None and end is None:
        return None
    basis = BASES[chosen.basis]
    return _filter(f"{basis.label}: {period_text(start, end)}", basis.q(start, end), "from", "to", "basis")


def period_text(start: date | None, end: date | None) -> str:
    if start and end:
        return short_date(start) if start == end else f"{short_date(start)} – {short_date(end)}"
    return f"từ {short_date(start)}" if start else f"đến {short_date(end)}" if end else ""


def _handling(chosen: Chosen) -> Filter | None:
    if not chosen.handling:
        return None
    if chosen.handling == NONE:
        return _filter("Chưa xử lý", Q(handling=""), "handling")
    return _filter(f"Hướng xử lý: {Handling(chosen.handling).label}", Q(handling=chosen.handling), "handling")


def _state(chosen: Chosen) -> Filter | None:
    if not chosen.state:
        return None
    if chosen.state == OPEN:
        return _filter("Chưa xong", Q(state__in=OPEN_STATES), "state")
    return _filter(f"Tình trạng: {State(chosen.state).label}", Q(state=chosen.state), "state")


def _late(chosen: Chosen) -> Filter | None:
    if not chosen.late:
        return None
    lateness = LATENESS[chosen.late]
    return _filter(lateness.label, lateness.q(timezone.localdate()), "late")


def _backfilled(chosen: Chosen) -> Filter | None:
    if not chosen.backfilled:
        return None
    only = chosen.backfilled == "1"
    return _filter(BACKFILLED[chosen.backfilled], Q(backfilled=only), "backfilled")


BACKFILLED = {"1": "Chỉ đơn nhập bổ sung", "0": "Không kể đơn nhập bổ sung"}
REPEAT = "Vụ việc có từ hai đơn"


def _repeat(chosen: Chosen) -> Filter | None:
    if not chosen.repeat:
        return None
    others = Petition.objects.live().filter(matter_id=OuterRef("matter_id")).exclude(pk=OuterRef("pk"))
    return _filter(REPEAT, Q(Exists(others)), "repeat")


def _own(chosen: Chosen) -> Filter | None:
    if chosen.own is None:
        return None
    return _filter(OWN, Q(keeper_id=chosen.own), "own")


OWN = "Cơ quan tôi quản lý"


def _assignee(chosen: Chosen) -> Filter | None:
    if chosen.unassigned:
        return _filter("Chưa giao cho ai", Q(assignee=None), "assignee")
    if chosen.assignee is None:
        return None
    return _filter(f"Người xử lý: {chosen.assignee_name}", Q(assignee_id=chosen.assignee), "assignee")


_MAKERS: tuple[Callable[[Chosen], Filter | None], ...] = (
    _agency,
    _period,
    _source,
    _field,
    _handling,
    _state,
    _late,
    _backfilled,
    _repeat,
    _own,
    _assignee,
)
