"""Reads what a programme would move. Changes nothing; the act reads the same again under lock and then does it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from kntc.accounts.models import Account, Group, Membership, Post
from kntc.accounts.reorganisation.checking import Setting, title_of
from kntc.accounts.reorganisation.fates import Fates
from kntc.accounts.reorganisation.holdings import KINDS, Holding, Kind, holding_of, holdings
from kntc.accounts.reorganisation.plan import Book, GroupMove, Line, Plan, PostMove, Watcher
from kntc.accounts.reorganisation.programme import Programme
from kntc.agencies.models import Agency, AgencyQuerySet
from kntc.agencies.queries import PlaceFinder
from kntc.vietnamese import fold, short_date

# Books are a table of petitions, which stands above: it tells of them through this.
BOOKS: list["Books"] = []
_MOST_ADDRESSES = 20_000


class Books:
    """A room's numbering books: (agency, year, last number) of these agencies."""

    def of(self, agencies: Sequence[int]) -> list[tuple[int, int, int]]:
        raise NotImplementedError


@dataclass(frozen=True)
class Share:
    """Rows of one root table of one old agency and one place."""

    holding: Holding
    old: int
    place: str | None
    new: str
    told: bool
    count: int
    open: int


@dataclass
class Shares:
    """What goes where: by place in bulk, and row by row where only an address tells."""

    bulk: list[Share] = field(default_factory=list)
    single: dict[Holding, dict[int, tuple[int, str]]] = field(default_factory=lambda: defaultdict(dict))


def shares_of(fates: Fates) -> Shares:
    """One statement a root table, two more where addresses are read."""
    found = Shares()
    if not fates.olds:
        return found
    finder: PlaceFinder | None = None
    for holding in (h for h in holdings() if h.is_root and not h.post_field):
        kind = KINDS.get(holding.label, Kind(""))
        found.bulk += _by_place(holding, kind, fates)
        if kind.addresses and fates.divided:
            finder = finder or PlaceFinder()
            found.single[holding] = _by_address(kind, fates, finder)
    return found


def _by_place(holding: Holding, kind: Kind, fates: Fates) -> Iterator[Share]:
    place = "place_id" if holding.placed else "keeper_id"
    rows = (
        holding.model._base_manager.filter(keeper__in=fates.olds)
        .order_by()
        .values_list("keeper_id", place)
        .annotate(rows=Count("pk"), still=Count("pk", filter=kind.open) if kind.open else Count("pk"))
    )
    for old, where, count, still_open in rows:
        where = where if holding.placed else None
        code, told = fates.of(old, where)
        yield Share(holding, old, where, code, told, count, still_open)


def _by_address(kind: Kind, fates: Fates, finder: PlaceFinder) -> dict[int, tuple[int, str]]:
    """Row → (old, heir) for rows without a place whose address names one."""
    assert kind.addresses
    told: dict[int, tuple[int, str]] = {}
    keepers = dict.fromkeys(fates.divided)
    near = Agency.objects.in_bulk(keepers)
    for old in keepers:
        for key, address in list(kind.addresses([old]))[:_MOST_ADDRESSES]:
            place = finder.find(address, near[old]).place
            code, is_told = fates.of(old, place.pk if place else None)
            if is_told:
                told[key] = (old, code)
    return told


def make_plan(programme: Programme, setting: Setting) -> Plan:
    """The description. A fixed number of statements, however many agencies and records there are."""
    fates = Fates(programme, setting)
    plan = Plan(title_of(programme, setting), programme.kind, programme.on.isoformat())
    plan.names = {code: setting.name(code) for code in programme.codes}
    plan.names |= {row.code: row.name for row in programme.founded}
    plan.founded = [row.code for row in programme.founded]
    plan.ended = [row.code for row in programme.ended]
    plan.renamed = [
        {"code": row.code, "before": setting.name(row.code), "after": row.name} for row in programme.renamed
    ]
    plan.successions = sum(max(len(h.places), 1) for row in programme.ended for h in row.heirs)
    plan.aliases = sum(len(row.aliases) for row in programme.founded) + len(programme.renamed)
    _tell_placements(plan, programme, setting)
    codes = {agency.pk: agency.code for agency in setting.agencies.values()}
    plan.lines = list(_lines(shares_of(fates), fates, codes))
    _tell_people(plan, fates, codes)
    _tell_books(plan, programme, setting)
    plan.watchers = list(_watchers(programme, fates, setting))
    unnamed = {watcher.agency for watcher in plan.watchers} - plan.names.keys()
    plan.names |= dict(Agency.objects.filter(code__in=unnamed).values_list("code", "name"))
    return plan


