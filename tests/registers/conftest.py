"""The delivered catalogue, and Bình Định's register brought in under it, once for each module that asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from kntc.agencies.load import load_catalogues
from kntc.agencies.models import Agency
from kntc.registers.models import Batch
from tests.registers.bringing import bring_in

CONTENT = files("kntc.ops.demo").joinpath("data", "so-theo-doi-don-binh-dinh-2018-2019.xlsx").read_bytes()


@dataclass(frozen=True)
class Line:
    """A row of the register, read by nobody's rules but those of this file."""

    cells: list[Any]

    @property
    def received_on(self) -> date:
        value = self.cells[1]
        if isinstance(value, date):
            return value
        day, month, year = (
            int(part) for part in value.strip().replace(".", "/").replace("-", "/").split("/")
        )
        return date(year if year > 100 else 2000 + year, month, day)

    @property
    def kind(self) -> str:
        words = self.cells[8].strip().lower()
        if words in {"khiếu nại", "kn", "đơn khiếu nại"}:
            return "complaint"
        return "denunciation" if words in {"tố cáo", "tc", "đơn tố cáo"} else "reflection"

    @property
    def paper_on(self) -> date | None:
        """ "484/PC-STNMT ngày 11/01/2018" """
        _, found, day = self.cells[14].partition(" ngày ")
        return datetime.strptime(day, "%d/%m/%Y").date() if found else None


def lines() -> list[Line]:
    """The 639 rows between the column numbers and the total."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(CONTENT)).get_sheet_by_index(0).to_python()
    return [Line(cells) for cells in sheet if isinstance(cells[0], float)]


@dataclass(frozen=True)
class Imported:
    batch: Batch
    before: Agency
    now: Agency
    lines: list[Line]


@pytest.fixture(scope="module")
def _imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[Imported]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogues()
        before, now = Agency.objects.get(code="BDI"), Agency.objects.get(code="GLA")
        batch = bring_in(before, CONTENT)
        connection.check_constraints()  # once here, or else after each test
        yield Imported(batch, before, now, lines())
        transaction.set_rollback(True)


@pytest.fixture
def sample(_imported: Imported, db: None) -> Imported:
    """Bình Định's register of 2018–2019 has come in."""
    return _imported
