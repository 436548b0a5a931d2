"""Two at the same moment: mergers take turns, a petition that is being registered comes along or is refused."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kntc.accounts.reorganisation import carrying
from kntc.accounts.reorganisation.actions import cancel_change, merge_agencies, rename_agency
from kntc.accounts.reorganisation.waiting import carry_out_due
from kntc.agencies.models import Agency, AgencyChange
from kntc.audit.errors import InvalidInput, Refused
from kntc.petitions.models import Petition
from tests.factories import SYSTEM, Country, make_country, make_petition

TODAY = timezone.localdate()


def together(*acts: Callable[[], object]) -> list[object]:
    """Runs all in threads of their own; an act that was refused gives its refusal."""
    results: list[object] = [None] * len(acts)

    def run(at: int, act: Callable[[], object]) -> None:
        try:
            results[at] = act()
        except Exception as problem:  # noqa: BLE001 (handed to the test)
            results[at] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_mergers_of_the_same_agency_take_turns() -> None:
    make_petition(make_country().commune)
    results = together(
        lambda: merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM),
        lambda: merge_agencies(olds=["AAA-1"], into="AAA-SXD", on=TODAY, by=SYSTEM),
    )
    assert sorted(type(result).__name__ for result in results) == ["AgencyChange", "InvalidInput"]
    assert AgencyChange.objects.count() == 1
    assert Petition.objects.get().keeper.valid_to is None


@pytest.mark.django_db(transaction=True)
def test_two_mergers_into_each_other_leave_one_standing() -> None:
    make_country()
    results = together(
        lambda: merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM),
        lambda: merge_agencies(olds=["AAA-2"], into="AAA-1", on=TODAY, by=SYSTEM),
    )
    assert sum(isinstance(result, InvalidInput) for result in results) == 1
    assert Agency.objects.filter(code__in=["AAA-1", "AAA-2"], valid_to=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_being_registered_comes_along() -> None:
    country = make_country()
    begun, go_on = threading.Event(), threading.Event()

    def register() -> None:
        with transaction.atomic():
            make_petition(country.commune)
            begun.set()
            go_on.wait(30)

    def merge() -> None:
        begun.wait(30)
        threading.Timer(0.5, go_on.set).start()
        merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)

    assert together(register, merge) == [None, None]
    assert Petition.objects.get().keeper.code == "AAA-2"


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_it_closes_waits_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    country = make_country()
    held = threading.Event()
    real = carrying.move_people

    def slow(*arguments: object) -> object:
        held.set()
        threading.Event().wait(0.7)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(carrying, "move_people", slow)

    def register() -> object:
        held.wait(30)
        return make_petition(country.commune)

    merged, refused = together(
        lambda: merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM), register
    )
    assert isinstance(merged, AgencyChange)
    assert isinstance(refused, Refused)
    assert "Cơ quan kế thừa: Ủy ban nhân dân xã Bình Hòa" in refused.message
    assert not Petition.objects.exists()


def test_never_half_done(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    make_petition(country.commune)

    def broken() -> int:
        raise RuntimeError("the machine stops here")

    monkeypatch.setattr(carrying, "renumber", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    assert Petition.objects.get().keeper == country.commune
    country.commune.refresh_from_db()
    assert country.commune.valid_to is None
    assert not AgencyChange.objects.exists()


def test_the_job_carries_out_what_waited_for_its_day(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = TODAY + timedelta(days=3)
    make_petition(country.commune)
    waiting = merge_agencies(olds=["AAA-1"], into="AAA-2", on=later, by=SYSTEM)
    assert waiting.status == AgencyChange.Status.PLANNED
    dropped = rename_agency(code="AAA-SXD", name="Sở Quy hoạch", on=later, by=SYSTEM)
    cancel_change(change=dropped, by=SYSTEM)
    assert carry_out_due() == []
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    (done,) = carry_out_due()
    assert done.status == AgencyChange.Status.DONE
    assert Petition.objects.get().keeper == country.sister
    assert Agency.objects.get(code="AAA-1").valid_to == later - timedelta(days=1)
    assert Agency.objects.get(code="AAA-SXD").name == "Sở Xây dựng"
    assert carry_out_due() == []


def test_what_can_no_longer_be_done_says_why(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    later = TODAY + timedelta(days=3)
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=later, by=SYSTEM)
    merge_agencies(olds=["AAA-2"], into="AAA-SXD", on=TODAY, by=SYSTEM)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    (failed,) = carry_out_due()
    assert failed.status == AgencyChange.Status.FAILED
    assert "đã kết thúc" in failed.problem
    cancel_change(change=failed, by=SYSTEM)