def _left_below(olds: Iterable[int]) -> AgencyQuerySet:
    return Agency.objects.filter(parent__in=list(olds), valid_to=None)


def listed_below(olds: Iterable[int]) -> AgencyQuerySet:
    """Bodies of the directory that hang under agencies that end: they hang under the heirs then."""
    return _left_below(olds).filter(uses_system=False)


def adopted(programme: Programme, setting: Setting) -> list[tuple[Agency, str]]:
    """What stands under an agency that ends, and does not end itself, with whom it stands under then. One statement."""
    defaults = {setting.agencies[row.code].pk: row.default for row in programme.ended}
    children = _left_below(defaults).filter(uses_system=True).exclude(code__in=programme.changed)
    return [(child, defaults[child.parent_id or 0]) for child in children.select_related("parent")]


def _tell_placements(plan: Plan, programme: Programme, setting: Setting) -> None:
    for row in programme.placed:
        before = setting.agencies[row.code].parent
        plan.placed.append({"code": row.code, "before": before.code if before else "", "after": row.parent})
    olds = [setting.agencies[row.code].pk for row in programme.ended]
    if bodies := listed_below(olds).count():
        plan.notices.append(
            f"{bodies} cơ quan trong danh mục (không dùng hệ thống) chuyển theo cơ quan kế thừa."
        )
    for child, parent in adopted(programme, setting):
        plan.names[child.code] = child.name
        plan.placed.append(
            {"code": child.code, "before": child.parent.code if child.parent else "", "after": parent}
        )


def _lines(shares: Shares, fates: Fates, codes: dict[int, str]) -> Iterator[Line]:
    """Lines of every kind that has a name, roots and what follows them."""
    sums: dict[tuple[str, str, str, str], list[int]] = {}

    def add(holding: Holding, old: int, new: str, count: int, still_open: int, told: bool) -> None:
        kind = KINDS[holding.label]
        numbers = sums.setdefault((holding.label, kind.label, codes[old], new), [0, 0, 0])
        for at, value in enumerate((count, still_open, 0 if told else count)):
            numbers[at] += value

    for share in shares.bulk:
        if share.holding.label in KINDS:
            add(share.holding, share.old, share.new, share.count, share.open, share.told)
    for holding, single in shares.single.items():
        _set_right(holding, single, fates, add)
    for holding in holdings():
        if holding.label in KINDS and not holding.is_root:
            _add_followers(holding, shares, fates, add)
    for holding in holdings():
        if holding.label in KINDS and holding.post_field:
            _add_by_post(holding, fates, add)
    for where, numbers in sums.items():
        if any(numbers):
            yield Line(*where, *numbers)


def _set_right(holding: Holding, single: dict[int, tuple[int, str]], fates: Fates, add: object) -> None:
    """Rows told by their address were counted with the default: they are taken from it."""
    kind = KINDS[holding.label]
    opened = set(
        holding.model._base_manager.filter(kind.open, pk__in=list(single)).values_list("pk", flat=True)
        if single
        else ()
    )
    counts: Counter[tuple[int, str, bool]] = Counter(
        (old, code, key in opened) for key, (old, code) in single.items()
    )
    for (old, code, is_open), count in counts.items():
        _shift(add, holding, old, code, fates, count, count if is_open else 0)


def _shift(add: object, holding: Holding, old: int, code: str, fates: Fates, count: int, opened: int) -> None:
    assert callable(add)
    add(holding, old, fates.of(old, None)[0], -count, -opened, False)
    add(holding, old, code, count, opened, True)


def _add_followers(holding: Holding, shares: Shares, fates: Fates, add: object) -> None:
    assert callable(add)
    kind = KINDS[holding.label]
    path, root = path_to_root(holding)
    if not fates.olds or not path:
        return
    place = f"{path}__place_id" if root.placed else "keeper_id"
    rows = holding.model._base_manager.filter(keeper__in=fates.olds).order_by()
    counted = Count("pk", filter=kind.open) if kind.open else Count("pk")
    for old, where, count, still_open in rows.values_list("keeper_id", place).annotate(
        rows=Count("pk"), still=counted
    ):
        code, told = fates.of(old, where if root.placed else None)
        add(holding, old, code, count, still_open, told)
    single = shares.single.get(root, {})
    if single:
        keys = rows.filter(**{f"{path}__in": list(single)}).values_list("keeper_id", path)
        for old, key, count, still_open in keys.annotate(rows=Count("pk"), still=counted):
            _shift(add, holding, old, single[key][1], fates, count, still_open)


