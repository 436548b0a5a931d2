"""Every address against everybody who may stand before it: in or refused as the view declares, refusals logged.

Read from the URL table, so that a new address is tried by itself. Then the same with the first wall taken down:
row-level security alone must hold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from kntc.accounts.officers import Officer
from kntc.accounts.roles import RIGHTS, Role
from kntc.audit.models import Entry
from kntc.audit.rights import Right
from tests.factories import Country, make_agency, make_officer
from tests.journeys.addresses import MARK, OWN, PUBLIC, Address, World, addresses, browser, make_world

# Rights that reach down: whoever oversees a commune has them there too (a province brings in its communes' old
# registers). The others are the keeper's own.
REACHING_DOWN = {None, Right.READ, Right.READ_CONTENT, Right.REPORT, Right.EXPORT, Right.IMPORT}
# What belongs to one post, whatever its agency.
OF_THE_POST = {"petitions:drop-draft", "petitions:delete-view"}

# The catalogue of bodies holds nobody's papers: everybody reads it, who oversees a province keeps it in order.
OPEN_TO_ALL = {"agencies:body"}
OF_THE_PROVINCE = {
    f"agencies:{act}"
    for act in ("correct-body", "approve-body", "reject-body", "ask-body", "merge-body", "undo-merge")
}
# A unit nudges nobody.
ABOVE_UNITS = {"reports:adoption-prepare", "reports:adoption-nudge"}
# Who does what is the nation's to change (R58).
OF_THE_NATION = {"accounts:change-delegation"}

# Agencies are merged, split and moved by who stands above them; their own administrator reads what was done.
REORGANISING = {"agencies:operation", "agencies:cancel-change", "agencies:undo-change"}

VISITORS = {
    "officer": ("commune", Role.OFFICER),
    "leader": ("commune", Role.LEADER),
    "business owner": ("commune", Role.BUSINESS_OWNER),
    "administrator": ("commune", Role.UNIT_ADMIN),
    "sister": ("sister", Role.OFFICER),
    "sister's administrator": ("sister", Role.UNIT_ADMIN),
    "child": ("child", Role.OFFICER),
    "other province": ("elsewhere", Role.OFFICER),
    "parent province": ("province", Role.OFFICER),
    "analyst": ("root", Role.NATIONAL_ANALYST),
}
OUTSIDE = {"sister", "sister's administrator", "child", "other province"}
ABOVE = {"parent province", "analyst"}


@pytest.fixture
def world(country: Country) -> World:
    return make_world(country)


def visitor(world: World, who: str) -> Officer:
    agency, role = VISITORS[who]
    if agency == "child":
        # What stands above is no more open than what stands beside.
        return make_officer(make_agency("AAA-1-P", world.country.commune, name="Phòng Kinh tế"), role)
    return make_officer(getattr(world.country, agency), role)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(who: Officer | None, url: str, method: str) -> HttpResponse:
    return getattr(browser(who), method)(url)  # type: ignore[no-any-return]


def knock(who: Officer | None, url: str) -> list[HttpResponse]:
    """GET and POST; a method that the address does not know says nothing."""
    answers = [ask(who, url, method) for method in ("get", "post")]
    return [answer for answer in answers if answer.status_code != 405]


def guarded() -> list[Address]:
    return [address for address in addresses() if address.name not in PUBLIC | OWN]


def is_refused(address: Address, who: str, world: World) -> bool:
    """What is declared: the right of the view, then whose object it is."""
    _, role = VISITORS[who]
    if address.right is not None and address.right not in RIGHTS[role]:
        return True
    if address.name in OF_THE_NATION | ABOVE_UNITS:
        return True
    if address.name in REORGANISING:
        return True
    if "pk" not in address.parameters:
        return False
    if address.name in OPEN_TO_ALL:
        return False
    if address.name in OF_THE_POST | OF_THE_PROVINCE:
        return True
    if address.name == "petitions:answer-void":
        return who != "sister"
    if address.right in REACHING_DOWN:
        return who in OUTSIDE
    return who in OUTSIDE | ABOVE


def test_every_address_declares_who_may_come_in() -> None:
    assert [address.name for address in guarded() if not address.declared] == []


@pytest.mark.parametrize("name", sorted(PUBLIC | OWN))
def test_the_short_list_of_open_addresses_is_true(name: str) -> None:
    assert name in {address.name for address in addresses()}


def test_signed_out_every_address_leads_to_the_front_door(world: World) -> None:
    faults = []
    for address in addresses():
        if address.name in PUBLIC:
            continue
        for answer in knock(None, world.url(address)):
            if not (answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:sign-in"))):
                faults.append(f"{address.name}: {answer.status_code}")
    assert faults == []


@pytest.mark.parametrize("who", VISITORS)
def test_in_or_refused_as_declared_and_refusals_logged__R25_R57(world: World, who: str) -> None:
    officer = visitor(world, who)
    faults = []
    for address in guarded():
        url = world.url(address)
        with undone():
            answers = knock(officer, url)
            logged = Entry.objects.filter(action="access.refused", account_id=officer.account_id).count()
        expected = is_refused(address, who, world)
        said = [answer.status_code for answer in answers]
        refused = [status for status in said if status == 403]
        if max(said, default=500) >= 500 or 404 in said:
            faults.append(f"{address.name}: {said}")
        elif expected and (len(refused) != len(said) or logged != len(said)):
            faults.append(f"{address.name}: {said} instead of 403, {logged} logged")
        elif not expected and refused:
            faults.append(f"{address.name}: {said}, refused to one who may")
    assert faults == []


@pytest.fixture
def first_wall_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """No queryset asks any more who is looking."""
    for model in apps.get_models():
        for sort in type(model._default_manager.all()).__mro__:
            if "visible_to" in vars(sort):
                monkeypatch.setattr(sort, "visible_to", lambda rows, actor: rows)


@pytest.mark.usefixtures("first_wall_down")
@pytest.mark.parametrize(
    "who", ["sister", "sister's administrator", "child", "other province", "administrator"]
)
def test_the_second_wall_holds_alone(world: World, who: str) -> None:
    officer = visitor(world, who)
    faults: list[Any] = []
    for address in guarded():
        with undone():
            answers = knock(officer, world.url(address))
        said = [answer.status_code for answer in answers]
        if is_refused(address, who, world) and set(said) != {403}:
            faults.append(f"{address.name}: {said} instead of 403")
        if address.name != "petitions:answer-void" and any(tells(answer) for answer in answers):
            faults.append(f"{address.name} tells of the commune's papers")
    assert faults == []


def tells(answer: HttpResponse) -> bool:
    body = b"" if answer.streaming else answer.content
    return MARK.encode() in body or b"Mr ph" in body


@pytest.mark.usefixtures("first_wall_down")
def test_the_first_wall_can_be_taken_down(world: World) -> None:
    """Else the test above would prove nothing: without the second wall too, the sister sees all."""
    from kntc.petitions.models import Petition

    assert world.petition in Petition.objects.visible_to(visitor(world, "sister"))
