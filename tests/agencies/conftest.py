"""The delivered catalogue, loaded once for each module that asks for it and rolled back after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pytest
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from kntc.agencies.load import Loaded, load_catalogues
from kntc.agencies.models import Agency

REGISTER = "so-theo-doi-don-binh-dinh-2018-2019.xlsx"


@dataclass(frozen=True)
class Catalogue:
    loaded: Loaded
    before: Agency
    now: Agency


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load_catalogues()
        connection.check_constraints()  # once here, or else after each test
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def catalogue(_loaded: Loaded, db: None) -> Catalogue:
    """Bình Định as it was, Gia Lai as it is, the country around them."""
    return Catalogue(_loaded, Agency.objects.get(code="BDI"), Agency.objects.get(code="GLA"))


@dataclass(frozen=True)
class RegisterRow:
    """One petition of Bình Định's register, the columns that name bodies and places."""

    number: int
    source_body: str
    address: str
    unit: str
    destination: str


@cache
def register_rows() -> list[RegisterRow]:
    path = resources.files("kntc.ops.demo") / "data" / REGISTER
    with resources.as_file(path) as file:
        rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return [
        RegisterRow(int(row[0]), str(row[3]), str(row[5]), str(row[11]), str(row[13]))
        for row in rows
        if isinstance(row[0], float)
    ]