def _add_by_post(holding: Holding, fates: Fates, add: object) -> None:
    """What goes with the person in whose post it lies."""
    assert callable(add)
    login = f"{holding.post_field}__account__login"
    rows = (
        holding.model._base_manager.filter(keeper__in=fates.olds).order_by().values_list("keeper_id", login)
    )
    for old, name, count in rows.annotate(Count("pk")):
        add(holding, old, fates.of_person(old, name), count, count, True)


def path_to_root(holding: Holding) -> tuple[str, Holding]:
    """How a follower's query reaches its root: "petition", "case__petition"."""
    names: list[str] = []
    while holding.follows:
        names.append(holding.follows[0])
        holding = holding_of(holding.follows[1])
    return "__".join(names), holding


def posts_to_move(olds: Sequence[int], on: object) -> list[Post]:
    """Posts held on that day or later, of accounts that are not out for good. One statement."""
    return list(
        Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), agency__in=olds, account__retired_at=None)
        .select_related("account", "agency")
        .order_by("pk")
    )


def _tell_people(plan: Plan, fates: Fates, codes: dict[int, str]) -> None:
    """Five statements."""
    if not fates.olds:
        return
    posts = posts_to_move(fates.olds, plan.on)
    heirs = {post.pk: fates.of_person(post.agency_id, post.account.login) for post in posts}
    plan.posts = [
        PostMove(p.account.login, p.account.full_name, p.title, codes[p.agency_id], heirs[p.pk])
        for p in posts
    ]
    plan.without_post = _without_post(fates.olds)
    known = set(
        Group.objects.filter(agency__code__in=list(fates.heirs())).values_list("agency__code", "name_fold")
    )
    members = Counter(
        (row["group__name"], row["group__agency_id"], heirs.get(row["post_id"], ""))
        for row in Membership.objects.filter(group__agency__in=fates.olds).values(
            "group__name", "group__agency_id", "post_id"
        )
    )
    groups = Group.objects.filter(agency__in=fates.olds).values_list("name", "agency_id")
    for name, old in groups:
        to = {code: n for (g, a, code), n in members.items() if (g, a) == (name, old) and code}
        for code, count in (to or {fates.of(old, None)[0]: 0}).items():
            plan.groups.append(GroupMove(name, codes[old], code, count, (code, fold(name)) in known))


def _without_post(olds: Sequence[int]) -> list[str]:
    """People of the agencies whose posts have all ended already: nothing moves for them."""
    today = timezone.localdate()
    ended = Account.objects.filter(posts__agency__in=olds, retired_at=None).exclude(
        pk__in=Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today)).values("account_id")
    )
    return sorted(ended.distinct().values_list("login", flat=True))


def _tell_books(plan: Plan, programme: Programme, setting: Setting) -> None:
    olds = {setting.agencies[row.code].pk: row.code for row in programme.ended}
    heirs = {
        setting.agencies[h.code].pk: h.code
        for row in programme.ended
        for h in row.heirs
        if h.code in setting.agencies
    }
    for books in BOOKS:
        for agency, year, last in books.of([*olds, *heirs]):
            code = olds.get(agency) or heirs[agency]
            plan.books.append(Book(code, year, last, agency in olds))
    new = [row.code for row in programme.founded if any(row.code in _heirs(e) for e in programme.ended)]
    plan.books += [Book(code, programme.on.year, 0, False) for code in new]
    early = programme.on < timezone.localdate()
    if early and programme.ended:
        plan.notices.append(
            f"Ngày {short_date(programme.on)} đã qua: thực hiện ngay, vị trí công tác và danh mục ghi theo ngày đó."
        )


def _heirs(ending: object) -> set[str]:
    return {heir.code for heir in ending.heirs}  # type: ignore[attr-defined]


def _watchers(programme: Programme, fates: Fates, setting: Setting) -> Iterator[Watcher]:
    """Each heir with the agencies above it, and how many posts look after each. Two statements."""
    heirs = list(fates.heirs())
    if not heirs:
        return
    above: dict[str, str | None] = dict(
        Agency.objects.filter(uses_system=True).values_list("code", "parent__code")
    )
    above |= {row.code: row.parent for row in programme.founded}
    above |= {row.code: row.parent for row in programme.placed}
    counts = dict(
        Post.objects.current()
        .order_by()
        .values_list(Coalesce(F("oversees__code"), F("agency__code")))
        .annotate(Count("pk"))
    )
    for post_move in posts_to_move(fates.olds, programme.on):
        heir = fates.of_person(post_move.agency_id, post_move.account.login)
        counts[heir] = counts.get(heir, 0) + 1
    for heir in heirs:
        line, here = [], heir
        while here and here not in line:
            line.append(here)
            here = above.get(here) or ""
        yield from (Watcher(heir, code, counts[code]) for code in line if counts.get(code))
