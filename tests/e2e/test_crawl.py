"""The pages of one commune's work at both sizes: they fit, axe finds nothing, the console is silent."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kntc.petitions.choices import Handling
from kntc.settlement.actions import suspend_case
from kntc.settlement.models import Case
from tests.e2e.helpers import axe, fits, sign_in
from tests.factories import handle, make_country, make_petition
from tests.journeys.addresses import World, make_world


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world(make_country())


def suspended(world: World) -> Case:
    accepted = handle(
        make_petition(world.country.commune, world.clerk), Handling.ACCEPT, date(2026, 7, 6), world.clerk
    )
    case = Case.objects.get(petition=accepted)
    return suspend_case(case=case, on=date(2026, 7, 10), by=world.clerk, reason="chờ kết quả giám định")


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("KNTC_SCREENSHOTS"):
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def test_every_page_of_the_work_is_accessible_and_fits(
    any_page: Page, live_server: LiveServer, world: World
) -> None:
    petition, case = world.petition.pk, world.case.pk
    pages = {
        "form": "/don/moi/",
        "detail": f"/don/{petition}/",
        "detail-sealed": f"/don/{world.sealed.pk}/",
        "detail-case": f"/don/{world.case.petition_id}/",
        "correct": f"/don/{petition}/sua/",
        "correct-sealed": f"/don/{world.sealed.pk}/sua/",
        "void": f"/don/{petition}/huy/",
        "handle": f"/giai-quyet/don/{petition}/xu-ly/",
        "case": f"/giai-quyet/{case}/",
        "case-suspended": f"/giai-quyet/{suspended(world).pk}/",
        "cases": "/giai-quyet/",
        "visits": "/tiep-cong-dan/",
        "visit": "/tiep-cong-dan/moi/",
        "drafts": "/don/nhap/",
        "rules": "/don/truong-bat-buoc/",
    }
    sign_in(any_page, world.clerk.account, live_server.url)
    faults = []
    for name, address in pages.items():
        any_page.goto(live_server.url + address)
        keep(any_page, name)
        try:
            fits(any_page)
            axe(any_page)
        except AssertionError as fault:
            faults.append(f"{name}: {fault}")
    assert not faults, "\n\n".join(faults)
