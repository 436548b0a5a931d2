"""The demonstration: what `kntc demo` brings, made once for all tests of this file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from kntc.accounts import states as account_states
from kntc.accounts.models import Account
from kntc.accounts.roles import Role
from kntc.accounts.states import Area, people
from kntc.agencies.load import load_catalogues
from kntc.agencies.models import Agency
from kntc.audit.chain import faults
from kntc.audit.models import Entry
from kntc.ops.demo import loading
from kntc.ops.demo.sign_ins import PASSWORD, ROLES, SIGN_INS, told
from kntc.ops.demo.world import World
from kntc.ops.progress import Report, silent
from kntc.petitions.choices import Handling, Kind, Source, State
from kntc.petitions.models import Matter, Petition, PetitionText, VoidRequest
from kntc.reception.models import Visit, VisitKind
from kntc.settlement.models import Case, Outcome, Status


@contextmanager
def no_bar(_label: str) -> Iterator[Report]:
    yield silent


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogues()
        loading.load(no_bar)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """Each test in a savepoint of its own."""


def gia_lai() -> Any:
    return Petition.objects.live().exclude(backfilled=True)


def test_binh_dinh_has_its_639__R20(demo: None) -> None:
    kinds = dict(Petition.objects.filter(backfilled=True).values_list("kind").annotate(Count("pk")))
    assert kinds == {Kind.COMPLAINT: 280, Kind.DENUNCIATION: 42, Kind.REFLECTION: 317}


def test_each_role_signs_in(demo: None) -> None:
    assert {person.role for person in SIGN_INS} == set(Role) == set(ROLES)
    for person in SIGN_INS:
        account = Account.objects.get(login=person.login)
        assert account.check_password(PASSWORD)
        post = account.posts.get()
        assert (post.agency.code, post.role) == (person.agency, person.role)
        assert person.login in told()


def test_accounts_are_in_every_state_that_an_administrator_cares_for__R36(demo: None) -> None:
    area = Area(Agency.objects.get(code="GLA"), subtree=True)
    numbers = {state: people(area, state).count() for state in account_states.State if state != "no_holder"}
    assert min(numbers.values()) > 0, numbers
    assert numbers["active"] > 80
    assert numbers["idle30"] > numbers["idle60"] > numbers["idle90"]
    assert Agency.objects.filter(status=Agency.Status.PROPOSED).count() == 3


def test_there_are_at_least_600_petitions_and_visits(demo: None) -> None:
    assert gia_lai().count() >= 600
    assert Visit.objects.count() >= 300
    assert set(gia_lai().values_list("received_on__year", flat=True)) == {
        min(timezone.localdate().year, 2026)
    }


def test_all_kinds_channels_and_stages_are_there(demo: None) -> None:
    def seen(field: str) -> set[Any]:
        return set(gia_lai().values_list(field, flat=True))

    assert seen("kind") == set(Kind)
    assert seen("source") == set(Source)
    assert seen("state") == set(State)
    assert seen("handling") >= {"", *Handling} - {Handling.URGE}
    assert seen("reflection_kind") == {"", "proposal", "feedback"}
    assert seen("instance") == {None, 1, 2}
    assert seen("anonymous") == {True, False}
    assert set(Visit.objects.values_list("kind", flat=True)) == set(VisitKind)
    assert Visit.objects.filter(online=True).exists()
    assert Visit.objects.filter(people_count__gte=5).exists()


def test_clocks_are_on_time_due_soon_and_late(demo: None) -> None:
    today = timezone.localdate()
    waiting = gia_lai().filter(handling="", due_on__isnull=False)
    assert waiting.filter(due_on__lt=today).exists()
    assert waiting.filter(due_on__range=(today, today + timedelta(5))).exists()
    assert (
        gia_lai().filter(handled_on__lte=F("due_on")).count()
        > gia_lai().filter(handled_on__gt=F("due_on")).count()
        > 0
    )
    cases = Case.objects.filter(petition__backfilled=False)
    assert set(cases.values_list("status", flat=True)) >= {Status.OPEN, Status.SETTLED}
    assert cases.filter(status=Status.OPEN, due_on__lt=today).exists()
    assert cases.filter(suspensions__isnull=False).exists()
    assert cases.filter(is_complex=True).exists()
    assert set(cases.values_list("outcome", flat=True)) >= set(Outcome) - {Outcome.CHANGED}


def test_the_same_matter_comes_again_and_goes_on_elsewhere(demo: None) -> None:
    assert Matter.objects.annotate(n=Count("petitions")).filter(n__gte=2).count() >= 40
    onward = gia_lai().filter(origin__isnull=False).exclude(agency=F("origin__agency"))
    assert onward.count() >= 30
    assert all(one.matter_id == one.origin.matter_id for one in onward.select_related("origin"))
    assert gia_lai().filter(signatories__gte=40, agency__code="GLA", handling="").exists()


def test_a_void_waits_for_another_agencys_word__R32(demo: None) -> None:
    waiting = VoidRequest.objects.filter(status=VoidRequest.Status.WAITING)
    assert waiting.filter(asked__code="GLA").exists()
    assert Petition.objects.voided().exists()


def test_no_name_of_a_denouncer_stands_in_a_text(demo: None) -> None:
    told = PetitionText.objects.filter(petition__kind=Kind.DENUNCIATION)
    assert set(told.values_list("petitioner_line", flat=True)) <= {
        "Người tố cáo (giữ bí mật)",
        "Không rõ người viết",
    }


def test_each_matter_has_a_text_of_its_own(demo: None) -> None:
    texts = set(PetitionText.objects.filter(petition__in=gia_lai()).values_list("content", flat=True))
    matters = Matter.objects.filter(petitions__in=gia_lai()).distinct().count()
    assert len(texts) > 0.95 * matters


def test_the_log_is_whole_and_runs_in_the_order_of_the_year(demo: None) -> None:
    assert list(faults()) == []
    for code in ("GLA", "GLA-23575"):
        chain = Entry.objects.filter(chain=Agency.objects.get(code=code).pk, action="petition.register")
        moments = list(chain.order_by("sequence").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_entries_and_their_history_carry_the_days_of_the_year(demo: None) -> None:
    for petition in gia_lai():
        assert petition.received_on <= petition.entered_on <= timezone.localdate()
        assert timezone.localdate(petition.entered_at) == petition.entered_on
    events = (
        Petition.pgh_event_model
        if hasattr(Petition, "pgh_event_model")
        else Petition.events.rel.related_model
    )
    handled = events.objects.filter(pgh_context__action__in=["petition.handle", "case.accept"])
    assert handled.count() > 300
    assert not handled.filter(pgh_context__has_key="happened_at").exists()
    assert handled.values("pgh_created_at__date").distinct().count() > 100


def test_nothing_comes_twice(demo: None) -> None:
    before = loading.counts()
    loading.load(no_bar)
    assert loading.is_loaded()
    assert loading.counts() == before


def test_the_same_day_gives_the_same_year(demo: None) -> None:
    def beginning() -> list[tuple[Any, ...]]:
        world = World(date(2026, 11, 20))
        entries = [world.entry(world.receiver(), Kind.COMPLAINT, world.working_day()) for _ in range(30)]
        return [(e.agency.code, e.received_on, e.summary, e.content, e.parties[0].name) for e in entries]

    assert beginning() == beginning()
