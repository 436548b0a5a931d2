"""An administrator in nearly every agency of Gia Lai, and the wear of sixteen months: who came daily, who stopped
coming, who never came, who was locked, who left.
"""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from kntc.accounts.actions.creating import create_person
from kntc.accounts.actions.keys import lock_account
from kntc.accounts.actions.leaving import retire_accounts
from kntc.accounts.models import Account, ActivationCode, Post
from kntc.accounts.people.persons import NewPerson
from kntc.accounts.roles import Role
from kntc.agencies.actions import propose_body
from kntc.agencies.models import Agency, BodyKind
from kntc.audit.actors import SystemActor
from kntc.ops.demo.grammar import Grammar
from kntc.ops.demo.past import FIRST_DAY, Past
from kntc.ops.demo.sign_ins import SIGN_INS
from kntc.ops.progress import Report

PROVINCE = "GLA"
SEED = "quan-tri-gia-lai"
# Every so many agencies one has no administrator yet.
WITHOUT = 31
# Days since the last sign-in (None: never came) and in how many of a hundred accounts.
PRESENCE: tuple[tuple[range | None, int], ...] = (
    (range(0, 12), 66),
    (range(31, 60), 11),
    (range(61, 90), 7),
    (range(91, 240), 7),
    (None, 9),
)
LEFT = 3
LOCKED = 2
# What officers missed in the directory and added while they typed (R43).
MISSED = (
    ("Trường THCS Ngô Mây, phường Quy Nhơn", BodyKind.SCHOOL),
    ("Trung tâm Y tế An Nhơn", BodyKind.HEALTH),
    ("Ban Quản lý dự án đầu tư xây dựng Hoài Nhơn", BodyKind.BOARD),
)


def load(report: Report) -> None:
    """Administrators first, then what became of the accounts."""
    random, past = Random(SEED), Past()
    agencies = list(Agency.objects.subtree(Agency.objects.get(code=PROVINCE)).order_by("lft")[1:])
    kept = [agency for index, agency in enumerate(agencies) if index % WITHOUT]
    grammar = Grammar(SEED)
    with past.on_the_first_day():
        for index, agency in enumerate(kept):
            _appoint(agency, grammar)
            report(index + 1, len(kept))
    _leave(random, past, kept, grammar)
    _come_and_go(random)
    _lock(past)
    _propose(past)
    past.settle()


def _appoint(agency: Agency, grammar: Grammar) -> Account:
    place = agency.place.name if agency.place else "Phường Quy Nhơn"
    person = NewPerson(
        grammar.official(place, FIRST_DAY), agency, Role.UNIT_ADMIN, "Quản trị đơn vị", phone=grammar.phone()
    )
    return create_person(person=person, by=SystemActor()).account


def _leave(random: Random, past: Past, agencies: list[Agency], grammar: Grammar) -> None:
    """Some were succeeded by a colleague and let go."""
    for agency in random.sample(agencies, LEFT):
        leaver = Account.objects.get(posts__agency=agency, posts__role=Role.UNIT_ADMIN)
        with past.at(_days_ago(random.randint(60, 200))):
            _appoint(agency, grammar)
            retire_accounts(accounts=[leaver], by=SystemActor(), reason="Chuyển công tác")


def _come_and_go(random: Random) -> None:
    """Their last sign-in. Who came at least once has used the code."""
    own = {person.login for person in SIGN_INS}
    people = list(
        Account.objects.filter(posts__agency__code__startswith=f"{PROVINCE}-", retired_at=None)
        .exclude(login__in=own)
        .distinct()
        .order_by("pk")
    )
    shares = [share for _, share in PRESENCE]
    for account in people:
        days = random.choices([days for days, _ in PRESENCE], shares)[0]
        account.last_login = _days_ago(random.choice(days)) if days else None
    Account.objects.bulk_update(people, ["last_login"])
    ActivationCode.objects.filter(account__in=[a for a in people if a.last_login]).delete()


def _lock(past: Past) -> None:
    """Two officers on long leave."""
    officers = Post.objects.current().filter(
        agency__code__startswith=f"{PROVINCE}-", role=Role.OFFICER, account__last_login__isnull=False
    )
    own = [person.login for person in SIGN_INS]
    for post in officers.exclude(account__login__in=own).order_by("pk")[:LOCKED]:
        with past.at(_days_ago(20)):
            lock_account(account=post.account, reason="Nghỉ dài ngày", by=SystemActor())


def _propose(past: Past) -> None:
    for days, (name, kind) in enumerate(MISSED, start=2):
        with past.at(_days_ago(days)):
            propose_body(by=SystemActor(agency_id=Agency.objects.get(code=PROVINCE).pk), name=name, kind=kind)


def _days_ago(days: int) -> datetime:
    """In working hours of that day, never after now."""
    now = timezone.localtime()
    return min(now, now.replace(hour=8, minute=15) - timedelta(days=days))
