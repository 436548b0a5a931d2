"""01/7/2025 as one operation: Bình Định's districts and communes, with all that they keep, into Gia Lai's communes."""

import io
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import OuterRef

from kntc.accounts.models import Group, Membership, Post
from kntc.accounts.reorganisation import files
from kntc.accounts.reorganisation.actions import preview, reorganise_agencies, undo_change
from kntc.agencies import reform
from kntc.agencies.catalogue import Catalogue
from kntc.agencies.keepers import KeeperMap
from kntc.agencies.models import Agency, AgencyChange, AgencySuccession
from kntc.agencies.seed import build
from kntc.audit.errors import InvalidInput
from kntc.ops.demo import before_reform
from kntc.ops.progress import silent
from kntc.petitions.choices import OPEN_STATES
from kntc.petitions.models import Draft, Party, Petition, PetitionText
from kntc.reports.compile import compile_form
from kntc.settlement.models import Case
from tests.factories import SYSTEM

REGISTER = (date(2018, 1, 1), date(2019, 4, 15))
OLD = ["BDI", "BDI-QNH", "BDI-TPH", "BDI-HNH", "BDI-TTR"]


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        before_reform.load(silent)
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: None, db: None) -> None:
    """30/6/2025: the old province with its register of 639 petitions and its people."""


def figures() -> dict[str, tuple[list[tuple[str, dict[int, int]]], dict[int, int]]]:
    found = {}
    for code in OLD:
        table = compile_form("02/XLD", Agency.objects.get(code=code), *REGISTER, SYSTEM)
        found[code] = (
            [(row.label, dict(row.values)) for row in table.rows if any(row.values.values())],
            dict(table.total.values),
        )
    return found


def users(catalogue: Catalogue) -> dict[str, tuple[Any, ...]]:
    return {
        e.code: (e.name, e.parent, e.place, e.valid_from, e.valid_to, e.kind, e.level)
        for e in catalogue.entries.values()
        if e.uses_system
    }


def test_the_shipped_file_is_what_the_catalogue_says() -> None:
    written = io.StringIO()
    with redirect_stdout(written):
        reform.write()
    path = files.SHIPPED / "2025-07-01.csv"
    assert path.read_text(encoding="utf-8") == written.getvalue()


def test_the_world_before(world: None) -> None:
    assert not Agency.objects.filter(code__startswith="GLA", uses_system=True).exists()
    assert not AgencySuccession.objects.exists()
    assert Petition.objects.count() == 639
    assert Petition.objects.filter(keeper__code__startswith="BDI-").count() > 400
    assert len(Counter(Petition.objects.values_list("keeper__code", flat=True))) > 10


def test_one_operation_brings_the_world_after(world: None) -> None:
    before = figures()
    numbers = dict(Petition.objects.values_list("number", "agency__code"))
    was_open = Petition.objects.filter(state__in=OPEN_STATES).count()
    people = Post.objects.current().count()
    programme = files.read("2025-07-01", title="Sắp xếp tỉnh Bình Định từ 01/7/2025")
    plan = preview(programme, SYSTEM).as_json()

    begun = time.perf_counter()
    change = reorganise_agencies(programme=programme, by=SYSTEM)
    took = time.perf_counter() - begun

    assert change.status == AgencyChange.Status.DONE
    assert took < 30, f"{took:.1f} s"
    assert change.report == plan
    connection.check_constraints()
    _agrees_with_the_catalogue()
    # Nothing lost, nothing renumbered, every petition with a keeper that stands, by the rule of keepers.
    assert dict(Petition.objects.values_list("number", "agency__code")) == numbers
    keepers = KeeperMap()
    for petition in Petition.objects.select_related("keeper"):
        assert petition.keeper.valid_to is None, petition.number
        if petition.place_id:
            assert petition.keeper_id == keepers.id_of(petition.agency_id, petition.place_id)
    assert Petition.objects.filter(state__in=OPEN_STATES, keeper__valid_to=None).count() == was_open
    for model in (PetitionText, Party, Case, Draft):
        rows = model._base_manager
        assert not rows.filter(keeper__valid_to__isnull=False).exists(), model
    for model in (PetitionText, Party, Case):
        assert not model._base_manager.exclude(keeper__in=_keeper_of_petition()).exists()
    assert figures() == before
    new = compile_form("02/XLD", Agency.objects.get(code="GLA"), *REGISTER, SYSTEM)
    assert not any(new.total.values.values())
    _people_have_moved(people)
    _report_adds_up(change, was_open)


