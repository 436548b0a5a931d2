"""Many colleagues at once: each row of a list examined, the good ones as people, the others with reasons (R16).

Knows nothing of files: a row is a dictionary of what was written in its columns.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kntc.accounts.actions.creating import require_may_create, require_open
from kntc.accounts.models import Account, Group
from kntc.accounts.officers import Officer
from kntc.accounts.people import logins
from kntc.accounts.people.job_titles import role_of_title
from kntc.accounts.people.persons import NewPerson, read_email, read_name, read_phone, read_title
from kntc.accounts.roles import Role
from kntc.accounts.states import standing
from kntc.agencies.models import Agency, AgencyAlias
from kntc.agencies.queries import SURE, Resolver
from kntc.audit.errors import InvalidInput, Refused
from kntc.vietnamese import fold, squeeze

Written = Mapping[str, str]
_ROLES = {fold(role.label): role for role in Role} | {role.value: role for role in Role}


@dataclass
class Examined:
    """Row numbers with people to create, and row numbers with what is wrong there."""

    good: dict[int, NewPerson] = field(default_factory=dict)
    faults: dict[int, list[str]] = field(default_factory=dict)


def examine(rows: Mapping[int, Written], officer: Officer) -> Examined:
    """A number of statements that grows with the kinds of posts in the list, not with its rows."""
    surroundings = Surroundings(officer, {logins.clean(row.get("login", "")) for row in rows.values()})
    found = Examined()
    for number, row in rows.items():
        reading = _Reading(row, surroundings)
        person = reading.person()
        if person is not None:
            found.good[number] = person
        else:
            found.faults[number] = reading.faults
    _propose(found, surroundings)
    return found


def _propose(found: Examined, surroundings: "Surroundings") -> None:
    """Names to sign in with for those whose row has none. Two statements."""
    nameless = [number for number, person in found.good.items() if not person.login]
    names = [found.good[number].full_name for number in nameless]
    for number, login in zip(nameless, logins.propose_all(names, surroundings.given), strict=True):
        found.good[number] = replace(found.good[number], login=login)


class Surroundings:
    """What rows are held against: agencies, groups, people and names that are there. Six statements."""

    def __init__(self, officer: Officer, given: set[str]) -> None:
        self.officer = officer
        agencies = Agency.objects.subtree(officer.oversees).users().select_related("parent")
        self.agencies = {agency.pk: agency for agency in agencies}
        self.by_code = {agency.code.upper(): agency for agency in self.agencies.values()}
        self.by_name = self._names()
        self.groups = {
            (group.agency_id, group.name_fold): group
            for group in Group.objects.filter(agency__in=list(self.agencies))
        }
        self.people = self._people()
        self.taken = logins.taken_of(given)
        self.given: set[str] = set()
        self._allowed: dict[tuple[int, Role, tuple[int, ...]], str] = {}

    def _names(self) -> dict[str, set[int]]:
        names: dict[str, set[int]] = defaultdict(set)
        for agency in self.agencies.values():
            names[agency.name_fold].add(agency.pk)
            names[fold(agency.short_name)].add(agency.pk)
        aliases = AgencyAlias.objects.filter(agency__in=list(self.agencies))
        for text, key in aliases.values_list("text_fold", "agency_id"):
            names[text].add(key)
        return names

    def _people(self) -> dict[tuple[int, str], list[Account]]:
        there: dict[tuple[int, str], list[Account]] = defaultdict(list)
        posts = standing().filter(agency__in=list(self.agencies), account__retired_at=None)
        for post in posts.select_related("account"):
            there[post.agency_id, post.account.name_fold].append(post.account)
        return there

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.officer.agency)

    def meant(self, text: str) -> set[int]:
        """The agencies that a loose writing surely means: "UBND xã Bình Hoà"."""
        matches = self._resolver.matches(text, 5)
        sure = [match for match in matches if match.score >= SURE and match.agency.pk in self.agencies]
        return {match.agency.pk for match in sure if match.score == sure[0].score}

    def refusal(self, person: NewPerson) -> str:
        """Why this administrator may not give this post, "" when nothing is in the way. Asked once a kind of post."""
        key = (person.agency.pk, person.role, tuple(group.pk for group in person.groups))
        if key not in self._allowed:
            self._allowed[key] = _refused(person, self.officer)
        return self._allowed[key]


def _refused(person: NewPerson, officer: Officer) -> str:
    try:
        require_may_create(person, officer)
        require_open(person.agency)
    except Refused as refusal:
        return refusal.message
    return ""


class _Reading:
    """One row: each cell read, each fault kept."""

    def __init__(self, row: Written, surroundings: Surroundings) -> None:
        self.row, self.around = row, surroundings
        self.faults: list[str] = []

    def person(self) -> NewPerson | None:
        name = self._read(lambda: read_name(self._cell("full_name")))
        agency = self._agency()
        role = self._role()
        title = self._read(lambda: read_title(self._cell("title"), role or Role.OFFICER))
        email = self._read(lambda: read_email(self._cell("email")))
        phone = self._read(lambda: read_phone(self._cell("phone")))
        login = self._login()
        groups = self._groups(agency)
        if self.faults or agency is None or role is None:
            return None
        person = NewPerson(name, agency, role, title, groups, login=login, email=email, phone=phone)
        return self._admitted(person)

    def _admitted(self, person: NewPerson) -> NewPerson | None:
        problem = self._known(person) or self.around.refusal(person)
        if problem:
            self.faults.append(problem)
            return None
        self.around.given.add(person.login)
        # The next row with the same name meets this one.
        account = Account(login=person.login, email=person.email, phone=person.phone)
        self.around.people[person.agency.pk, fold(person.full_name)].append(account)
        return person

    def _cell(self, column: str) -> str:
        return squeeze(self.row.get(column, ""))

    def _read(self, read: Callable[[], str]) -> str:
        try:
            return read()
        except InvalidInput as problem:
            self.faults.append(problem.message)
            return ""

    def _agency(self) -> Agency | None:
        text = self._cell("agency")
        if not text and len(self.around.agencies) == 1:
            return next(iter(self.around.agencies.values()))
        if not text:
            self.faults.append("Chưa ghi cơ quan. Hãy ghi mã hoặc tên cơ quan.")
            return None
        if text.upper() in self.around.by_code:
            return self.around.by_code[text.upper()]
        keys = self.around.by_name.get(fold(text), set()) or self.around.meant(text)
        if len(keys) == 1:
            return self.around.agencies[next(iter(keys))]
        self.faults.append(self._unclear(text, keys))
        return None

    def _unclear(self, text: str, keys: set[int]) -> str:
        if keys:
            codes = ", ".join(sorted(self.around.agencies[key].code for key in keys)[:5])
            return f"Có {len(keys)} cơ quan tên “{text[:80]}”. Hãy ghi mã thay cho tên: {codes}."
        return (
            f"Không có cơ quan “{text[:80]}” trong phạm vi bạn quản trị. "
            "Hãy ghi đúng mã hoặc tên như trong danh mục cơ quan."
        )

    def _role(self) -> Role | None:
        said, title = self._cell("role"), self._cell("title")
        role = _ROLES.get(fold(said)) if said else role_of_title(title)
        if role is None:
            what = (
                f"Vai trò “{said[:60]}” không có" if said else f"Chưa rõ vai trò của chức danh “{title[:60]}”"
            )
            labels = "; ".join(str(role.label) for role in Role if role != Role.NATIONAL_ANALYST)
            self.faults.append(f"{what}. Hãy ghi cột Vai trò một trong các giá trị: {labels}.")
        return role

    def _login(self) -> str:
        login = logins.clean(self._cell("login"))
        if not login:
            return ""
        problem = logins.shape_problem(login)
        if not problem and (login in self.around.taken or login in self.around.given):
            problem = (
                f"Tên đăng nhập “{login}” đã có người dùng. Hãy ghi tên khác, hoặc để trống để hệ thống đặt."
            )
        if problem:
            self.faults.append(problem)
        return login

    def _groups(self, agency: Agency | None) -> Sequence[Group]:
        names = [squeeze(part) for part in self._cell("groups").split(";") if part.strip()]
        if agency is None:
            return ()
        found = [self.around.groups.get((agency.pk, fold(name))) for name in names]
        for name, group in zip(names, found, strict=True):
            if group is None:
                self.faults.append(
                    f"{agency.name} không có nhóm “{name[:60]}”. Hãy tạo nhóm trước, hoặc bỏ trống."
                )
        return [group for group in found if group is not None]

    def _known(self, person: NewPerson) -> str:
        """A list that is brought in twice makes nobody twice; a namesake gets a login of the own in its column."""
        if person.login:
            return ""
        for account in self.around.people.get((person.agency.pk, fold(person.full_name)), ()):
            theirs, ours = {account.email, account.phone} - {""}, {person.email, person.phone} - {""}
            if not theirs or not ours or theirs & ours:
                who = f" (đăng nhập: {account.login})" if account.login else " ở dòng trên"
                return (
                    f"{person.agency.name} đã có {person.full_name}{who}. Nếu là người khác cùng họ tên, "
                    "hãy ghi riêng tên đăng nhập cho người này."
                )
        return ""