def _keeper_of_petition() -> Any:
    return Petition.objects.filter(pk=OuterRef("petition_id")).values("keeper_id")


def _agrees_with_the_catalogue() -> None:
    seeded = build()
    made = {
        row[0]: row[1:]
        for row in Agency.objects.filter(uses_system=True).values_list(
            "code", "name", "parent__code", "place_id", "valid_from", "valid_to", "kind", "level"
        )
    }
    assert made == users(seeded)
    links = set(
        AgencySuccession.objects.values_list("old__code", "new__code", "place_id", "is_default", "on")
    )
    assert links == {(s.old, s.new, s.place, s.is_default, date(2025, 7, 1)) for s in seeded.successions}
    bounds = list(Agency.objects.filter(uses_system=True).order_by("lft").values_list("lft", "rgt"))
    assert sorted(n for pair in bounds for n in pair) == list(range(1, 2 * len(bounds) + 1))


def _people_have_moved(people: int) -> None:
    current = Post.objects.current().select_related("agency")
    assert current.count() == people
    assert all(post.agency.valid_to is None for post in current)
    assert not Membership.objects.filter(post__agency__valid_to__isnull=False).exists()
    groups = Group.objects.filter(name="Tổ Tiếp công dân")
    assert not groups.filter(agency__valid_to__isnull=False).exists()
    seat = Agency.objects.get(code="GLA-21583")
    logins = set(current.filter(agency=seat).values_list("account__login", flat=True))
    assert "bdi-qnh.officer" in logins


def _report_adds_up(change: AgencyChange, was_open: int) -> None:
    report, totals = change.report, change.report["totals"]
    assert (totals["ended"], totals["founded"]) == (192, 155)
    assert totals["petitions.petition"] == 639
    lines = [line for line in report["lines"] if line["kind"] == "petitions.petition"]
    assert sum(line["open"] for line in lines) == was_open
    kept = Counter(Petition.objects.values_list("keeper__code", flat=True))
    by_heir: Counter[str] = Counter()
    for line in lines:
        by_heir[line["new"]] += line["count"]
    assert {code: n for code, n in by_heir.items() if n} == dict(kept)
    assert len(report["posts"]) == 2 * 192
    assert {watcher["agency"] for watcher in report["watchers"]} >= {"GLA", "GLA-21583"}


def test_undone_the_old_world_stands_again(world: None) -> None:
    kept = dict(Petition.objects.values_list("pk", "keeper__code"))
    posts = set(Post.objects.current().values_list("pk", flat=True))
    change = reorganise_agencies(programme=files.read("2025-07-01"), by=SYSTEM)
    undo_change(change=change, by=SYSTEM)
    assert dict(Petition.objects.values_list("pk", "keeper__code")) == kept
    assert set(Post.objects.current().values_list("pk", flat=True)) == posts
    assert not Agency.objects.filter(code="GLA").exists()
    assert not Agency.objects.filter(
        code__startswith="BDI", uses_system=True, valid_to__isnull=False
    ).exists()


def test_twice_is_refused_and_changes_nothing(world: None) -> None:
    reorganise_agencies(programme=files.read("2025-07-01"), by=SYSTEM)
    with pytest.raises(InvalidInput, match="đã là mã của"):
        reorganise_agencies(programme=files.read("2025-07-01"), by=SYSTEM)
    assert AgencyChange.objects.count() == 1
